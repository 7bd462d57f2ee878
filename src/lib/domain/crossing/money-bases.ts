import type { MoneyLine } from './overview';

/* Before or after tax: amounts of two bases are never one total, or the total says that it mixes them. */

type Base = MoneyLine['base'];
type Amount = Pick<MoneyLine, 'base' | 'demande' | 'obtenu'>;

const ORDER: readonly Base[] = ['HT', 'TTC', null];

/** Bases of the lines that state an amount. */
export const basesOf = (lines: readonly Amount[]): readonly Base[] =>
	ORDER.filter((base) => lines.some((l) => l.base === base && (l.demande !== null || l.obtenu !== null)));

/** « HT et TTC mêlés »; null: all amounts are of one base, or none says its own. */
export function mixedWords(lines: readonly Amount[]): string | null {
	const bases = basesOf(lines);
	if (bases.length < 2) return null;
	return bases.includes('HT') && bases.includes('TTC') ? 'HT et TTC mêlés' : 'HT ou TTC non précisé pour une part';
}
