import type { MultiPolygon, Position } from '../territory';

type Ring = readonly Position[];
type Rings = readonly Ring[];

/** What keeps an outline from being an area; `ou` is a place to look at. */
export interface Fault {
	readonly genre: 'anneau-court' | 'auto-croisement' | 'anneaux-croises' | 'trou-dehors' | 'polygones-superposes';
	readonly ou: Position;
}

/**
 * Faults that make union, intersection and area unreliable (OGC validity), found with exact arithmetic.
 * in     closed rings, as `readMultiPolygon` gives them
 * empty  [] for a valid geometry
 */
export function faultsOf(geometry: MultiPolygon): Fault[] {
	const faults: Fault[] = [];
	for (const rings of geometry.coordinates)
		for (const ring of rings) if (ring.length < 4) faults.push({ genre: 'anneau-court', ou: ring[0] ?? [0, 0] });
	if (faults.length) return faults;
	faults.push(...crossings(geometry.coordinates));
	// Once no line crosses another, one point of a ring tells on which side the whole ring lies.
	if (faults.length) return faults;
	geometry.coordinates.forEach((rings, i) => {
		const [shell, ...holes] = rings as [Ring, ...Ring[]];
		for (const hole of holes) {
			const out = samples(hole).find((p) => sideOf(p, shell) === 'dehors');
			if (out) faults.push({ genre: 'trou-dehors', ou: out });
		}
		geometry.coordinates.forEach((others, j) => {
			const inside = i === j ? undefined : samples(shell).find((p) => sideOfPolygon(p, others) === 'dedans');
			if (inside) faults.push({ genre: 'polygones-superposes', ou: inside });
		});
	});
	return faults;
}

export const isValid = (geometry: MultiPolygon): boolean => faultsOf(geometry).length === 0;

/** True inside or on the edge. */
export function contains(geometry: MultiPolygon, point: Position): boolean {
	return geometry.coordinates.some((rings) => sideOfPolygon(point, rings) !== 'dehors');
}

interface Segment {
	readonly a: Position;
	readonly b: Position;
	readonly ring: number;
	readonly polygon: number;
	readonly i: number;
	/** Segments in the ring. */
	readonly n: number;
}

/** Sweeps from west to east: only segments whose boxes meet are compared. */
function crossings(polygons: readonly Rings[]): Fault[] {
	const segments: Segment[] = [];
	let ringId = 0;
	polygons.forEach((rings, polygon) => {
		for (const ring of rings) {
			for (let i = 1; i < ring.length; i++)
				segments.push({ a: ring[i - 1]!, b: ring[i]!, ring: ringId, polygon, i: i - 1, n: ring.length - 1 });
			ringId++;
		}
	});
	const west = (s: Segment): number => Math.min(s.a[0], s.b[0]);
	segments.sort((s, t) => west(s) - west(t));
	const faults: Fault[] = [];
	let open: Segment[] = [];
	for (const s of segments) {
		open = open.filter((t) => Math.max(t.a[0], t.b[0]) >= west(s));
		for (const t of open) {
			if (Math.min(s.a[1], s.b[1]) > Math.max(t.a[1], t.b[1])) continue;
			if (Math.max(s.a[1], s.b[1]) < Math.min(t.a[1], t.b[1])) continue;
			const ou = fault(s, t);
			if (ou) faults.push({ genre: s.ring === t.ring ? 'auto-croisement' : 'anneaux-croises', ou });
		}
		open.push(s);
	}
	return faults;
}

function fault(s: Segment, t: Segment): Position | null {
	const d = [turn(s.a, s.b, t.a), turn(s.a, s.b, t.b), turn(t.a, t.b, s.a), turn(t.a, t.b, s.b)] as const;
	if (d[0] * d[1] < 0 && d[2] * d[3] < 0) {
		const k = d[2] / (d[2] - d[3]);
		return [s.a[0] + k * (s.b[0] - s.a[0]), s.a[1] + k * (s.b[1] - s.a[1])];
	}
	const touching = [
		...(d[0] === 0 && between(t.a, s.a, s.b) ? [t.a] : []),
		...(d[1] === 0 && between(t.b, s.a, s.b) ? [t.b] : []),
		...(d[2] === 0 && between(s.a, t.a, t.b) ? [s.a] : []),
		...(d[3] === 0 && between(s.b, t.a, t.b) ? [s.b] : [])
	];
	const first = touching[0];
	if (!first) return null;
	const apart = touching.find((p) => !same(p, first));
	// Two rings may touch at a point; neighbours of one ring share theirs; anything longer is an overlap.
	if (s.ring !== t.ring) return apart ?? null;
	const gap = Math.abs(s.i - t.i);
	return gap === 1 || gap === s.n - 1 ? (apart ?? null) : first;
}

type Side = 'dedans' | 'bord' | 'dehors';

function sideOfPolygon(point: Position, rings: Rings): Side {
	const [shell, ...holes] = rings.map((ring) => sideOf(point, ring));
	if (shell !== 'dedans') return shell ?? 'dehors';
	return holes.includes('bord') ? 'bord' : holes.includes('dedans') ? 'dehors' : 'dedans';
}

function sideOf(point: Position, ring: Ring): Side {
	let inside = false;
	for (let i = 1; i < ring.length; i++) {
		const [a, b] = [ring[i - 1]!, ring[i]!];
		const t = turn(a, b, point);
		if (t === 0 && between(point, a, b)) return 'bord';
		if (a[1] > point[1] !== b[1] > point[1] && t > 0 === b[1] > a[1]) inside = !inside;
	}
	return inside ? 'dedans' : 'dehors';
}

const samples = (ring: Ring): Position[] =>
	ring.slice(1).flatMap((p, i): Position[] => [p, [(p[0] + ring[i]![0]) / 2, (p[1] + ring[i]![1]) / 2]]);

/** > 0 when c is to the left of a → b, 0 when exactly aligned; exact whatever the rounding. */
function turn(a: Position, b: Position, c: Position): number {
	const left = (a[0] - c[0]) * (b[1] - c[1]);
	const right = (a[1] - c[1]) * (b[0] - c[0]);
	const det = left - right;
	if (Math.abs(det) >= 3.4e-16 * (Math.abs(left) + Math.abs(right)) && det !== 0) return det;
	const [ax, ay, bx, by, cx, cy] = [...a, ...b, ...c].map(exact) as [bigint, bigint, bigint, bigint, bigint, bigint];
	return Number((ax - cx) * (by - cy) - (ay - cy) * (bx - cx)) / 2 ** 160;
}

// A double is an integer times a power of two: degrees and metres hold in 80 bits after the point.
const exact = (x: number): bigint => BigInt(Math.round(x * 2 ** 80));

const between = (p: Position, a: Position, b: Position): boolean =>
	Math.min(a[0], b[0]) <= p[0] &&
	p[0] <= Math.max(a[0], b[0]) &&
	Math.min(a[1], b[1]) <= p[1] &&
	p[1] <= Math.max(a[1], b[1]);

export const same = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1];
