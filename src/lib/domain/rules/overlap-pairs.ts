import { jaccard, spanShare, zoneShare, type Features } from './overlap-features';
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
}

/** Sets of enjeux farther apart than this bring no candidate by themselves. */
const NEAR = 0.25;
/** Titles of a double entry are at least this alike. */
const SAME_TITLE = 0.6;
/** Partners weighed for an action, the most promising ones; a territory of fewer actions is weighed whole. */
const PARTNERS = 1_500;
/** Pairs remembered per action while weighing; far fewer are shown. */
const REMEMBERED = 100;

/**
 * Pairs above the threshold, in no order.
 * in     features, an index of the titles in the same order, weights and thresholds
 * out    pairs of different documents; within one document only likely double entries of one body. Whole up to PARTNERS
 *        actions; beyond, each action meets its most promising partners, so that the cost grows with the number of actions
 * never  a pair without a common zone
 */
export function weighPairs(features: Features, titles: TitleIndex, weighing: Weighing): Pair[] {
	const { kin, kinOf, documents, bodies, spans, firsts, seconds } = features;
	const { weights, twice } = weighing;
	// Sums of tenths seldom fall on the tenth.
	const threshold = weighing.threshold - 1e-9;
	const kept = shortList(kinOf.length);
	const kinships = kinshipsOf(features, weighing);
	const tense = (i: number, j: number): boolean =>
		((firsts[i]! & seconds[j]!) | (seconds[i]! & firsts[j]!)) !== 0 && documents[i] !== documents[j];

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

	for (const [c, d, { sum, total }] of kinships.admitted()) {
		const [own, other] = [kin[c]!.members, kin[d]!.members];
		// Beyond that, only those whose titles stand close in the alphabet; rare words bring the others, below.
		const narrow = Math.min(own.length, other.length) > PARTNERS;
		for (let x = 0; x < own.length; x++) {
			const beside = narrow ? Math.floor((x * other.length) / own.length) - PARTNERS / 2 : 0;
			const from = Math.max(beside, c === d ? x + 1 : 0);
			const to = narrow ? Math.min(other.length, beside + PARTNERS) : other.length;
			for (let y = from; y < to; y++) weigh(own[x]!, other[y]!, sum, total);
		}
	}
	for (let i = 0; i < kinOf.length; i++)
		for (const j of titles.neighbours(i)) {
			const base = j > i && !kinships.isWhole(kinOf[i]!, kinOf[j]!) ? kinships.base(kinOf[i]!, kinOf[j]!) : null;
			if (base) weigh(i, j, base.sum, base.total);
		}
	const marked = kinOf.flatMap((_, i) => (firsts[i]! | seconds[i]! ? [i] : []));
	for (const [x, i] of marked.entries())
		for (let y = x + 1; y < marked.length; y++) {
			const j = marked[y]!;
			const base = tense(i, j) ? kinships.base(kinOf[i]!, kinOf[j]!) : null;
			if (!base) continue;
			const [p, q] = [spans[i]!, spans[j]!];
			const likeness = titles.cosine(i, j);
			const known = base.sum + weights.titre * likeness + (p && q ? weights.periode * spanShare(p, q) : 0);
			kept.add(i, j, known / (base.total + (p && q ? weights.periode : 0)), likeness, 'tension');
		}
	return kept.pairs();
}

/** What two kin share before their titles and dates are looked at; the title counts in `total`. */
interface Base {
	readonly sum: number;
	readonly total: number;
}

function kinshipsOf({ sets, zones, kin, kinOf }: Features, { weights, threshold }: Weighing) {
	const likeness = sets.map((own) => sets.map((other) => (own.length && other.length ? jaccard(own, other) : null)));
	const bySet: number[][] = sets.map(() => []);
	kin.forEach((k, c) => bySet[k.set]!.push(c));
	const nearSets = sets.map((_, s) => sets.flatMap((_, t) => ((likeness[s]![t] ?? 0) >= NEAR ? [t] : [])));
	const isNear = (c: number, d: number): boolean => (likeness[kin[c]!.set]![kin[d]!.set] ?? 0) >= NEAR;

	function base(c: number, d: number): Base | null {
		const [own, other] = [kin[c]!, kin[d]!];
		const zone = zoneShare(zones[own.zone]!, zones[other.zone]!);
		if (zone === null) return null;
		const enjeux = likeness[own.set]![other.set]!;
		const bothSay = own.nature !== null && other.nature !== null;
		return {
			sum:
				weights.zone * zone +
				(enjeux === null ? 0 : weights.enjeux * enjeux) +
				(bothSay && own.nature === other.nature ? weights.nature : 0),
			total: weights.zone + weights.titre + (enjeux === null ? 0 : weights.enjeux) + (bothSay ? weights.nature : 0)
		};
	}
	/** The most a pair of theirs could score. */
	const hope = ({ sum, total }: Base): number => (sum + weights.titre + weights.periode) / (total + weights.periode);
	function* near(c: number, from: number): Generator<[number, Base]> {
		for (const s of nearSets[kin[c]!.set]!)
			for (const d of bySet[s]!) {
				const found = d >= from ? base(c, d) : null;
				if (found && hope(found) >= threshold - 1e-9) yield [d, found];
			}
	}
	const crowded = kinOf.length > PARTNERS;
	/** Hope under which a kin looks no further, its PARTNERS being met. */
	const cuts = kin.map((_, c) => {
		if (!crowded) return 0;
		const hopes = [...near(c, 0)].map(([d, b]) => ({ hope: hope(b), n: kin[d]!.members.length }));
		hopes.sort((x, y) => y.hope - x.hope);
		let met = 0;
		for (const h of hopes) if ((met += h.n) >= PARTNERS) return h.hope;
		return 0;
	});
	const admits = (c: number, d: number, b: Base): boolean => !crowded || hope(b) >= Math.min(cuts[c]!, cuts[d]!);
	return {
		base,
		/** Are all their pairs weighed by `admitted`? */
		isWhole: (c: number, d: number): boolean => !crowded && isNear(c, d),
		*admitted(): Generator<[number, number, Base]> {
			for (let c = 0; c < kin.length; c++) for (const [d, b] of near(c, c)) if (admits(c, d, b)) yield [c, d, b];
		}
	};
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
			if (genre !== 'doublon') {
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
