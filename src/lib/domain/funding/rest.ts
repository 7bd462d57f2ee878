import type { PlacedAction } from '../crossing/place';
import * as fr from '../french';
import { once } from '../memory';
import type { Money } from '../money';
import { noFunder } from '../written-money';
import { costOf, isAcquired, linesOf, type PlanCost, type PlanLine } from './plan-lines';

/* What is left to finance of an action: one figure, worked out here, for its page, its gap, the tables and the exports. */

/** What the figure supposes: amounts without a basis share the other's; a cost given as a range counts for its lower end. */
export type Supposed = 'base-du-cout' | 'base-des-lignes' | 'intervalle';

export type Rest =
	| {
			readonly genre: 'connu';
			/** Left to finance: cost less every line of the plan, granted, brought, asked for or planned. Negative when too much is written. */
			readonly euros: number;
			readonly base: Money['base'];
			/** Not acquired yet: cost less what is granted, lent or brought; null when such a line has no amount. */
			readonly nonAcquis: number | null;
			readonly suppose: readonly Supposed[];
	  }
	| { readonly genre: 'inconnu'; readonly raisons: readonly ('cout' | 'lignes' | 'bases' | 'montants')[] };

const cents = (euros: number): number => Math.round(euros * 100);

/** What a line brings: its amount, else what was asked when the amount granted is not written. null: not stated. */
const amountOf = (line: PlanLine): number | null => line.montant?.euros ?? line.demande;

/**
 * in     the cost, and the lines that count; `personne`: its file says that nobody finances it
 * out    what is left, or why it cannot be said; what it supposes is said with it (`supposedWords`)
 * never  adds HT to TTC, takes a line without amount for 0, nor an action without any line for one nobody pays
 */
export function restOf(cout: PlanCost | null, counted: readonly PlanLine[], personne = false): Rest {
	if (!cout) return { genre: 'inconnu', raisons: ['cout'] };
	if (counted.length === 0 && !personne) return { genre: 'inconnu', raisons: ['lignes'] };
	const lines = counted.filter((l) => l.nature !== 'refuse');
	const { euros, base, max } = cout.montant;
	const paying = lines.filter((l) => amountOf(l));
	const bases = paying.map((l) => l.montant?.base ?? 'inconnu');
	if (new Set([...bases, base].filter((b) => b !== 'inconnu')).size > 1)
		return { genre: 'inconnu', raisons: ['bases'] };
	const total = (some: readonly PlanLine[]): number => some.reduce((sum, l) => sum + cents(amountOf(l) ?? 0), 0);
	const left = cents(euros) - total(lines);
	// What is written is enough already: a line without amount would only add to it.
	if (left > 0 && lines.some((l) => amountOf(l) === null)) return { genre: 'inconnu', raisons: ['montants'] };
	const brought = lines.filter(isAcquired);
	const unsaid = paying.length > 0 && (base === 'inconnu' || bases.includes('inconnu'));
	return {
		genre: 'connu',
		euros: left / 100,
		base,
		nonAcquis: brought.some((l) => l.montant === null) ? null : (cents(euros) - total(brought)) / 100,
		suppose: [
			...(unsaid ? ([base === 'inconnu' ? 'base-du-cout' : 'base-des-lignes'] as const) : []),
			...(max === null ? [] : (['intervalle'] as const))
		]
	};
}

/** What is left to finance of one action. */
export const leftToFinance = once((placed: PlacedAction): Rest =>
	restOf(
		costOf(placed),
		linesOf(placed).filter((l) => l.preciseePar === null),
		noFunder(placed.action) !== null
	)
);

/** « , si les financements sont HT comme le coût »; '' when nothing is supposed. */
export function supposedWords({ base, suppose }: Extract<Rest, { genre: 'connu' }>): string {
	const words: Readonly<Record<Supposed, string>> = {
		'base-du-cout': 'si le coût et les financements sont dans la même base, HT ou TTC',
		'base-des-lignes': `si les financements sont ${base} comme le coût`,
		intervalle: 'si le coût est à sa borne basse'
	};
	return suppose.length ? `, ${fr.list(suppose.map((s) => words[s]))}` : '';
}
