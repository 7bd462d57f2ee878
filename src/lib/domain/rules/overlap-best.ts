import type { PlacedAction } from '../crossing/place';
import { keep, readEach, type Memory } from '../memory';
import type { Pair } from './overlap-pairs';
import { inThousandths } from './overlap-short-list';

/* Which of the pairs that score enough are shown, so that the list stays readable. */

/** Pairs of a kind shown of one action. */
const HELD = 4;

/**
 * Best first; an action that matches everything does not hide the others.
 * in     `judge`: what a pair is worth once its words and its place are read, never more than it scored; null: nothing.
 *        Not asked of a pair one of whose actions has better ones already
 */
export function keepBest(
	pairs: readonly Pair[],
	judge: (pair: Pair) => Pair | null,
	placed: readonly PlacedAction[],
	memory: Memory
): Pair[] {
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
	const isFull = ({ i, j, genre }: Pair): boolean => seen[genre][i]! >= HELD || seen[genre][j]! >= HELD;
	const numbers = new Map<string, number>();
	const title = new Int32Array(ids.length);
	/** From 1 on; titles of most pairs are never asked for. */
	const titleOf = (i: number): number => {
		if (title[i] !== 0) return title[i]!;
		const { titre } = placed[i]!.action;
		return (title[i] = numbers.get(titre) ?? numbers.set(titre, numbers.size + 1).size);
	};
	const twins = { recoupement: new Set<number>(), tension: new Set<number>() };
	const isTold = ({ i, j, genre }: Pair): boolean => {
		// A line entered twice is told as such; it does not say each of its neighbours again.
		if (genre === 'doublon') return false;
		const [a, b] = [titleOf(i), titleOf(j)];
		const twin = Math.min(a, b) * (ids.length + 1) + Math.max(a, b);
		if (twins[genre].has(twin)) return true;
		twins[genre].add(twin);
		return false;
	};
	const [weighed, judged] = [byScore(), byScore()];
	for (const pair of pairs) putAt(weighed, inThousandths(pair.score), pair);
	const best: Pair[] = [];
	for (let score = weighed.length - 1; score >= 0; score--) {
		for (const pair of weighed[score] ?? []) {
			// What looks entered twice may turn out to be two parts of one work.
			const found = pair.genre !== 'doublon' && isFull(pair) ? null : judge(pair);
			if (found) putAt(judged, Math.min(score, inThousandths(found.score)), found);
		}
		const own = judged[score];
		if (!own) continue;
		for (const pair of inRank(own, ranks)) {
			if (isFull(pair) || isTold(pair)) continue;
			seen[pair.genre][pair.i]!++;
			seen[pair.genre][pair.j]!++;
			best.push(pair);
		}
	}
	return best;
}

/** The best score, in thousandths. */
const BEST = 1_000;
/** A place for the pairs of each score, made at once: it would grow again and again. */
const byScore = (): (Pair[] | undefined)[] => new Array<Pair[] | undefined>(BEST + 1).fill(undefined);

/** Most scores hold one pair. */
function putAt(lists: (Pair[] | undefined)[], score: number, pair: Pair): void {
	const own = lists[score];
	if (own) own.push(pair);
	else lists[score] = [pair];
}

/** Pairs of one score by their ids, as ranked; as plain numbers, for they may be very many. */
function inRank(pairs: readonly Pair[], ranks: Int32Array): readonly Pair[] {
	if (pairs.length === 1) return pairs;
	// The lower rank, the sum of both, then the place in the list: one whole number below 2 ** 53.
	const keys = Float64Array.from(pairs, ({ i, j }, k) => {
		const [a, b] = [ranks[i]!, ranks[j]!];
		return (Math.min(a, b) * 2 * ranks.length + a + b) * pairs.length + k;
	}).sort();
	return Array.from(keys, (key) => pairs[key % pairs.length]!);
}
