import { everyMeeting, type Candidate, type Meet } from './overlap-candidates';
import {
	CROWD,
	daysShared,
	kinsOf,
	nameOnePlace,
	nameOneQuartier,
	type Features,
	type Profile
} from './overlap-features';
import { kinshipsOf, scoreOf, sharedBy, type Weighing } from './overlap-kinships';
import { inThousandths, shortList } from './overlap-short-list';
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

/**
 * Pairs above the threshold, in no order.
 * in     features, an index of the titles in the same order, weights and thresholds; `candidates` of a territory that is no
 *        crowd, looked for when they are not said; `only` the pairs of some of the actions, by their positions
 * out    pairs of different documents; within one document only likely double entries of one body. Whole up to CROWD
 *        actions; beyond, each action meets its most promising partners, so that the cost grows with the number of actions
 * never  a pair without a common zone
 */
export function weighPairs(
	features: Features,
	titles: TitleIndex,
	weighing: Weighing,
	candidates?: readonly (readonly Candidate[])[],
	only?: ReadonlySet<number>
): Pair[] {
	const { profiles, sides } = features;
	const kept = shortList(profiles.length);
	const tense = tension(features, titles, weighing);
	const weighed: Pair[] = [];
	if (candidates) {
		for (const list of candidates)
			for (const one of list) {
				if ((only && !only.has(one.i) && !only.has(one.j)) || tense(one.i, one.j)) continue;
				const pair = weighedBy(one, profiles, titles, weighing);
				if (pair) weighed.push(pair);
			}
	} else {
		const weigh = scales(profiles, titles, weighing, tense, kept);
		everyMeeting(kinshipsOf(kinsOf(profiles), weighing), titles, weigh, weigh);
	}
	const marked: number[] = [];
	for (let i = 0; i < sides.length; i++) if (sides[i]!.a | sides[i]!.b) marked.push(i);
	const facing = facingOf(sides, marked);
	for (const i of only ? marked.filter((one) => only.has(one)) : marked)
		for (const j of facing(i)) {
			// Each pair once: those of two that are asked for, in order.
			if (j <= i && (only === undefined || only.has(j))) continue;
			const base = tense(i, j) ? sharedBy(profiles[i]!, profiles[j]!, weighing.weights) : null;
			if (!base) continue;
			// A tension is looked at whatever it scores.
			const likeness = titles.cosine(i, j);
			kept.add(i, j, scoreOf(profiles[i]!, profiles[j]!, base, weighing.weights, likeness), likeness, 'tension');
		}
	return weighed.length > 0 ? weighed.concat(kept.pairs()) : kept.pairs();
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
	const own = profiles[i]!;
	const other = profiles[j]!;
	const double = score >= twice && likeness >= SAME_TITLE && own.body !== null && own.body === other.body;
	if (own.document === other.document && !double) return null;
	return { i, j, score: inThousandths(score) / 1000, likeness, genre: double ? 'doublon' : 'recoupement' };
}

/** Actions that stand on the other side of a watched pair, in order: the same list for all that stand where one does. */
function facingOf(sides: Features['sides'], marked: readonly number[]): (i: number) => readonly number[] {
	const known = new Map<string, readonly number[]>();
	return (i) => {
		const { a, b } = sides[i]!;
		const key = `${a} ${b}`;
		const found = known.get(key);
		if (found) return found;
		const list = marked.filter((j) => (a & sides[j]!.b) | (b & sides[j]!.a));
		known.set(key, list);
		return list;
	};
}

type Tense = (i: number, j: number) => boolean;

/** Do two actions pull against each other? */
function tension(
	{ profiles, sides, sameObject, within, sameQuartier }: Features,
	titles: TitleIndex,
	{ oneObject }: Weighing
): Tense {
	const firsts = Int32Array.from(sides, (side) => side.a);
	const seconds = Int32Array.from(sides, (side) => side.b);
	return (i, j) => {
		const said = (firsts[i]! & seconds[j]!) | (seconds[i]! & firsts[j]!);
		if (said === 0) return false;
		const [a, b] = [profiles[i]!, profiles[j]!];
		const bits = nameOneQuartier(a, b) ? said : said & ~sameQuartier;
		if (a.document !== b.document ? (bits & ~sameObject) !== 0 : (bits & within) !== 0 && nameOnePlace(a, b))
			return true;
		return (bits & sameObject) !== 0 && titles.cosine(i, j) >= oneObject;
	};
}

/** How two actions are weighed. Asked for millions of pairs of a crowd: what is read of each is in arrays of numbers. */
function scales(
	profiles: readonly Profile[],
	titles: TitleIndex,
	{ weights: { periode, titre }, threshold, twice }: Weighing,
	tense: Tense,
	kept: ReturnType<typeof shortList>
): Meet {
	// Sums of tenths seldom fall on the tenth.
	const least = threshold - 1e-9;
	const crowded = profiles.length > CROWD;
	const documents = Int32Array.from(profiles, (p) => p.document);
	const bodies = [...new Set(profiles.map((p) => p.body))];
	const numbers = new Map(bodies.map((body, at) => [body, body === null ? -1 : at]));
	const bodyOf = Int32Array.from(profiles, (p) => numbers.get(p.body)!);
	// NaN where the dates are not both known.
	const from = Float64Array.from(profiles, (p) => p.span?.debut ?? NaN);
	const until = Float64Array.from(profiles, (p) => p.span?.fin ?? NaN);
	// No list is made on the way, nor opened: it would be most of the work.
	return (i, j, base) => {
		const sameDocument = documents[i] === documents[j];
		const sameBody = bodyOf[i] === bodyOf[j] && bodyOf[i]! >= 0;
		if ((sameDocument && !sameBody) || tense(i, j)) return;
		const p = from[i]!;
		const q = from[j]!;
		const dated = !Number.isNaN(p + q);
		const known = dated ? base[0] + periode * daysShared(p, until[i]!, q, until[j]!) : base[0];
		const out = dated ? base[1] + periode : base[1];
		const most = (known + titre) / out;
		if (most < least) return;
		// Even under the same title it would be none of the best of either.
		if (crowded && !sameDocument && (!sameBody || most < twice) && !kept.admits(i, j, most)) return;
		const likeness = titles.cosine(i, j);
		const score = (known + titre * likeness) / out;
		if (score < least) return;
		const double = score >= twice && sameBody && likeness >= SAME_TITLE;
		if (!sameDocument || double) kept.add(i, j, score, likeness, double ? 'doublon' : 'recoupement');
	};
}
