import { groupsOn, type GapGroup } from '../rules/gap-groups';
import type { TerritoryPage } from './page-model';

/* Gaps of a territory that its page shows: the gravest first, all of them when they are asked for. */

const FIRST = 10;

export function shownGaps(page: TerritoryPage, quartier: string | null, all: boolean) {
	const groups = groupsOn(page.lacunes, quartier);
	const of = (reponse: GapGroup['reponse']) => groups.filter((g) => g.reponse === reponse);
	const [alertes, opportunites, demandes] = [of('alerte'), of('opportunite'), of('donnee-manquante')];
	const shown = all ? [alertes, opportunites, demandes] : [alertes.slice(0, FIRST), [], []];
	const named = new Set(shown.flat().flatMap((g) => g.gaps.flatMap((gap) => gap.actions ?? [])));
	return {
		toutes: all,
		nombre: { alertes: alertes.length, opportunites: opportunites.length, demandes: demandes.length },
		alertes: shown[0]!,
		opportunites: shown[1]!,
		demandes: shown[2]!,
		/** Actions these name, by their key. */
		actions: Object.fromEntries([...named].flatMap((id) => (page.actions[id] ? [[id, page.actions[id]]] : [])))
	};
}
