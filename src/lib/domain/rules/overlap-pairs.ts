import { everyMeeting, type Candidate, type Candidates } from './overlap-candidates';
import { CROWD, kinsOf, type Features, type Profile } from './overlap-features';
import { kinshipsOf, scoreOf, sharedBy, type Base, type Weighing } from './overlap-kinships';
import type { TitleIndex } from './title-likeness';

/* Which pairs of actions are worth a look, and what they score. In numbers alone; the sentences are for those kept. */

export interface Pair {
	readonly i: number;
	readonly j: number;
	/** 0 to 1, to the thousandth. */
	readonly score: number;
	readonly likeness: number;
	readonly genre: 'doublon' | 'recoupement' | 'tension';
}

/** Titles of a double entry are at least this alike. */
const SAME_TITLE = 0.6;
/** Pairs remembered per action of a crowd while weighing; far fewer are shown. */
const REMEMBERED = 50;

/**
 * Pairs above the threshold, in no order.
 * in     features, an index of the titles in the same order, weights and thresholds; `candidates` of a territory that is no
 *        crowd, looked for when they are not said; `only` the pairs of some of the actions, by their positions: those that
 *        are `fresh` among the candidates
 * out    pairs of different documents; within one document only likely double entries of one body. Whole up to CROWD
 *        actions; beyond, each action meets its most promising partners, so that the cost grows with the number of actions
 * never  a pair without a common zone
 */
export function weighPairs(
	features: Features,
	titles: TitleIndex,
	weighing: Weighing,
	candidates?: Candidates,
	only?: ReadonlySet<number>
): Pair[] {
	const { profiles, sides } = features;
	const { tense, weigh, weighTension, pairs } = scales(features, titles, weighing);
	const weighed: Pair[] = [];
	if (candidates) {
		for (const list of only ? [candidates.fresh] : [candidates.near, candidates.far])
			for (const one of list) {
				if (tense(one.i, one.j)) continue;
				const pair = weighedBy(one, profiles, titles, weighing);
				if (pair) weighed.push(pair);
			}
	} else everyMeeting(kinshipsOf(kinsOf(profiles), weighing), titles, weigh, weigh);
	const marked: number[] = [];
	for (const [i, { a, b }] of sides.entries()) if (a | b) marked.push(i);
	for (const i of only ? marked.filter((one) => only.has(one)) : marked)
		for (const j of marked) {
			// Each pair once: those of two that are asked for, in order.
			if (j <= i && (only === undefined || only.has(j))) continue;
			const base = tense(i, j) ? sharedBy(profiles[i]!, profiles[j]!, weighing.weights) : null;
			if (base) weighTension(i, j, base);
		}
	return [...weighed, ...pairs()];
}

/** A candidate once its titles are read; null when it scores too little. */
function weighedBy(
	{ i, j, known, total }: Candidate,
	profiles: readonly Profile[],
	titles: TitleIndex,
	{ weights, threshold, twice }: Weighing
): Pair | null {
	const likeness = titles.cosine(i, j);
	const score = (known + weights.titre * likeness) / total;
	if (score < threshold - 1e-9) return null;
	const [own, other] = [profiles[i]!, profiles[j]!];
	const double = score >= twice && likeness >= SAME_TITLE && own.body !== null && own.body === other.body;
	if (own.document === other.document && !double) return null;
	return { i, j, score: toThousandth(score), likeness, genre: double ? 'doublon' : 'recoupement' };
}

/** How two actions are weighed, and what is kept of those that were. */
function scales({ profiles, sides, sameObject }: Features, titles: TitleIndex, weighing: Weighing) {
	const { weights, twice } = weighing;
	// Sums of tenths seldom fall on the tenth.
	const threshold = weighing.threshold - 1e-9;
	const crowded = profiles.length > CROWD;
	const kept = shortList(profiles.length);
	const tense = (i: number, j: number): boolean => {
		const [own, other] = [sides[i]!, sides[j]!];
		const bits = (own.a & other.b) | (own.b & other.a);
		if (bits === 0) return false;
		if (profiles[i]!.document !== profiles[j]!.document && (bits & ~sameObject) !== 0) return true;
		return (bits & sameObject) !== 0 && titles.cosine(i, j) >= weighing.oneObject;
	};

	function weigh(i: number, j: number, base: Base): void {
		const [own, other] = [profiles[i]!, profiles[j]!];
		const sameDocument = own.document === other.document;
		const sameBody = own.body !== null && own.body === other.body;
		if ((sameDocument && !sameBody) || tense(i, j)) return;
		const most = scoreOf(own, other, base, weights, 1);
		if (most < threshold) return;
		// Even under the same title it would be none of the best of either.
		if (crowded && !sameDocument && (!sameBody || most < twice) && !kept.admits(i, j, most)) return;
		const likeness = titles.cosine(i, j);
		const score = scoreOf(own, other, base, weights, likeness);
		if (score < threshold) return;
		const double = score >= twice && sameBody && likeness >= SAME_TITLE;
		if (!sameDocument || double) kept.add(i, j, score, likeness, double ? 'doublon' : 'recoupement');
	}

	/** A tension is looked at whatever it scores. */
	function weighTension(i: number, j: number, base: Base): void {
		const likeness = titles.cosine(i, j);
		kept.add(i, j, scoreOf(profiles[i]!, profiles[j]!, base, weights, likeness), likeness, 'tension');
	}
	return { tense, weigh, weighTension, pairs: kept.pairs };
}

const toThousandth = (score: number): number => Math.round(score * 1000) / 1000;

/** Holds the best pairs of each action while they are weighed; everything, as long as each has few. */
function shortList(n: number) {
	const best = { recoupement: floors(n), tension: floors(n) };
	const all = new Map<number, Pair>();
	return {
		/** May an overlap of that score be among the best of one of them? */
		admits: (i: number, j: number, exact: number): boolean =>
			best.recoupement.admits(i, toThousandth(exact)) || best.recoupement.admits(j, toThousandth(exact)),
		add(i: number, j: number, exact: number, likeness: number, genre: Pair['genre']): void {
			const score = toThousandth(exact);
			const [x, y] = i < j ? [i, j] : [j, i];
			const key = x * n + y;
			const crowd = n > CROWD && genre !== 'doublon';
			// Most pairs of a crowd are neither's best: they are not even looked for.
			if (crowd && !best[genre].admits(i, score) && !best[genre].admits(j, score)) return;
			if (all.has(key)) return;
			if (crowd) {
				best[genre].hold(i, score);
				best[genre].hold(j, score);
			}
			all.set(key, { i: x, j: y, score, likeness, genre });
		},
		pairs: (): Pair[] => [...all.values()]
	};
}

/** The best REMEMBERED scores of each action, highest first. */
function floors(n: number) {
	const lists: (number[] | undefined)[] = new Array<number[] | undefined>(n);
	const admits = (i: number, score: number): boolean => {
		const list = lists[i];
		return !list || list.length < REMEMBERED || score > list[REMEMBERED - 1]!;
	};
	return {
		admits,
		hold(i: number, score: number): void {
			if (!admits(i, score)) return;
			const list = (lists[i] ??= []);
			if (list.length === REMEMBERED) list.pop();
			let at = list.length;
			while (at > 0 && list[at - 1]! < score) at--;
			list.splice(at, 0, score);
		}
	};
}
