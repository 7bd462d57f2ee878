import { CLOSEST, mercator } from '../domain/pages/map-sketch';
import type { MultiPolygon, Position } from '../domain/territory';

/* From degrees to the paper and back, and what an outline covers once drawn. */

/** A rectangle on the screen, in pixels. */
export interface Rect {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}
export type Point = readonly [x: number, y: number];
export type Ring = readonly Point[];
/** west, south, east, north, in degrees. */
export type Bounds = readonly [number, number, number, number];
export interface Projection {
	readonly project: (at: Position) => Point;
	readonly unproject: (at: Point) => Position;
}

function fromMercator([x, y]: Point): Position {
	return [x * 360 - 180, (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90];
}

/** Draws these bounds as large as a view allows, `padding` pixels kept empty on each side, `low` more at the bottom. */
export function fitted(
	[west, south, east, north]: Bounds,
	{ width, height }: { readonly width: number; readonly height: number },
	padding = 0,
	low = 0
): Projection {
	const [left, top] = mercator([west, north]);
	const [right, bottom] = mercator([east, south]);
	const scale = Math.min(
		(width - 2 * padding) / (right - left),
		(height - 2 * padding - low) / (bottom - top),
		CLOSEST
	);
	const [x0, y0] = [(left + right) / 2, (top + bottom) / 2];
	return {
		project: (at) => {
			const [x, y] = mercator(at);
			return [(x - x0) * scale + width / 2, (y - y0) * scale + (height - low) / 2];
		},
		unproject: ([x, y]) => fromMercator([(x - width / 2) / scale + x0, (y - (height - low) / 2) / scale + y0])
	};
}

/** Rings of an outline as they are drawn, holes among them. */
export const ringsOf = (geometry: MultiPolygon, project: Projection['project']): Ring[] =>
	geometry.coordinates.flatMap((polygon) => polygon.map((ring) => ring.map(project)));

/** Outline of a path in a drawing. */
export const pathOf = (rings: readonly Ring[]): string =>
	rings.map((ring) => `M${ring.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`).join('');

/** The rectangle that holds all these points; null when there are none. */
export function rectOf(points: readonly Point[]): Rect | null {
	if (!points.length) return null;
	const rect = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
	for (const [x, y] of points) {
		rect.left = Math.min(rect.left, x);
		rect.right = Math.max(rect.right, x);
		rect.top = Math.min(rect.top, y);
		rect.bottom = Math.max(rect.bottom, y);
	}
	return rect;
}

/** What lies between these bounds, as it is drawn. */
export function boxOf([west, south, east, north]: Bounds, project: Projection['project']): Rect {
	return rectOf([project([west, north]), project([east, south])])!;
}

/** The four lines of a frame. */
export const edgesOf = ({ left, top, right, bottom }: Rect): Rect[] => [
	{ left, right, top, bottom: top + 1 },
	{ left, right, top: bottom - 1, bottom },
	{ left, right: left + 1, top, bottom },
	{ left: right - 1, right, top, bottom }
];

/** Surface two rectangles share. */
export const area = (a: Rect, b: Rect): number =>
	Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
	Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

export const within = (inner: Rect, outer: Rect): boolean =>
	inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;

/** True when a rectangle lies over what these rings draw, be it by a corner. */
export function covers(rect: Rect, rings: readonly Ring[]): boolean {
	let inside = false;
	const [cx, cy] = [(rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2];
	for (const ring of rings)
		for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
			const [a, b] = [ring[i]!, ring[j]!];
			if (crosses(a, b, rect)) return true;
			// A line drawn from the middle goes out through the edges an odd number of times.
			if (a[1] > cy !== b[1] > cy && cx < ((b[0] - a[0]) * (cy - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
		}
	return inside;
}

/** True when a segment goes through a rectangle, or ends in it. */
export function crosses([x1, y1]: Point, [x2, y2]: Point, rect: Rect): boolean {
	let [enter, leave] = [0, 1];
	for (const [from, step, low, high] of [
		[x1, x2 - x1, rect.left, rect.right],
		[y1, y2 - y1, rect.top, rect.bottom]
	] as const) {
		if (step === 0) {
			if (from < low || from > high) return false;
			continue;
		}
		const [near, far] = [(low - from) / step, (high - from) / step];
		enter = Math.max(enter, Math.min(near, far));
		leave = Math.min(leave, Math.max(near, far));
	}
	return enter <= leave;
}

/** True when a segment goes over what these rings draw. */
export const cuts = (from: Point, to: Point, rings: readonly Ring[]): boolean =>
	rings.some((ring) => ring.some((a, i) => meet(from, to, a, ring[(i + 1) % ring.length]!)));

/** True when two segments meet. */
function meet(a: Point, b: Point, c: Point, d: Point): boolean {
	const side = (p: Point, q: Point, r: Point) =>
		Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
	return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}
