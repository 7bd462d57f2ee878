import { CROWD, jaccard, spanShare, zoneShare, type Kins, type Profile } from './overlap-features';
import { likenessOf, sharesOf } from './overlap-grades';

/* What groups of like actions share, and which groups are worth holding against each other: before any title is read. */

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
/** Partners weighed for an action of a crowd, the most promising ones: far more than the few that are shown of each. */
export const PARTNERS = 200;

/** What two kin share before titles and dates are looked at: the sum, and the weights it is out of, the title's with them. */
export type Base = readonly [sum: number, total: number];

type Weights = Weighing['weights'];

/** in     likeness of the enjeux (-1: one says none), part of the zone, and natures: not both said, the same, or others */
function baseOf(weights: Weights, enjeux: number, zone: number, nature: Natures): Base {
	const sum = weights.zone * zone + (enjeux > 0 ? weights.enjeux * enjeux : 0);
	const total = weights.zone + weights.titre + (enjeux >= 0 ? weights.enjeux : 0);
	return nature === 0 ? [sum, total] : [sum + (nature === 1 ? weights.nature : 0), total + weights.nature];
}
type Natures = 0 | 1 | 2;

/**
 * What two actions share, worked out for them alone; null without a common zone.
 * in     `near`: null too unless their enjeux are near enough (true), or too far (false), to bring them together
 */
export function sharedBy(own: Profile, other: Profile, weights: Weights, near?: boolean): Base | null {
	const alike = own.codes.length && other.codes.length ? jaccard(own.codes, other.codes) : -1;
	if (near !== undefined && near !== alike >= NEAR) return null;
	const zone = zoneShare(own.zone, other.zone);
	if (zone === null) return null;
	const silent = own.nature === null || other.nature === null;
	return baseOf(weights, alike, zone, silent ? 0 : own.nature === other.nature ? 1 : 2);
}

/** What two actions score, their dates looked at too and their titles that alike. Asked for very many pairs. */
export function scoreOf(
	{ span: p }: Profile,
	{ span: q }: Profile,
	[sum, total]: Base,
	{ periode, titre }: Weights,
	likeness: number
): number {
	const dated = p !== null && q !== null;
	const known = dated ? sum + periode * spanShare(p, q) : sum;
	return (known + titre * likeness) / (dated ? total + periode : total);
}

export type Kinships = ReturnType<typeof kinshipsOf>;

