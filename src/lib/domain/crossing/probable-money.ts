import type { Basis } from '../money';
import { leftToFinance } from '../funding/rest';
import { bestReach, isActive } from './coverage';
import { isOverdue, isPastGrant } from './past-end';
import type { PlacedAction } from './place';

/* Money of actions that only probably reach a quartier: told beside its own, never added to it. */

export interface ProbableMoney {
	/** The dearest first, those without a stated amount last. */
	readonly actions: readonly {
		readonly id: string;
		readonly cout: number | null;
		/** Left to find, as the gap about its financing says it; null: nothing tells it. */
		readonly reste: number | null;
		/** The end that its file gave is past, or the year of its grant, and nothing says it was done: what is left may be left by nobody. */
		readonly passee: boolean;
		/** It is so by the year of its grant. */
		readonly subvention: boolean;
	}[];
	/** Sums of what is stated, in euros; null: no amount is. */
	readonly cout: number | null;
	/** Of the works still to do. */
	readonly reste: number | null;
	/** Of works whose planned end is past: never added to the other. */
	readonly restePasse: number | null;
	/** What is left supposes that costs and financing lines are in one base. */
	readonly reserve: boolean;
	/** Bases of the costs: more than one, and their sum mixes them. */
	readonly bases: readonly Basis[];
}

/** in     actions of the territory; dropped ones are left out */
export function probableMoney(actions: readonly PlacedAction[], quartier: string, asOf: string): ProbableMoney {
	const found = actions
		.filter((a) => isActive(a) && bestReach(a, [quartier]) === 'probable')
		.map((placed) => ({ action: placed.action, left: leftToFinance(placed) }))
		.sort((a, b) => (b.action.budget?.euros ?? -1) - (a.action.budget?.euros ?? -1));
	const told = found.map(({ action, left }) => ({
		id: action.id,
		cout: action.budget?.euros ?? null,
		reste: left.genre === 'connu' ? left.euros : null,
		passee: isOverdue(action, asOf) || (action.statut !== 'realise' && isPastGrant(action, asOf)),
		subvention: isPastGrant(action, asOf)
	}));
	const sum = (key: 'cout' | 'reste', among: (passee: boolean) => boolean = () => true): number | null => {
		const known = told.filter((a) => among(a.passee)).flatMap((a) => a[key] ?? []);
		return known.length ? known.reduce((total, v) => total + Math.round(v * 100), 0) / 100 : null;
	};
	return {
		actions: told,
		cout: sum('cout'),
		reste: sum('reste', (passee) => !passee),
		restePasse: sum('reste', (passee) => passee),
		reserve: found.some((f) => f.left.genre === 'connu' && f.left.suppose.some((s) => s !== 'intervalle')),
		bases: [...new Set(found.flatMap((f) => f.action.budget?.base ?? []))]
	};
}
