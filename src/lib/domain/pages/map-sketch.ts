import type { MultiPolygon, Position } from '../territory';

/* The perimeters as one fixed drawing, sent with the page: what is seen before the map people move is there. */

export interface MapSketch {
	/** Of the drawing, in units of its own. */
	readonly width: number;
	readonly height: number;
	/** At most so wide, in pixels: the closest view of the map. */
	readonly most: number;
	/** Path of each quartier, by code. */
	readonly traces: Readonly<Record<string, string>>;
}

/** Both axes from 0 to 1, southward and eastward, as web maps have them. */
export function mercator([lon, lat]: Position): readonly [x: number, y: number] {
	return [(lon + 180) / 360, 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)];
}

/** Pixels of the whole world at the closest view of the map (its zoom 15). */
export const CLOSEST = 512 * 2 ** 15;

/** Units along the longer side: about a pixel on a large screen. */
const UNITS = 1200;

/**
 * in     quartiers, with their outlines where they are known
 * out    whole units, each point told from the one before: a tenth of the outlines; null when none is known
 */
export function mapSketch(
	quartiers: readonly { readonly code: string; readonly geometrie: MultiPolygon | null }[]
): MapSketch | null {
	const drawn = quartiers.flatMap(({ code, geometrie }) =>
		geometrie
			? [{ code, rings: geometrie.coordinates.flatMap((polygon) => polygon.map((ring) => ring.map(mercator))) }]
			: []
	);
	const points = drawn.flatMap(({ rings }) => rings.flat());
	if (!points.length) return null;
	const [left, right] = ends(points.map(([x]) => x));
	const [top, bottom] = ends(points.map(([, y]) => y));
	const scale = UNITS / Math.max(right - left, bottom - top);
	const trace = (ring: readonly (readonly [number, number])[]): string => {
		let [ox, oy] = [0, 0];
		const steps = ring.flatMap(([x, y], i) => {
			const [nx, ny] = [Math.round((x - left) * scale), Math.round((y - top) * scale)];
			const [dx, dy] = [nx - ox, ny - oy];
			if (i > 0 && dx === 0 && dy === 0) return [];
			[ox, oy] = [nx, ny];
			return [`${dx}${dy < 0 ? '' : ' '}${dy}`];
		});
		const [first, ...others] = steps;
		return `M${first}${others.length ? `l${others.join(' ')}` : ''}z`;
	};
	return {
		width: Math.round((right - left) * scale),
		height: Math.round((bottom - top) * scale),
		most: Math.round((right - left) * CLOSEST),
		traces: Object.fromEntries(drawn.map(({ code, rings }) => [code, rings.map(trace).join('')]))
	};
}

/** Middle of the widest part of a quartier, in units of the drawing: where its number is written. */
export function middleOf(trace: string): readonly [x: number, y: number] {
	const boxes = trace.split('z').flatMap((part) => {
		const [x, y, ...steps] = (part.match(/-?\d+/g) ?? []).map(Number);
		if (x === undefined || y === undefined) return [];
		const [xs, ys] = [[x], [y]];
		for (let i = 0; i + 1 < steps.length; i += 2) {
			xs.push(xs.at(-1)! + steps[i]!);
			ys.push(ys.at(-1)! + steps[i + 1]!);
		}
		return [[ends(xs), ends(ys)] as const];
	});
	const size = ([[west, east], [north, south]]: (typeof boxes)[number]) => (east - west) * (south - north);
	const [widest] = [...boxes].sort((a, b) => size(b) - size(a));
	const [[west, east], [north, south]] = widest ?? [
		[0, 0],
		[0, 0]
	];
	return [(west + east) / 2, (north + south) / 2];
}

function ends(values: readonly number[]): [number, number] {
	return values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
}
