import { CROWD, jaccard, spanShare, zoneShare, type Features } from './overlap-features';
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

export interface Weighing {
	readonly weights: Readonly<Record<'enjeux' | 'zone' | 'titre' | 'periode' | 'nature', number>>;
	/** Score from which a pair is proposed, and from which it may be the same action twice. */
	readonly threshold: number;
	readonly twice: number;
	/** Likeness of titles that name one same object, for the watched pairs that ask for it. */
	readonly oneObject: number;
}

/** Sets of enjeux farther apart than this bring no candidate by themselves. */
const NEAR = 0.25;
/** Titles of a double entry are at least this alike. */
const SAME_TITLE = 0.6;
/** Partners weighed for an action of a crowd, the most promising ones. */
const PARTNERS = 500;
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

/** What two kin share before titles and dates are looked at: the sum, and the weights it is out of, the title's with them. */
type Base = readonly [sum: number, total: number];

function kinshipsOf({ sets, zones, kin, kinOf }: Features, { weights, threshold }: Weighing) {
	// Rows made when first asked for, and number arrays: they are read for every two kin.
	const likeness = rows(sets, (own, other) => (own.length && other.length ? jaccard(own, other) : -1));
	const bySet: number[][] = sets.map(() => []);
	kin.forEach((k, c) => bySet[k.set]!.push(c));
	const isNear = (c: number, d: number): boolean => likeness(kin[c]!.set)[kin[d]!.set]! >= NEAR;
	const shares = rows(zones, (own, other) => zoneShare(own, other) ?? -1);
	function base(c: number, d: number): Base | null {
		const [own, other] = [kin[c]!, kin[d]!];
		const zone = shares(own.zone)[other.zone]!;
		if (zone < 0) return null;
		const enjeux = likeness(own.set)[other.set]!;
		const bothSay = own.nature !== null && other.nature !== null;
		const sum = weights.zone * zone + (enjeux > 0 ? weights.enjeux * enjeux : 0);
		const total = weights.zone + weights.titre + (enjeux >= 0 ? weights.enjeux : 0);
		if (!bothSay) return [sum, total];
		return [sum + (own.nature === other.nature ? weights.nature : 0), total + weights.nature];
	}
	/** The most a pair of theirs could score. */
	const hope = ([sum, total]: Base): number => (sum + weights.titre + weights.periode) / (total + weights.periode);
	function eachNear(c: number, from: number, visit: (d: number, hoped: number, base: Base) => void): void {
		const row = shares(kin[c]!.zone);
		const alike = likeness(kin[c]!.set);
		for (let s = 0; s < alike.length; s++)
			for (const d of alike[s]! >= NEAR ? bySet[s]! : []) {
				if (d < from || row[kin[d]!.zone]! < 0) continue;
				const found = base(c, d)!;
				const hoped = hope(found);
				if (hoped >= threshold - 1e-9) visit(d, hoped, found);
			}
	}
	const crowded = kinOf.length > CROWD;
	/** Hope under which a kin looks no further, its PARTNERS being met. */
	const cuts = kin.map((_, c) => {
		if (!crowded) return 0;
		const tally = new Map<number, number>();
		eachNear(c, 0, (d, hoped) => tally.set(hoped, (tally.get(hoped) ?? 0) + kin[d]!.members.length));
		let met = 0;
		for (const hoped of [...tally.keys()].sort((x, y) => y - x))
			if ((met += tally.get(hoped)!) >= PARTNERS) return hoped;
		return 0;
	});
	return {
		base,
		isNear,
		/** Are all their pairs weighed by `admitted`? */
		isWhole: (c: number, d: number): boolean => !crowded && isNear(c, d),
		admitted(visit: (c: number, d: number, sum: number, total: number) => void): void {
			for (let c = 0; c < kin.length; c++)
				eachNear(c, c, (d, hoped, [sum, total]) => {
					if (!crowded || hoped >= Math.min(cuts[c]!, cuts[d]!)) visit(c, d, sum, total);
				});
		}
	};
}

/** A table read by its row, each row worked out when it is first read; -1 where there is nothing to say. */
function rows<T>(all: readonly T[], measure: (own: T, other: T) => number): (at: number) => Float64Array {
	const made: (Float64Array | undefined)[] = new Array<Float64Array | undefined>(all.length);
	return (at) => (made[at] ??= Float64Array.from(all, (other) => measure(all[at]!, other)));
}

/** Holds the best pairs of each action while they are weighed; everything, as long as each has few. */
function shortList(n: number) {
	const best = { recoupement: floors(n), tension: floors(n) };
	const all = new Map<number, Pair>();
	return {
		add(i: number, j: number, exact: number, likeness: number, genre: Pair['genre']): void {
			const score = Math.round(exact * 1000) / 1000;
			const [x, y] = i < j ? [i, j] : [j, i];
			const key = x * n + y;
			if (all.has(key)) return;
			if (n > CROWD && genre !== 'doublon') {
				// Both are asked: each may hold it among its best.
				const [own, other] = [best[genre](i, score), best[genre](j, score)];
				if (!own && !other) return;
			}
			all.set(key, { i: x, j: y, score, likeness, genre });
		},
		pairs: (): Pair[] => [...all.values()]
	};
}

/** Is this score among the best REMEMBERED of an action? */
function floors(n: number): (i: number, score: number) => boolean {
	const lists: (number[] | undefined)[] = new Array<number[] | undefined>(n);
	return (i, score) => {
		const list = (lists[i] ??= []);
		if (list.length === REMEMBERED && score <= list[REMEMBERED - 1]!) return false;
		let at = list.length;
		while (at > 0 && list[at - 1]! < score) at--;
		list.splice(at, 0, score);
		if (list.length > REMEMBERED) list.pop();
		return true;
	};
}
