import type { Champ } from '../action';
import { cellText } from './cell';
import type { FieldScore } from './header-score';
import type { CellValue } from './sheet';

/* Which column feeds which field, the likeliest pairs first. */

/** Fields that several columns may feed: their cells are put together. Every other field has one column. */
export const REPEATABLE: ReadonlySet<Champ> = new Set<Champ>([
	'financements',
	'etapes',
	'axe',
	'objectif',
	'numero',
	'description',
	'pilote',
	'communes',
	'qpv',
	'territoire',
	'partenaires',
	'publics',
	'indicateurs',
	'secteurs',
	'enjeux_transition',
	'enjeux_politique_ville',
	'leviers_sgpe',
	'participation',
	'marqueurs',
	'geometrie',
	'notes',
	'source'
]);
/** A second column for a repeatable field must be sure of itself. */
export const SURE = 0.8;
const YEAR = /\b20\d\d\b/;

export interface Pair extends FieldScore {
	readonly index: number;
	readonly filled: number;
}

/** A column has one field, a field has one column unless it repeats. */
export function assign(pairs: readonly Pair[], headers: readonly CellValue[]): Map<number, Pair> {
	const chosen = new Map<number, Pair>();
	const holders = new Map<Champ, Pair[]>();
	const lost = new Set<number>();
	for (const pair of pairs) {
		if (chosen.has(pair.index) || (lost.has(pair.index) && pair.score < 0.9)) continue;
		const held = holders.get(pair.champ) ?? [];
		const yearly = [...held, pair].every((p) => YEAR.test(cellText(headers[p.index] ?? null)));
		const free = held.length === 0 || (REPEATABLE.has(pair.champ) && pair.score >= SURE) || yearly;
		if (!free) {
			lost.add(pair.index);
			continue;
		}
		chosen.set(pair.index, pair);
		holders.set(pair.champ, [...held, pair]);
	}
	return chosen;
}
