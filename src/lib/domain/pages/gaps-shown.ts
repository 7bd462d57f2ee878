import { reaches } from '../crossing/coverage';
import { capital, count, FINE, inWords, number, plural } from '../french';
import { groupsOn, type GapGroup } from '../rules/gap-groups';
import { openIn } from '../crossing/urgency';
import { doubtWords } from './open-gaps';
import { PRIORITES, type ActionBrief, type TerritoryPage } from './page-model';

/* Gaps of a territory that its page shows: the gravest first, all of them when they are asked for. */

const FIRST = 4;

export type ActionPlace = Pick<ActionBrief, 'place' | 'fichier'>;

export function shownGaps(page: TerritoryPage, quartier: string | null, all: boolean) {
	const groups = groupsOn(page.lacunes, quartier);
	const of = (reponse: GapGroup['reponse']) => groups.filter((g) => g.reponse === reponse);
	const [alertes, opportunites, demandes] = [of('alerte'), of('opportunite'), of('donnee-manquante')];
	const shown = all ? [alertes, opportunites, demandes] : [alertes.slice(0, FIRST), [], []];
	const rest = all ? [] : groups.filter((g) => !shown[0]!.includes(g));
	const named = new Set(shown.flat().flatMap((g) => g.gaps.flatMap((gap) => gap.actions ?? [])));
	return {
		toutes: all,
		titre: alertes.length ? gapsTitle(alertes, page, quartier) : 'Aucune lacune parmi les croisements évalués',
		dit: quartier || alertes.length === 0 ? '' : foundWords(alertes, page),
		/** Why all of them are as grave; null where the priorities are told, or nothing depends on them. */
		priorites:
			page.sansPriorite && alertes.some((g) => g.regle === page.sansPriorite && g.gravite === 'haute')
				? {
						dit: 'Aucun croisement n’est déclaré prioritaire\u00a0: toutes les lacunes «\u00a0Croisement sans aucune action\u00a0» valent au moins « haute ».',
						lien: 'Déclarer ceux du contrat de ville',
						href: `/territoires/${page.code}/regles?regler=${page.sansPriorite}.${PRIORITES}#${page.sansPriorite}.${PRIORITES}`
					}
				: null,
		nombre: { alertes: alertes.length, opportunites: opportunites.length, demandes: demandes.length },
		alertes: shown[0]!,
		opportunites: shown[1]!,
		demandes: shown[2]!,
		/** What a sheet writes of the others: on paper nothing is left to open. */
		papier: rest.map((g) => paperLine(g, page)),
		/** Where the actions these name were read, by their key: hundreds, of which a list says nothing else. */
		actions: Object.fromEntries(
			[...named].flatMap((id) => {
				const found = page.actions[id];
				return found ? [[id, { place: found.place, fichier: found.fichier } satisfies ActionPlace]] : [];
			})
		)
	};
}

/** Beyond it, « les 15 quartiers » says more than fifteen names. */
const MANY = 4;

function paperLine({ regle, enjeu, gravite, reponse, titre, aFaire, gaps }: GapGroup, { quartiers }: TerritoryPage) {
	const codes = new Set(gaps.map((gap) => gap.quartier));
	const here = quartiers.filter((q) => codes.has(q.code));
	const every = here.length > MANY && here.length === quartiers.length;
	return {
		...{ regle, enjeu, gravite, aFaire, titre },
		demande: reponse === 'donnee-manquante',
		decidee: gaps.every((gap) => gap.ecartee),
		ou: every ? `Les ${quartiers.length} quartiers` : here.map((q) => q.nom).join(', ') || 'Territoire'
	};
}

/** « 225 lacunes en 15 lignes, de la plus grave à la moins grave »: each gap once, as the command `lacunes` lists them. */
function gapsTitle(
	alertes: readonly GapGroup[],
	{ alertes: total }: Pick<TerritoryPage, 'alertes'>,
	quartier: string | null
): string {
	const order = alertes.length > 1 ? ', de la plus grave à la moins grave' : '';
	// In one place, as in a territory, a line is as many gaps as it has cases.
	const told = quartier ? alertes.flatMap((g) => g.gaps).filter((gap) => !gap.ecartee).length : total;
	if (told === 0 || told === alertes.length) return `${count(alertes.length, 'lacune')}${order}`;
	return `${count(told, 'lacune')} en ${count(alertes.length, 'ligne')}${order}`;
}

/**
 * How the lines of the list count beside the gaps of each quartier.
 * out    « Une ligne réunit la même lacune dans tous ses quartiers : 15 en réunissent plusieurs. 15 lacunes dans chaque quartier, dont une commune à plusieurs. »
 */
function foundWords(
	alertes: readonly GapGroup[],
	page: Pick<TerritoryPage, 'quartiers' | 'actions' | 'horsQuartier' | 'partagees'>
): string {
	if (page.quartiers.length === 0) return '';
	const several = alertes.filter((g) => quartiersOf(g, page).size > 1).length;
	const decided = alertes.filter((g) => g.gaps.every((gap) => gap.ecartee)).length;
	const each = page.quartiers.map(openIn);
	const [least, most] = [Math.min(...each), Math.max(...each)];
	const range =
		each.length < 2
			? count(most, 'lacune')
			: least === most
				? `${count(most, 'lacune')} dans chaque quartier`
				: `de ${least} à ${count(most, 'lacune')} selon le quartier`;
	const many = several ? `\u00a0: ${several} en ${plural(several, 'réunit', 'réunissent')} plusieurs` : '';
	const aside = decided
		? `${FINE}; ${inWords(decided)} ${plural(decided, 'est déjà décidée', 'sont déjà décidées')}`
		: '';
	const beyond = page.horsQuartier ? `, et ${number(page.horsQuartier)} hors quartier` : '';
	const shared = page.partagees
		? `, dont ${number(page.partagees)} ${plural(page.partagees, 'partagée', 'partagées')} par plusieurs`
		: '';
	const doubts = doubtWords(page.quartiers.map((q) => q.aConfirmer)).replace(`${FINE}; `, '');
	return `Une ligne réunit la même lacune dans tous ses quartiers${many}${aside}. ${capital(range)}${shared}${beyond}.${doubts && ` En plus, ${doubts}.`}`;
}

/** Quartiers a finding holds for: those it names, or those that its actions reach. */
function quartiersOf({ gaps }: GapGroup, { actions }: Pick<TerritoryPage, 'actions'>): ReadonlySet<string> {
	const reached = (key: string) =>
		Object.entries(actions[key]?.atteintes ?? {}).flatMap(([code, niveau]) => (reaches(niveau) ? [code] : []));
	return new Set(gaps.flatMap((g) => (g.quartier === null ? (g.actions ?? []).flatMap(reached) : [g.quartier])));
}
