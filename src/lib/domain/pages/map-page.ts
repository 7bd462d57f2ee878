import type { ActionGeometry } from '../action';
import { planOf } from '../crossing/grant-list';
import type { Crossed } from '../crossing/territory-view';
import { reaches } from '../crossing/coverage';
import { capital, count, inWords, list } from '../french';
import { bySeverity } from '../rules/gap-groups';
import { gapsOfQuartier } from '../rules/gaps-by-quartier';
import { doubtWords, isOpenAlert, isToConfirm } from './open-gaps';
import { firstTheme } from './map-first-theme';
import { mapQuartiers, type MapQuartier } from './map-model';
import { DOUBTED, mapTheme, NOT_KNOWN, themeChoices, type MapClass, type MapTheme, type MapValue } from './map-themes';

export type MapPage = ReturnType<typeof mapPage>;

/** A quartier as the map and its table show it. */
export interface MapRow extends MapQuartier, MapValue {
	readonly communes: readonly string[];
	readonly population: number | null;
	/** Open gaps by severity. */
	readonly gravites: Readonly<Record<'critique' | 'haute' | 'moyenne' | 'information', number>>;
	/** Where its value is counted, after the address of the territory; null when nothing is. */
	readonly porte: string | null;
}

/** Where an action stands, as its file draws it. */
export interface MapPlace {
	readonly id: string;
	readonly titre: string;
	/** « PCAET », or what its document really is. */
	readonly plan: string;
	readonly geometrie: ActionGeometry;
	/** Codes of the quartiers it reaches. */
	readonly quartiers: readonly string[];
}

/** in     id of a theme, code of the quartier chosen; null: what tells the quartiers apart, no quartier; unknown: severity of gaps */
export function mapPage(crossed: Crossed, themeId: string | null, chosen: string | null) {
	const { view, ref } = crossed;
	const theme = themeId === null ? firstTheme(crossed) : mapTheme(crossed, themeId);
	const summaries = new Map(view.quartiers.map((s) => [s.quartier.code as string, s]));
	const rows = mapQuartiers(view.quartiers).map((q): MapRow => {
		const summary = summaries.get(q.code)!;
		const { critique, haute, moyenne, information } = summary.gaps;
		return {
			...q,
			...theme.parQuartier.get(q.code)!,
			communes: summary.quartier.communes.map((c) => c.nom),
			population: summary.population,
			gravites: { critique, haute, moyenne, information },
			porte: doorOf(theme.id, q.code, theme.parQuartier.get(q.code)!)
		};
	});
	const sorted = theme.id === 'gravite' ? rows : [...rows].sort(byClass(theme.classes));
	return {
		theme: { id: theme.id, titre: theme.titre, explication: theme.explication },
		choix: themeChoices(crossed),
		classes: theme.classes.map((c) => ({ ...c, quartiers: rows.filter((r) => r.classe === c.code).length })),
		titre: `${mapTitle(theme, rows)}${theme.id === 'gravite' ? doubtWords(doubtsIn(crossed)) : ''}`,
		quartiers: sorted,
		choisi: chosen === null ? null : cardOf(crossed, chosen),
		/** Read beside the map as long as none is chosen: the first of the table. */
		premier: sorted[0] ? cardOf(crossed, sorted[0].code, 2) : null,
		lieux: view.actions.flatMap(({ action, liste, reach }): MapPlace[] =>
			action.geometrie && action.statut !== 'abandonne'
				? [
						{
							...{
								id: action.id,
								titre: action.titre,
								plan: planOf({ action, liste }, ref.plans.types),
								geometrie: action.geometrie
							},
							quartiers: reach.filter((r) => reaches(r.niveau)).map((r) => r.quartier)
						}
					]
				: []
		)
	};
}

/** What nothing concludes on yet, quartier by quartier. */
export const doubtsIn = ({ view }: Crossed): number[] => {
	const doubts = view.gaps.filter(isToConfirm);
	return view.quartiers.map(({ quartier }) => doubts.filter((gap) => gap.quartier === quartier.code).length);
};

const byClass = (classes: readonly MapClass[]) => {
	const rank = new Map(classes.map((c, i) => [c.code, i]));
	return (a: MapRow, b: MapRow) => rank.get(a.classe)! - rank.get(b.classe)! || (b.valeur ?? 0) - (a.valeur ?? 0);
};

