import { CROWD, spanShare, type Features } from './overlap-features';
import { kinshipsOf, PARTNERS, type Weighing } from './overlap-kinships';
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
 * in     features, an index of the titles in the same order, weights and thresholds
 * out    pairs of different documents; within one document only likely double entries of one body. Whole up to CROWD
 *        actions; beyond, each action meets its most promising partners, so that the cost grows with the number of actions
 *        `again`: only the pairs that touch those, for a territory where the others have not changed; not for a crowd
 * never  a pair without a common zone
 */
export function weighPairs(
	features: Features,
	titles: TitleIndex,
	weighing: Weighing,
	again?: readonly number[]
): Pair[] {
	const { kin, kinOf, documents, bodies, spans, firsts, seconds, sameObject } = features;
	const { weights, twice } = weighing;
	// Sums of tenths seldom fall on the tenth.
	const threshold = weighing.threshold - 1e-9;
	const crowded = kinOf.length > CROWD;
	const kept = shortList(kinOf.length);
	const kinships = kinshipsOf(features, weighing);
	const tense = (i: number, j: number): boolean => {
		const bits = (firsts[i]! & seconds[j]!) | (seconds[i]! & firsts[j]!);
		if (bits === 0) return false;
		if (documents[i] !== documents[j] && (bits & ~sameObject) !== 0) return true;
		return (bits & sameObject) !== 0 && titles.cosine(i, j) >= weighing.oneObject;
	};

	function weigh(i: number, j: number, sum: number, total: number): void {
		const sameDocument = documents[i] === documents[j];
		const sameBody = bodies[i] !== null && bodies[i] === bodies[j];
		if ((sameDocument && !sameBody) || tense(i, j)) return;
		const [p, q] = [spans[i]!, spans[j]!];
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
	function weighTension(i: number, j: number): void {
		const base = kinships.base(kinOf[i]!, kinOf[j]!);
		if (!base) return;
		const [p, q] = [spans[i]!, spans[j]!];
		const likeness = titles.cosine(i, j);
		const known = base[0] + weights.titre * likeness + (p && q ? weights.periode * spanShare(p, q) : 0);
		kept.add(i, j, known / (base[1] + (p && q ? weights.periode : 0)), likeness, 'tension');
	}

	function meet(i: number, j: number, alike: boolean): void {
		if (tense(i, j)) return weighTension(i, j);
		const base = alike || kinships.isNear(kinOf[i]!, kinOf[j]!) ? kinships.base(kinOf[i]!, kinOf[j]!) : null;
		if (base) weigh(i, j, base[0], base[1]);
	}

	if (again) {
		const touched = new Set(again);
		for (const i of again) {
			const alike = new Set(titles.neighbours(i));
			for (let j = 0; j < kinOf.length; j++) if (j !== i && !(j < i && touched.has(j))) meet(i, j, alike.has(j));
		}
		return kept.pairs();
	}
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
	const marked = kinOf.flatMap((_, i) => (firsts[i]! | seconds[i]! ? [i] : []));
	for (const [x, i] of marked.entries())
		for (let y = x + 1; y < marked.length; y++) if (tense(i, marked[y]!)) weighTension(i, marked[y]!);
	return kept.pairs();
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