export function kinshipsOf(kins: Kins, { weights, threshold }: Weighing) {
	const { sets, zones, kin, kinOf } = kins;
	// Rows made when first asked for, and number arrays: they are read for every two kin.
	const likeness = likenessOf(sets);
	const shares = sharesOf(zones);
	const zoneOf = Int32Array.from(kin, (k) => k.zone);
	const sizes = Int32Array.from(kin, (k) => k.members.length);
	const natures = [...new Set(kin.map((k) => k.nature))];
	// null, which says nothing, is -1.
	const natureOf = Int32Array.from(kin, (k) => (k.nature === null ? -1 : natures.indexOf(k.nature)));
	/** Natures that are not both said, the same, or others. */
	const alikeNatures = (own: number, other: number): Natures => (own < 0 || other < 0 ? 0 : own === other ? 1 : 2);
	/** By nature, then by the nature it is held against; what says nothing comes first. */
	const againstNature = [-1, ...natures.keys()].map((own) =>
		Int32Array.from([-1, ...natures.keys()], (other) => alikeNatures(own, other))
	);
	const sameNature = (c: number, d: number): Natures => alikeNatures(natureOf[c]!, natureOf[d]!);
	/** Where the cells of a table start, by the zone that one is held against. */
	const starts: (Int32Array | undefined)[] = [];
	const startsOf = (zone: number): Int32Array => (starts[zone] ??= shares.row(zone).map((part) => part * 3));
	const isNear = (c: number, d: number): boolean => likeness.values[likeness.row(kin[c]!.set)[kin[d]!.set]!]! >= NEAR;

	// What two kin share is one of few things: a likeness, a part of a zone, a nature. Each is worked out once.
	const known: (readonly Shared[] | undefined)[][] = [];
	const hopes: number[] = [];
	const places = new Map<number, number>();
	const sharedAt = (alike: number, zone: number): readonly Shared[] => {
		const own = (known[alike] ??= []);
		return (own[zone] ??= ([0, 1, 2] as const).map((nature) =>
			newShared(likeness.values[alike]!, shares.values[zone]!, nature)
		));
	};
	function newShared(enjeux: number, zone: number, nature: Natures): Shared {
		const base = baseOf(weights, enjeux, zone, nature);
		// The most a pair of theirs could score.
		const hope = (base[0] + weights.titre + weights.periode) / (base[1] + weights.periode);
		let at = places.get(hope);
		if (at === undefined) {
			at = hopes.push(hope) - 1;
			places.set(hope, at);
		}
		return { base: zone < 0 ? null : base, hope, at: hope >= threshold - 1e-9 ? at : -1 };
	}
	/** All that kin of two sets that alike may share, by part of a zone then nature: hope and its position, -1 for nothing. */
	const table = (alike: number): Table => {
		const made = tables[alike];
		if (made && made.hope.length === shares.values.length * 3) return made;
		const all = shares.values.flatMap((_, zone) => sharedAt(alike, zone));
		const hoped = (one: Shared, value: number): number => (one.at < 0 || one.base === null ? -1 : value);
		return (tables[alike] = {
			hope: Float64Array.from(all, (one) => hoped(one, one.hope)),
			at: Int32Array.from(all, (one) => hoped(one, one.at))
		});
	};
	const base = (c: number, d: number): Base | null =>
		sharedAt(likeness.row(kin[c]!.set)[kin[d]!.set]!, shares.row(zoneOf[c]!)[zoneOf[d]!]!)[sameNature(c, d)]!.base;

	const tables: (Table | undefined)[] = [];
	const tops: (Shared | undefined)[] = [];
	const nearSets: (Int32Array | undefined)[] = [];
	const rankedSets: (Ranked | undefined)[] = [];
	const crowded = kinOf.length > CROWD;
	/** No two kin whose enjeux are that alike hope for more; a hair above, for sums of tenths. */
	const most = (alike: number): number => {
		const all = (tops[alike] ??= newShared(likeness.values[alike]!, 1, 1));
		return all.hope + 1e-9;
	};
	// Kin of one set stand together, in their order, with what is read of each: this is walked for every two kin.
	const bySet = inRuns(kin, sets.length);
	const zoneBySet = bySet.all.map((d) => zoneOf[d]!);
	const natureBySet = bySet.all.map((d) => natureOf[d]! + 1);
	const sizeBySet = bySet.all.map((d) => sizes[d]!);
	/** Hope under which a kin looks no further, its PARTNERS being met. */
	const cuts = new Float64Array(kin.length);
	/** Positions of the hopes, the highest first; and how many partners one kin has at each. */
	let highest = new Int32Array(0);
	let tally = new Int32Array(0);
	const everyZone = (): void => zones.forEach((_, zone) => void shares.row(zone));
	if (crowded) {
		everyZone();
		// All that two kin may hope for is known first, so as to be put in order once.
		for (let set = 0; set < sets.length; set++) for (const alike of ranked(set).order) table(alike);
		highest = Int32Array.from(hopes.keys()).sort((x, y) => hopes[y]! - hopes[x]!);
		tally = new Int32Array(hopes.length);
		for (let c = 0; c < kin.length; c++) cuts[c] = cutOf(c);
	}
	function cutOf(c: number): number {
		const cells = startsOf(zoneOf[c]!);
		const natures = againstNature[natureOf[c]! + 1]!;
		tally.fill(0);
		const { order, sets: near } = ranked(kin[c]!.set);
		for (const [rank, alike] of order.entries()) {
			const { at } = table(alike);
			for (const s of near[alike]!) {
				const end = bySet.starts[s + 1]!;
				for (let k = bySet.starts[s]!; k < end; k++) {
					const place = at[cells[zoneBySet[k]!]! + natures[natureBySet[k]!]!]!;
					if (place >= 0) tally[place]! += sizeBySet[k]!;
				}
			}
			const cut = reached();
			// Those that are left hope for less.
			if (rank + 1 === order.length || cut > most(order[rank + 1]!)) return cut;
		}
		return 0;
	}
	function reached(): number {
		let met = 0;
		for (const at of highest) if ((met += tally[at]!) >= PARTNERS) return hopes[at]!;
		return 0;
	}
	/** Sets near enough to one, in their order. */
	function nearTo(set: number): Int32Array {
		const row = likeness.row(set);
		return (nearSets[set] ??= Int32Array.from(row.keys()).filter((s) => likeness.values[row[s]!]! >= NEAR));
	}
	/** Sets near enough to one, by how alike they are; the most promising first. */
	function ranked(set: number): Ranked {
		const known = rankedSets[set];
		if (known) return known;
		const near: number[][] = [];
		for (const s of nearTo(set)) (near[likeness.row(set)[s]!] ??= []).push(s);
		const order = [...near.keys()].filter((alike) => near[alike]).sort((x, y) => most(y) - most(x));
		return (rankedSets[set] = { order, sets: near });
	}
	return {
		kins,
		base,
		/** Are all their pairs weighed by `admitted`? */
		isWhole: (c: number, d: number): boolean => !crowded && isNear(c, d),
		admitted(visit: (c: number, d: number, base: Base) => void): void {
			everyZone();
			const next = bySet.starts.slice();
			for (let c = 0; c < kin.length; c++) {
				const { set } = kin[c]!;
				const [row, near, cut] = [likeness.row(set), nearTo(set), cuts[c]!];
				const [cells, natures] = [startsOf(zoneOf[c]!), againstNature[natureOf[c]! + 1]!];
				for (let k = 0; k < near.length; k++) {
					const s = near[k]!;
					const end = bySet.starts[s + 1]!;
					// Those before have met this one already.
					while (next[s]! < end && bySet.all[next[s]!]! < c) next[s]!++;
					const { hope } = table(row[s]!);
					for (let at = next[s]!; at < end; at++) {
						const hoped = hope[cells[zoneBySet[at]!]! + natures[natureBySet[at]!]!]!;
						if (hoped < 0) continue;
						const d = bySet.all[at]!;
						if (crowded && hoped < cut && hoped < cuts[d]!) continue;
						visit(c, d, base(c, d)!);
					}
				}
			}
		}
	};
}

/** Positions of kin, those of one set together and in order; where those of each set start. */
function inRuns(kin: Kins['kin'], sets: number): { readonly all: Int32Array; readonly starts: Int32Array } {
	const starts = new Int32Array(sets + 1);
	for (const { set } of kin) starts[set + 1]!++;
	for (let s = 0; s < sets; s++) starts[s + 1]! += starts[s]!;
	const [all, next] = [new Int32Array(kin.length), starts.slice()];
	kin.forEach(({ set }, c) => void (all[next[set]!++] = c));
	return { all, starts };
}

interface Table {
	readonly hope: Float64Array;
	readonly at: Int32Array;
}

/** Sets by the number of their likeness to one, and those numbers, the most promising first. */
interface Ranked {
	readonly order: readonly number[];
	readonly sets: readonly (readonly number[])[];
}

/** `base` null: no common zone. `at`: position of the hope among those that can reach the threshold, -1 below it. */
interface Shared {
	readonly base: Base | null;
	readonly hope: number;
	readonly at: number;
}
