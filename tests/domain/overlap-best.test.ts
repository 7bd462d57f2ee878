import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlacedAction } from '../../src/lib/domain/crossing/place';
import { keepBest } from '../../src/lib/domain/rules/overlap-best';
import type { Pair } from '../../src/lib/domain/rules/overlap-pairs';
import { aPlaced } from '../fixtures/build';

/* The list is put in order by plain numbers; the order is the one a person would state. */

const N = 30;
const placed: PlacedAction[] = Array.from({ length: N }, (_, i) =>
	aPlaced({ action: { id: `a${(i * 17) % N}`, titre: `Action ${i}`, document: i } })
);

/** The definition: by score, then by the first id, then by the second. */
function byHand(pairs: readonly Pair[]): Pair[] {
	const ids = (pair: Pair): [string, string] => {
		const [a, b] = [placed[pair.i]!.action.id, placed[pair.j]!.action.id];
		return a < b ? [a, b] : [b, a];
	};
	const compared = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);
	return [...pairs].sort((x, y) => {
		const [[a, b], [c, d]] = [ids(x), ids(y)];
		return y.score - x.score || compared(a, c) || compared(b, d);
	});
}

const somePairs = fc.uniqueArray(
	fc
		.record({
			i: fc.nat(N - 2),
			plus: fc.integer({ min: 1, max: N - 1 }),
			score: fc.integer({ min: 600, max: 606 }).map((thousandths) => thousandths / 1000),
			genre: fc.constantFrom('doublon' as const, 'recoupement' as const, 'tension' as const)
		})
		.map(({ i, plus, score, genre }): Pair => ({ i, j: Math.min(N - 1, i + plus), score, likeness: 0.5, genre })),
	{ maxLength: 120, selector: ({ i, j }) => i * N + j }
);

describe('les recoupements montrés', () => {
	it('vont du plus fort au plus faible, puis dans l’ordre des actions ; au plus quatre d’un genre par action', () => {
		fc.assert(
			fc.property(somePairs, (pairs) => {
				const counts = new Map<string, number>();
				const expected = byHand(pairs).filter(({ i, j, genre }) => {
					const own = [`${genre} ${i}`, `${genre} ${j}`];
					if (own.some((key) => (counts.get(key) ?? 0) >= 4)) return false;
					for (const key of own) counts.set(key, (counts.get(key) ?? 0) + 1);
					return true;
				});
				expect(keepBest(pairs, (pair) => pair, placed, new Map())).toEqual(expected);
			})
		);
	});
});
