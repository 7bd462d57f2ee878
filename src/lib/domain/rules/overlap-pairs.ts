import { CROWD, kinsOf, spanShare, type Features } from './overlap-features';
import { kinshipsOf, PARTNERS, sharedBy, type Base, type Kinships, type Weighing } from './overlap-kinships';
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
 * in     features, an index of the titles in the same order, weights and thresholds; `kinships` of those very profiles
 * out    pairs of different documents; within one document only likely double entries of one body. Whole up to CROWD
 *        actions; beyond, each action meets its most promising partners, so that the cost grows with the number of actions
 * never  a pair without a common zone
 */
export function weighPairs(
	features: Features,
	titles: TitleIndex,
	weighing: Weighing,
	kinships: Kinships = kinshipsOf(kinsOf(features.profiles), weighing)
): Pair[] {
	const { sides } = features;
	const { kin, kinOf } = kinships.kins;
	const { tense, weigh, weighTension, pairs } = scales(features, titles, weighing);
	const meetTense = (i: number, j: number): void => {
		const base = tense(i, j) ? kinships.base(kinOf[i]!, kinOf[j]!) : null;
		if (base) weighTension(i, j, base);
	};
	kinships.admitted((c, d, sum, total) => {
		const [own, other] = [kin[c]!.members, kin[d]!.members];
		// Beyond that, only those whose titles stand close in the alphabet; rare words bring the others, below.
		const narrow = kinOf.length > CROWD && Math.min(own.length, other.length) > PARTNERS;
		for (let x = 0; x < own.length; x++) {
			const beside = narrow ? Math.floor((x * other.length) / own.length) - PARTNERS / 2 : 0;
			const from = Math.max(beside, c === d ? x + 1 : 0);
			const to = narrow ? Math.min(other.length, beside + PARTNERS) : other.length;
			for (let y = from; y < to; y++) weigh(own[x]!, other[y]!, sum, total);
		}
	});
	for (let i = 0; i < kinOf.length; i++)
		for (const j of titles.neighbours(i)) {
			const base = j > i && !kinships.isWhole(kinOf[i]!, kinOf[j]!) ? kinships.base(kinOf[i]!, kinOf[j]!) : null;
			if (base) weigh(i, j, base[0], base[1]);
		}
	const marked = kinOf.flatMap((_, i) => (sides[i]!.a | sides[i]!.b ? [i] : []));
	for (const [x, i] of marked.entries()) for (let y = x + 1; y < marked.length; y++) meetTense(i, marked[y]!);
	return pairs();
}

/**
 * The same, of which only the pairs that touch some actions: the others have not changed. Not for a crowd.
 * in     `again`: positions of a few actions
 */
export function weighAgain(
	features: Features,
	titles: TitleIndex,
	weighing: Weighing,
	again: readonly number[]
): Pair[] {
	const { profiles } = features;
	const { tense, weigh, weighTension, pairs } = scales(features, titles, weighing);
	const touched = new Set(again);
	for (const i of again) {
		const alike = new Set(titles.neighbours(i));
		for (let j = 0; j < profiles.length; j++) {
			if (j === i || (j < i && touched.has(j))) continue;
			const tension = tense(i, j);
			const base = sharedBy(profiles[i]!, profiles[j]!, weighing.weights, !tension && !alike.has(j));
			if (!base) continue;
			if (tension) weighTension(i, j, base);
			else weigh(i, j, base[0], base[1]);
		}
	}
	return pairs();
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

	function weigh(i: number, j: number, sum: number, total: number): void {
		const [own, other] = [profiles[i]!, profiles[j]!];
		const sameDocument = own.document === other.document;
		const sameBody = own.body !== null && own.body === other.body;
		if ((sameDocument && !sameBody) || tense(i, j)) return;
		const [p, q] = [own.span, other.span];
		const known = p && q ? sum + weights.periode * spanShare(p, q) : sum;
		const whole = p && q ? total + weights.periode : total;
		if ((known + weights.titre) / whole < threshold) return;
		// Even under the same title it would be none of the best of either.
		if (crowded && !sameDocument && (!sameBody || (known + weights.titre) / whole < twice)) {
			if (!kept.admits(i, j, (known + weights.titre) / whole)) return;
		}
		const likeness = titles.cosine(i, j);
		const score = (known + weights.titre * likeness) / whole;
		if (score < threshold) return;
		const double = score >= twice && sameBody && likeness >= SAME_TITLE;
		if (!sameDocument || double) kept.add(i, j, score, likeness, double ? 'doublon' : 'recoupement');
	}

	/** A tension is looked at whatever it scores. */
	function weighTension(i: number, j: number, base: Base): void {
		const [p, q] = [profiles[i]!.span, profiles[j]!.span];
		const likeness = titles.cosine(i, j);
		const known = base[0] + weights.titre * likeness + (p && q ? weights.periode * spanShare(p, q) : 0);
		kept.add(i, j, known / (base[1] + (p && q ? weights.periode : 0)), likeness, 'tension');
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
