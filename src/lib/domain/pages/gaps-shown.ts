import { reaches } from '../crossing/coverage';
import { capital, count, FINE, inWords, plural } from '../french';
import { groupsOn, type GapGroup } from '../rules/gap-groups';
import { openIn } from './open-gaps';
import { PRIORITES, type TerritoryPage } from './page-model';

/* Gaps of a territory that its page shows: the gravest first, all of them when they are asked for. */

const FIRST = 4;

export function shownGaps(page: TerritoryPage, quartier: string | null, all: boolean) {
	const groups = groupsOn(page.lacunes, quartier);
	const of = (reponse: GapGroup['reponse']) => groups.filter((g) => g.reponse === reponse);
	const [alertes, opportunites, demandes] = [of('alerte'), of('opportunite'), of('donnee-manquante')];
	const shown = all ? [alertes, opportunites, demandes] : [alertes.slice(0, FIRST), [], []];
	const named = new Set(shown.flat().flatMap((g) => g.gaps.flatMap((gap) => gap.actions ?? [])));
	return {
		toutes: all,
		titre: alertes.length
			? `${count(alertes.length, 'constat')}${alertes.length > 1 ? ', du plus grave au moins grave' : ''}`
			: 'Aucune lacune parmi les croisements évalués',
		dit: quartier || alertes.length === 0 ? '' : foundWords(alertes, page),
		/** Why all of them are as grave; null where the priorities are told, or nothing depends on them. */
		priorites:
			page.sansPriorite && alertes.some((g) => g.regle === page.sansPriorite && g.gravite === 'haute')
				? {
						dit: 'Aucun enjeu n’est déclaré prioritaire\u00a0: toutes les lacunes «\u00a0Enjeu sans réponse\u00a0» restent hautes.',
						lien: 'Déclarer ceux du contrat de ville',
						href: `/territoires/${page.code}/regles?regler=${page.sansPriorite}.${PRIORITES}#${page.sansPriorite}.${PRIORITES}`
					}
				: null,
		nombre: { alertes: alertes.length, opportunites: opportunites.length, demandes: demandes.length },
		alertes: shown[0]!,
		opportunites: shown[1]!,
		demandes: shown[2]!,
		/** Actions these name, by their key. */
		actions: Object.fromEntries([...named].flatMap((id) => (page.actions[id] ? [[id, page.actions[id]]] : [])))
	};
}

/**
 * What a finding is beside the gaps that each quartier counts: one line of this list is as many gaps as it has quartiers.
 * out    « Un constat réunit… : 15 valent pour plusieurs quartiers. Comptées quartier par quartier, ce sont 312 lacunes, de 12 à 36 selon le quartier. »
 */
function foundWords(
	alertes: readonly GapGroup[],
	page: Pick<TerritoryPage, 'quartiers' | 'actions' | 'horsQuartier'>
): string {
	if (page.quartiers.length === 0) return '';
	const several = alertes.filter((g) => quartiersOf(g, page).size > 1).length;
	const decided = alertes.filter((g) => g.gaps.every((gap) => gap.ecartee)).length;
	const each = page.quartiers.map(openIn);
	const total = each.reduce((sum, n) => sum + n, 0);
	const [least, most] = [Math.min(...each), Math.max(...each)];
	const range =
		each.length < 2 ? '' : least === most ? `, ${most} dans chacun` : `, de ${least} à ${most} selon le quartier`;
	const many = several ? `\u00a0: ${several} ${plural(several, 'vaut', 'valent')} pour plusieurs quartiers` : '';
	const aside = decided
		? `${FINE}; ${inWords(decided)} ${plural(decided, 'est déjà décidé', 'sont déjà décidés')}`
		: '';
	const said = total === 1 ? 'c’est une lacune' : `ce sont ${count(total, 'lacune')}`;
	const beyond = page.horsQuartier ? `${FINE}; ${count(page.horsQuartier, 'autre')} hors quartier` : '';
	return `Un constat réunit la même règle et le même enjeu dans tous les quartiers concernés${many}${aside}. ${capital(total === 1 ? 'comptée' : 'comptées')} quartier par quartier, ${said}${range}${beyond}.`;
}

/** Quartiers a finding holds for: those it names, or those that its actions reach. */
function quartiersOf({ gaps }: GapGroup, { actions }: Pick<TerritoryPage, 'actions'>): ReadonlySet<string> {
	const reached = (key: string) =>
		Object.entries(actions[key]?.atteintes ?? {}).flatMap(([code, niveau]) => (reaches(niveau) ? [code] : []));
	return new Set(gaps.flatMap((g) => (g.quartier === null ? (g.actions ?? []).flatMap(reached) : [g.quartier])));
}
