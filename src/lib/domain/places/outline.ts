import type { MultiPolygon, Position } from '../territory';

/* Perimeters made ready for measuring: a flat plane in metres around each, rings with their inside on the left. */

export type Point = readonly [x: number, y: number];
export type Ring = readonly Point[];
/** [west, south, east, north] in degrees. */
export type Box = readonly [number, number, number, number];

/** Degrees to metres around one place; a few kilometres around it the error stays under one in a thousand. */
export type Plane = (position: Position) => Point;

export interface Outline {
	readonly code: string;
	readonly box: Box;
	readonly plane: Plane;
	/** Shells turn left, holes turn right: the inside is always on the left. */
	readonly rings: readonly Ring[];
	/** m², in the plane. */
	readonly area: number;
}

/** Points nearer than that are the same place, in metres: far under what any survey tells apart. */
const SAME = 1e-6;

export function prepareOutline(code: string, geometry: MultiPolygon): Outline {
	const box = boxOf(geometry.coordinates.flat(2));
	const plane = planeAround([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]);
	const rings = turned(geometry.coordinates, plane);
	return { code, box, plane, rings, area: rings.reduce((sum, ring) => sum + signedArea(ring), 0) };
}

/** Rings of polygons in a plane, shells turning left and holes right, whatever way the file writes them. */
export function turned(polygons: MultiPolygon['coordinates'], plane: Plane): Ring[] {
	return polygons.flatMap((rings) =>
		rings.map((ring, i) => {
			const points = ring.map(plane);
			return signedArea(points) > 0 === (i === 0) ? points : points.reverse();
		})
	);
}

export function signedArea(ring: Ring): number {
	let twice = 0;
	for (let i = 1; i < ring.length; i++) twice += ring[i - 1]![0] * ring[i]![1] - ring[i]![0] * ring[i - 1]![1];
	return twice / 2;
}

export function boxOf(positions: readonly Position[]): Box {
	let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const [x, y] of positions) {
		if (x < west) west = x;
		if (x > east) east = x;
		if (y < south) south = y;
		if (y > north) north = y;
	}
	return [west, south, east, north];
}

export function planeAround([lon0, lat0]: Position): Plane {
	const phi = (lat0 * Math.PI) / 180;
	const perLat = 111_132.954 - 559.822 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi);
	const perLon = 111_412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi);
	return ([lon, lat]) => [(lon - lon0) * perLon, (lat - lat0) * perLat];
}

export type Side = 'dedans' | 'bord' | 'dehors';

/** Which side of the rings a point is on; `direction` is that of the edge it stands on. */
export function sideOf(
	[x, y]: Point,
	rings: readonly Ring[]
): { readonly side: Side; readonly direction: Point | null } {
	let inside = false;
	for (const ring of rings)
		for (let i = 1; i < ring.length; i++) {
			const [ax, ay] = ring[i - 1]!;
			const [bx, by] = ring[i]!;
			// Most edges are above or below: nothing to reckon for those.
			if ((ay > y + SAME && by > y + SAME) || (ay < y - SAME && by < y - SAME)) continue;
			const near = x >= Math.min(ax, bx) - SAME && x <= Math.max(ax, bx) + SAME;
			if (near && distanceTo([x, y], ring[i - 1]!, ring[i]!) <= SAME)
				return { side: 'bord', direction: [bx - ax, by - ay] };
			if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
		}
	return { side: inside ? 'dedans' : 'dehors', direction: null };
}

export const distanceTo = (p: Point, a: Point, b: Point): number => Math.sqrt(squaredTo(p, a, b));

/** Squared: the nearest of many is found without a root for each. */
export function squaredTo(p: Point, a: Point, b: Point): number {
	const dx = b[0] - a[0];
	const dy = b[1] - a[1];
	const length = dx * dx + dy * dy;
	const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length));
	const x = p[0] - a[0] - t * dx;
	const y = p[1] - a[1] - t * dy;
	return x * x + y * y;
}

/**
 * The parts of a → b between its meetings with the rings.
 * out    pieces in order, with the side each is on; together they are the whole segment
 */
export function piecesOf(
	a: Point,
	b: Point,
	rings: readonly Ring[]
): { readonly from: Point; readonly to: Point; readonly side: Side; readonly along: boolean }[] {
	const [rx, ry] = [b[0] - a[0], b[1] - a[1]];
	const length = Math.hypot(rx, ry);
	if (length <= SAME) return [];
	const cuts = [0, 1];
	const [west, east] = [Math.min(a[0], b[0]) - SAME, Math.max(a[0], b[0]) + SAME];
	const [south, north] = [Math.min(a[1], b[1]) - SAME, Math.max(a[1], b[1]) + SAME];
	for (const ring of rings)
		for (let i = 1; i < ring.length; i++) {
			const [c, d] = [ring[i - 1]!, ring[i]!];
			if ((c[0] < west && d[0] < west) || (c[0] > east && d[0] > east)) continue;
			if ((c[1] < south && d[1] < south) || (c[1] > north && d[1] > north)) continue;
			const [sx, sy] = [d[0] - c[0], d[1] - c[1]];
			const turn = rx * sy - ry * sx;
			if (Math.abs(turn) > 1e-12 * length * Math.hypot(sx, sy)) {
				const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / turn;
				const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / turn;
				if (t > 0 && t < 1 && u > -1e-9 && u < 1 + 1e-9) cuts.push(t);
			}
			// A corner that lies on the segment cuts it too: edges may run along each other.
			const t = ((c[0] - a[0]) * rx + (c[1] - a[1]) * ry) / (length * length);
			if (t > 0 && t < 1 && distanceTo(c, a, b) <= SAME) cuts.push(t);
		}
	cuts.sort((p, q) => p - q);
	const at = (t: number): Point => [a[0] + t * rx, a[1] + t * ry];
	return cuts.slice(1).flatMap((t, i) => {
		const start = cuts[i]!;
		if ((t - start) * length <= SAME) return [];
		const { side, direction } = sideOf(at((start + t) / 2), rings);
		const along = direction !== null && direction[0] * rx + direction[1] * ry > 0;
		return [{ from: at(start), to: at(t), side, along }];
	});
}

/** m² that two sets of rings have in common (each without overlaps, inside on the left), by the edges of the common part. */
export function commonArea(a: readonly Ring[], b: readonly Ring[]): number {
	let twice = 0;
	const add = (from: Point, to: Point): void => {
		twice += from[0] * to[1] - to[0] * from[1];
	};
	for (const ring of a)
		for (let i = 1; i < ring.length; i++)
			for (const piece of piecesOf(ring[i - 1]!, ring[i]!, b))
				// An edge they share counts once, and only when both are on the same side of it.
				if (piece.side === 'dedans' || (piece.side === 'bord' && piece.along)) add(piece.from, piece.to);
	for (const ring of b)
		for (let i = 1; i < ring.length; i++)
			for (const piece of piecesOf(ring[i - 1]!, ring[i]!, a)) if (piece.side === 'dedans') add(piece.from, piece.to);
	return twice / 2;
}
