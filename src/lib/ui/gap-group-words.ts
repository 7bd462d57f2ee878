import { messageOf, type GapGroup, type GapLine } from '../domain/rules/gap-groups';
import type { GroupToDecide } from './DecideTogether.svelte';
import { count, enumerate, SEVERITY_LABEL } from './format';

/* How the findings of a group are called, wherever they are read together. */

export interface GroupNames {
	readonly regles: Readonly<Record<string, string>>;
	readonly enjeux: Readonly<Record<string, { readonly court: string; readonly libelle: string }>>;
	readonly quartiers: ReadonlyMap<string, string>;
}

/** A finding on an action has no enjeu of its own: its sentence says more than its rule. */
export const groupTitle = (g: GapGroup, { regles, enjeux }: GroupNames): string =>
	g.enjeu ? (enjeux[g.enjeu]?.court ?? g.enjeu) : (g.titre ?? regles[g.regle] ?? g.regle);

/** « 45 autres lignes, 17 opportunités et 26 données à demander »: what a list leaves behind a link; '' when nothing. */
export const leftToRead = (lignes: number, opportunites: number, demandes: number): string =>
	enumerate(
		[
			lignes > 0 && count(lignes, 'autre ligne', 'autres lignes'),
			opportunites > 0 && count(opportunites, 'opportunité'),
			demandes > 0 && count(demandes, 'donnée à demander', 'données à demander')
		].filter((part) => part !== false)
	);

export const openOf = (g: GapGroup): readonly GapLine[] => g.gaps.filter((x) => !x.ecartee);

/** « Les Pyramides, Chaleur »; what names no quartier is of the territory. */
export const placeOf = (x: GapLine, { quartiers, enjeux }: GroupNames): string =>
	[x.quartier ? (quartiers.get(x.quartier) ?? x.quartier) : 'Territoire', x.enjeu && enjeux[x.enjeu]?.court]
		.filter(Boolean)
		.join(', ');

/** Each sentence once: the same words about another quartier add nothing but its name. */
export function linesOf(gaps: readonly GapLine[]): { readonly gap: GapLine; readonly dit: boolean }[] {
	const own = (x: GapLine) => x.message !== undefined || x.actions !== undefined;
	const shared = gaps.filter((x) => !own(x));
	return [...shared.map((gap, n) => ({ gap, dit: n === 0 })), ...gaps.filter(own).map((gap) => ({ gap, dit: true }))];
}

/**
 * The open gaps of a rule, to be ticked.
 * in     `choisies`: one gap of each group that is ticked; `href` gives the address where others are
 */
export function groupsToDecide(
	groups: readonly GapGroup[],
	names: GroupNames,
	choisies: readonly string[],
	href: (choisies: readonly string[]) => string
): GroupToDecide[] {
	return groups.flatMap((g) => {
		const open = openOf(g);
		if (!open[0]) return [];
		const others = choisies.filter((id) => !g.gaps.some((x) => x.id === id));
		const coche = others.length < choisies.length;
		return {
			id: open[0].id,
			titre: `${groupTitle(g, names)}, ${g.reponse === 'donnee-manquante' ? 'donnée à demander' : SEVERITY_LABEL[g.gravite].toLocaleLowerCase('fr')}`,
			coche,
			basculer: href(coche ? others : [...others, open[0].id]),
			lignes: linesOf(open).map(({ gap, dit }) => ({
				id: gap.id,
				lieu: placeOf(gap, names),
				dit: dit ? messageOf(g, gap, names) : null
			}))
		};
	});
}
