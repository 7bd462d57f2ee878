import type { Action, PlanKind } from '../action';

/* A published list of grants, read under the name of a contract: every row is an operation that one fund paid for. */

/**
 * What to say of a contrat de ville all of whose rows are funded by one same dispositif, with nobody to lead them; null otherwise.
 * never  refuses anything: the rows count as they did
 */
export function grantsNote(plan: PlanKind, actions: readonly Action[]): string | null {
	if (plan !== 'contrat-de-ville' || actions.length === 0) return null;
	const fundOf = ({ financements: [first, ...rest] }: Action) => (first && rest.length === 0 ? first.dispositif : null);
	const funds = new Set(actions.map(fundOf));
	const led = actions.some((a) => a.pilote !== null || a.elu !== null || a.instance !== null);
	return funds.size === 1 && !funds.has(null) && !led ? 'Liste d’opérations financées, pas le contrat signé.' : null;
}
