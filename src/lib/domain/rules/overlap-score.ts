import type { PlacedAction } from '../crossing/place';

/* The weight of a pair, in numbers alone: it is worked out for every candidate, and most of them stop there. */

/** Where an action takes place, as far as two of them can be compared. */
export interface Zone {
	readonly quartiers: ReadonlySet<string>;
	readonly large: boolean;
	readonly communes: ReadonlySet<string>;
}

/** Days from the start of 1970. */
export interface Span {
	readonly debut: number;
	readonly fin: number;
}

interface Measured {
	readonly placed: readonly PlacedAction[];
	/** T and P codes of each. */
	readonly codes: readonly (readonly string[])[];
	readonly zones: readonly Zone[];
	/** null: not both ends are known. */
	readonly spans: readonly (Span | null)[];
}

type Weights = Readonly<Record<'enjeux' | 'zone' | 'titre' | 'periode' | 'nature', number>>;

/** Shared days over the shorter; 0 when they do not meet. */
export function spanShare(p: Span, q: Span): number {
	const shared = Math.min(p.fin, q.fin) - Math.max(p.debut, q.debut);
	const shorter = Math.min(p.fin - p.debut, q.fin - q.debut);
	return shared < 0 ? 0 : shorter === 0 ? 1 : Math.min(1, shared / shorter);
}

/**
 * The score of pairs, given the likeness of their titles.
 * out    null when they do not meet; else the score for a likeness, exact but for two actions known by their communes alone,
 *        where it is the most it could be
 */
export function quickScore(
	{ placed, codes, zones, spans }: Measured,
	weights: Weights
): (i: number, j: number) => ((likeness: number) => number) | null {
	const enjeux = bitsOf(codes);
	const quartiers = bitsOf(zones.map((z) => [...z.quartiers]));
	const sizes = zones.map((z) => z.quartiers.size);
	return (i, j) => {
		const zone = zoneShare(i, j);
		if (zone === null) return null;
		const [p, q] = [spans[i]!, spans[j]!];
		const [own, other] = [placed[i]!.nature?.code, placed[j]!.nature?.code];
		let sum = weights.zone * zone;
		let total = weights.zone + weights.titre;
		if (codes[i]!.length && codes[j]!.length) {
			const shared = inBoth(enjeux[i]!, enjeux[j]!);
			sum += (weights.enjeux * shared) / (codes[i]!.length + codes[j]!.length - shared);
			total += weights.enjeux;
		}
		if (p && q) {
			sum += weights.periode * spanShare(p, q);
			total += weights.periode;
		}
		if (own !== undefined && other !== undefined) {
			sum += own === other ? weights.nature : 0;
			total += weights.nature;
		}
		return (likeness) => (sum + weights.titre * likeness) / total;
	};

	function zoneShare(i: number, j: number): number | null {
		const [a, b] = [zones[i]!, zones[j]!];
		if (sizes[i] && sizes[j]) {
			const shared = inBoth(quartiers[i]!, quartiers[j]!);
			return shared ? shared / Math.min(sizes[i]!, sizes[j]!) : null;
		}
		if (a.large && b.large) return 1;
		if ((a.large && sizes[j]) || (b.large && sizes[i])) return 0.5;
		return a.communes.size && b.communes.size ? 1 : null;
	}
}

/** Each set as bits, 30 to a number. */
function bitsOf(sets: readonly (readonly string[])[]): number[][] {
	const rank = new Map<string, number>();
	for (const set of sets) for (const item of set) if (!rank.has(item)) rank.set(item, rank.size);
	const length = Math.ceil(rank.size / 30);
	return sets.map((set) => {
		const bits = new Array<number>(length).fill(0);
		for (const item of set) {
			const at = rank.get(item)!;
			bits[Math.floor(at / 30)]! |= 1 << (at % 30);
		}
		return bits;
	});
}

/** How many bits both have. */
function inBoth(a: readonly number[], b: readonly number[]): number {
	let n = 0;
	for (let k = 0; k < a.length; k++) for (let bits = a[k]! & b[k]!; bits !== 0; bits &= bits - 1) n++;
	return n;
}
