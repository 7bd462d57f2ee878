import type { Action } from '../action';
import type { Basis, Money } from '../money';

/** Money of a set of distinct actions. Blank amounts are counted in `sansMontant`, never taken as 0. Euros, by basis. */
export interface Budget {
	/** Sum of the stated amounts, or null when no action of the set states one. */
	readonly montant: number | null;
	/** The one basis of all stated amounts, `inconnu` when they mix. */
	readonly base: Basis;
	readonly parBase: Readonly<Record<Basis, number>>;
	readonly avecMontant: number;
	readonly sansMontant: number;
}

/** Amounts in several bases, whose sum is nobody's amount. */
export const isMixed = ({ montant, base, parBase }: Budget): boolean =>
	base === 'inconnu' && montant !== null && montant !== parBase.inconnu;

const BASES: readonly Basis[] = ['HT', 'TTC', 'inconnu'];

/**
 * Adds up the budgets of distinct actions, to the cent.
 * in     actions; one that comes twice is counted once. A range counts for its lower bound
 * out    `base` is the one basis of all amounts, 'inconnu' as soon as two mix; `parBase` keeps them apart
 * empty  `montant` null when no action states an amount; 0 is a real zero
 */
export function sumBudgets(actions: Iterable<Pick<Action, 'id' | 'budget'>>): Budget {
	return sumAmounts(new Map([...actions].map((a) => [a.id, a.budget])).values());
}

/** Same sum, over one stated amount (or blank) per distinct action. */
export function sumAmounts(amounts: Iterable<Money | null>): Budget {
	const cents: Record<Basis, number> = { HT: 0, TTC: 0, inconnu: 0 };
	const seen = new Set<Basis>();
	let avecMontant = 0;
	let sansMontant = 0;
	for (const amount of amounts) {
		if (amount === null) {
			sansMontant++;
			continue;
		}
		avecMontant++;
		seen.add(amount.base);
		cents[amount.base] += Math.round(amount.euros * 100);
	}
	const [only, second] = [...seen];
	return {
		montant: avecMontant === 0 ? null : BASES.reduce((sum, base) => sum + cents[base], 0) / 100,
		base: only === undefined || second !== undefined ? 'inconnu' : only,
		parBase: { HT: cents.HT / 100, TTC: cents.TTC / 100, inconnu: cents.inconnu / 100 },
		avecMontant,
		sansMontant
	};
}
