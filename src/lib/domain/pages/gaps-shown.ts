import { reaches } from '../crossing/coverage';
import { capital, count, FINE, inWords, number, plural } from '../french';
import { groupsOn, openCases, type GapGroup } from '../rules/gap-groups';
import { openIn } from '../crossing/urgency';
import { doubtWords } from './open-gaps';
import { PRIORITES, type TerritoryPage } from './page-model';

/* Gaps of a territory that its matrix shows: the gravest first, the others on paper and behind a link. */

const FIRST = 4;

/** in     `here`: gaps of the quartier that is read; null for the territory */
export function firstGaps(page: TerritoryPage, here: ReadonlySet<string> | null) {
	const groups = groupsOn(page.lacunes, here);
	const of = (reponse: GapGroup['reponse']) => groups.filter((g) => g.reponse === reponse);
	const alertes = of('alerte');
	const shown = alertes.slice(0, FIRST);
	return {
		titre: gapsTitle(alertes),
		dit: here === null ? foundWords(alertes, page) : '',
		priorites: priorityAdvice(alertes, page),
		nombre: {
			alertes: alertes.length,
			opportunites: openCases(of('opportunite')),
			demandes: of('donnee-manquante').length
		},
		alertes: shown,
		/** What a sheet writes of the others: on paper nothing is left to open. */
		papier: groups.filter((g) => !shown.includes(g)).map((g) => paperLine(g, page))
	};
}

/** Why all of them are as grave; null where the priorities are told, or nothing depends on them. */
export const priorityAdvice = (
	alertes: readonly GapGroup[],
	{ code, sansPriorite }: Pick<TerritoryPage, 'code' | 'sansPriorite'>
) =>
	sansPriorite && alertes.some((g) => g.regle === sansPriorite && g.gravite === 'haute')
		? {
				dit: 'Aucun croisement n’est déclaré prioritaire\u00a0: toutes les lacunes «\u00a0Croisement sans aucune action\u00a0» valent au moins « haute ».',
				lien: 'Déclarer ceux du contrat de ville',
				href: `/territoires/${code}/regles?regler=${sansPriorite}.${PRIORITES}#${sansPriorite}.${PRIORITES}`
			}
		: null;

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

/** All as grave, no order is told. */
export const inOrder = (groups: readonly GapGroup[]): boolean => new Set(groups.map((g) => g.gravite)).size > 1;

/** « 225 lacunes en 15 lignes, de la plus grave à la moins grave »: each gap once, as the command `lacunes` lists them. */
export function gapsTitle(
	alertes: readonly GapGroup[],
	total: number | null = null,
	niveau: string | null = null
): string {
	if (alertes.length === 0) return 'Aucune lacune parmi les croisements évalués';
	const order = inOrder(alertes) ? ', de la plus grave à la moins grave' : '';
	const told = openCases(alertes);
	const among = total === null || total === told ? '' : ` sur ${number(total)}`;
	const of = (n: number) =>
		niveau === null
			? count(n, 'lacune')
			: count(n, `lacune ${niveau}`, niveau.includes(' ') ? `lacunes ${niveau}` : `lacunes ${niveau}s`);
	if (told === 0 || told === alertes.length) return `${of(alertes.length)}${among}${order}`;
	return `${of(told)}${among && `${among},`} en ${count(alertes.length, 'ligne')}${order}`;
}

/**
 * How the lines of the list count beside the gaps of each quartier.
 * out    « Une ligne réunit la même lacune dans tous ses quartiers : 15 en réunissent plusieurs. 15 lacunes dans chaque quartier, dont une commune à plusieurs. »
 */
export function foundWords(
	alertes: readonly GapGroup[],
	page: Pick<TerritoryPage, 'quartiers' | 'actions' | 'horsQuartier' | 'partagees'>
): string {
	if (page.quartiers.length === 0 || alertes.length === 0) return '';
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
	const together =
		several > 1 && several === alertes.length
			? 'Chaque ligne réunit la même lacune dans plusieurs quartiers'
			: `Une ligne réunit la même lacune dans tous ses quartiers${many}`;
	return `${together}${aside}. ${capital(range)}${shared}${beyond}.${doubts && ` En plus, ${doubts}.`}`;
}

/** Quartiers a finding holds for: those it names, or those that its actions reach. */
function quartiersOf({ gaps }: GapGroup, { actions }: Pick<TerritoryPage, 'actions'>): ReadonlySet<string> {
	const reached = (key: string) =>
		Object.entries(actions[key]?.atteintes ?? {}).flatMap(([code, niveau]) => (reaches(niveau) ? [code] : []));
	return new Set(gaps.flatMap((g) => (g.quartier === null ? (g.actions ?? []).flatMap(reached) : [g.quartier])));
}
