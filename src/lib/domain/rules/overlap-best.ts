import type { PlacedAction } from '../crossing/place';
import { keep, readEach, type Memory } from '../memory';
import type { Pair } from './overlap-pairs';

/* Which of the pairs that score enough are shown, so that the list stays readable. */

/** Pairs of a kind shown of one action. */
const HELD = 4;

/** Best first; an action that matches everything does not hide the others. */
export function keepBest(pairs: readonly Pair[], placed: readonly PlacedAction[], memory: Memory): Pair[] {
	const ids = readEach(memory, 'numéros', [], placed, (p) => p.action.id);
	const ranks = keep(memory, 'rangs', [ids], () => {
		const rank = new Map([...ids].sort().map((id, at) => [id, at]));
		return Int32Array.from(ids, (id) => rank.get(id)!);
	});
	const seen = {
		doublon: new Uint8Array(ids.length),
		recoupement: new Uint8Array(ids.length),
		tension: new Uint8Array(ids.length)
	};
	const numbers = new Map<string, number>();
	const title = new Int32Array(ids.length);
	/** From 1 on; titles of most pairs are never asked for. */
	const titleOf = (i: number): number => {
		if (title[i] !== 0) return title[i]!;
		const { titre } = placed[i]!.action;
		return (title[i] = numbers.get(titre) ?? numbers.set(titre, numbers.size + 1).size);
	};
	const twins = { recoupement: new Set<number>(), tension: new Set<number>() };
	return bestFirst(pairs, ranks).filter(({ i, j, genre }) => {
		const own = seen[genre];
		if (own[i]! >= HELD || own[j]! >= HELD) return false;
		// A line entered twice is told as such; it does not say each of its neighbours again.
		if (genre !== 'doublon') {
			const [a, b] = [titleOf(i), titleOf(j)];
			const twin = Math.min(a, b) * (ids.length + 1) + Math.max(a, b);
			if (twins[genre].has(twin)) return false;
			twins[genre].add(twin);
		}
		own[i]!++;
		own[j]!++;
		return true;
	});
}

/** By score, then by the ids, as ranked. Scores are few: each sorts its own pairs, as plain numbers. */
function bestFirst(pairs: readonly Pair[], ranks: Int32Array): Pair[] {
	const byScore = new Map<number, number[]>();
	for (const [at, { score }] of pairs.entries()) {
		const own = byScore.get(score);
		if (own) own.push(at);
		else byScore.set(score, [at]);
	}
	const sorted: Pair[] = [];
	for (const score of [...byScore.keys()].sort((x, y) => y - x)) {
		const own = byScore.get(score)!;
		// The lower rank, the sum of both, then the place in the list: one whole number below 2 ** 53.
		const keys = Float64Array.from(own, (at, k) => {
			const [a, b] = [ranks[pairs[at]!.i]!, ranks[pairs[at]!.j]!];
			return (Math.min(a, b) * 2 * ranks.length + a + b) * own.length + k;
		}).sort();
		for (const key of keys) sorted.push(pairs[own[key % own.length]!]!);
	}
	return sorted;
}
