import type { Action, PlanKind } from '../action';

/* A published list of grants, read under the name of a contract: every row is an operation that one fund paid for. */

type Granted = Pick<Action, 'financements' | 'pilote' | 'elu' | 'instance'>;

/**
 * What to say of a contrat de ville all of whose rows are funded by one same family of dispositifs, with nobody to lead them; null otherwise.
 * never  refuses anything: the rows count as they did
 */
export function grantsNote(plan: PlanKind, actions: readonly Granted[]): string | null {
	if (plan !== 'contrat-de-ville' || actions.length === 0) return null;
	const fundOf = ({ financements: [first, ...rest] }: Granted) =>
		first && rest.length === 0 ? (first.dispositif?.split('.')[0] ?? null) : null;
	const funds = new Set(actions.map(fundOf));
	const led = actions.some((a) => a.pilote !== null || a.elu !== null || a.instance !== null);
	return funds.size === 1 && !funds.has(null) && !led
		? 'Liste de subventions accordées, pas le contrat de ville signé.'
		: null;
}