/** The very list a value counts: actions of a cell of the matrix, or the part of the page of the quartier that writes it. */
function doorOf(theme: string, code: string, { classe, valeur }: MapValue): string | null {
	const [kind, enjeu = ''] = theme.split('.');
	if (classe === NOT_KNOWN) return null;
	if (kind === 'gravite') return `/${code}?lacunes=toutes#lacunes`;
	if (kind === 'argent') return `/${code}#argent`;
	if (kind === 'indicateur') return `/${code}#portrait`;
	if (!valeur) return null;
	return `/actions?case=${enjeu}.${code}${enjeu.startsWith('X') ? '' : '*lignes-transition*colonnes-quartier'}`;
}

/** Themes that say what a quartier is answered; the others, what is known of it. */
const answers = (id: string): boolean => id === 'gravite' || id.startsWith('reponse');

/** « La lacune la plus grave est critique dans 6 quartiers, haute dans 1 » ; « Réponse à … : 2 quartiers « structurante » … » */
function mapTitle({ id, titre, classes }: MapTheme, rows: readonly MapRow[]): string {
	if (rows.length === 0) return 'Aucun périmètre de quartier n’est importé';
	const of = (code: string) => rows.filter((r) => r.classe === code).length;
	const blind = of(NOT_KNOWN);
	const lack = answers(id)
		? `${blind > 1 ? 'restent' : 'reste'} à évaluer`
		: blind > 1
			? 'non renseignés'
			: 'non renseigné';
	const rest = blind ? `${inWords(blind)} ${lack}` : '';
	const some = classes.filter((c) => c.code !== NOT_KNOWN && of(c.code) > 0).slice(0, 3);
	if (!some.length)
		return answers(id)
			? `Aucun des ${rows.length} quartiers n’est évalué`
			: `${capital(titre)}\u00a0: non renseigné pour les ${rows.length} quartiers`;
	const small = (text: string) => `${text.charAt(0).toLocaleLowerCase('fr')}${text.slice(1)}`;
	if (id === 'gravite')
		return worstTitle(
			some.map(({ code, libelle }) => [code, small(libelle), of(code)]),
			rows.length,
			rest
		);
	const said = some.map(
		({ code, libelle }, i) => `${i === 0 ? count(of(code), 'quartier') : of(code)}\u00a0«\u00a0${small(libelle)}\u00a0»`
	);
	return `${capital(titre)}\u00a0: ${[list(said), rest].filter(Boolean).join('\u202f; ')}`;
}

/** « La lacune la plus grave est haute dans les 15 quartiers » */
function worstTitle(
	some: readonly (readonly [code: string, word: string, n: number])[],
	all: number,
	rest: string
): string {
	const clean = ([code]: (typeof some)[number]) => code === 'aucune' || code === DOUBTED;
	const worst = some.filter((one) => !clean(one));
	const none = some.filter(clean).reduce((sum, [, , n]) => sum + n, 0);
	const first = worst[0]
		? `La lacune la plus grave est ${list(
				worst.map(([, word, n], i) => {
					const where = n === all ? (n > 1 ? `les ${n} quartiers` : 'le quartier') : i === 0 ? count(n, 'quartier') : n;
					return `${word} dans ${where}`;
				})
			)}`
		: `Aucune lacune dans ${none === all ? (all > 1 ? `les ${all} quartiers` : 'le quartier') : count(none, 'quartier')}`;
	const clear = worst[0] && none ? `${none} n’${none > 1 ? 'en ont' : 'en a'} aucune` : '';
	return [first, clear, rest].filter(Boolean).join('\u202f; ');
}

/** What the panel says of a quartier, with so many of its gaps. */
function cardOf({ view }: Crossed, code: string, gaps = 4) {
	const at = view.quartiers.findIndex((s) => s.quartier.code === code);
	const summary = view.quartiers[at];
	if (!summary) return null;
	const open = gapsOfQuartier(view.gaps, code, view.actions).filter(isOpenAlert).sort(bySeverity);
	const c = summary.couvertures;
	const assessed = Object.values(c).reduce((a, b) => a + b, 0) - c['saisie-incomplete'];
	return {
		code,
		nom: summary.quartier.nom,
		communes: summary.quartier.communes.map((commune) => commune.nom),
		population: summary.population,
		populationSource: summary.populationSource,
		pire: summary.pire,
		sansReponse: assessed - c.structurante,
		evalues: assessed,
		/** As many as the table of actions has under this quartier. */
		actions: view.actions.filter((a) => a.reach.some((r) => r.quartier === code && reaches(r.niveau))).length,
		lacunes: open.slice(0, gaps).map(({ id, regle, gravite, message }) => ({ id, regle, gravite, message })),
		autres: Math.max(0, open.length - gaps)
	};
}
