import type { ActionGeometry } from '../action';

/* Geometries written in a cell of a spreadsheet: WKT, « POINT (2.83 50.42) ». */

type Nested = number | Nested[];

/** Depth of the coordinates of each type: a point is a list of numbers, a line a list of points… */
export const DEPTH: Readonly<Record<ActionGeometry['type'], number>> = {
	Point: 1,
	MultiPoint: 2,
	LineString: 2,
	MultiLineString: 3,
	Polygon: 3,
	MultiPolygon: 4
};
const TYPES = Object.keys(DEPTH) as ActionGeometry['type'][];
const MAX_LENGTH = 5_000_000;

export function printWkt({ type, coordinates }: ActionGeometry): string {
	const print = (value: Nested): string =>
		typeof value === 'number'
			? String(value)
			: typeof value[0] === 'number'
				? value.join(' ')
				: `(${value.map(print).join(', ')})`;
	const inside = type === 'Point' ? `(${print(coordinates)})` : print(coordinates);
	return `${type.toUpperCase()} ${inside}`;
}

/**
 * Reads WKT or EWKT. Heights and measures are dropped.
 * out    null when it is not WKT, is empty, or is a type that is neither points, lines nor polygons
 * never  throws
 */
export function parseWkt(text: string): { readonly geometry: ActionGeometry; readonly srid: number | null } | null {
	if (text.length > MAX_LENGTH) return null;
	const [, srid, name = '', body = ''] =
		/^\s*(?:SRID\s*=\s*(\d+)\s*;\s*)?([a-z]+)\s*(?:ZM|Z|M)?\s*(\([\s\S]*\))\s*$/i.exec(text) ?? [];
	const type = TYPES.find((t) => t.toUpperCase() === name.toUpperCase());
	if (!type) return null;
	const read = readList(body);
	if (read === null) return null;
	// A point is written with one pair of brackets, like a line.
	const coordinates = type === 'Point' ? read[0] : type === 'MultiPoint' ? read.map((p) => unwrapped(p)) : read;
	return Array.isArray(coordinates) && depthIs(coordinates, DEPTH[type])
		? { geometry: { type, coordinates }, srid: srid ? Number(srid) : null }
		: null;
}

const unwrapped = (point: Nested): Nested => (Array.isArray(point) && Array.isArray(point[0]) ? point[0] : point);

/** « ((1 2, 3 4)) » to nested lists, two numbers a point. */
function readList(body: string): Nested[] | null {
	const stack: Nested[][] = [];
	let root: Nested[] | null = null;
	for (const [token] of body.matchAll(/[()]|[^(),]+|,/g)) {
		if (token === '(') {
			const list: Nested[] = [];
			stack.at(-1)?.push(list);
			stack.push(list);
			if (stack.length > 5 || (stack.length === 1 && root !== null)) return null;
			root ??= list;
		} else if (token === ')') {
			if (!stack.pop()) return null;
		} else if (token !== ',' && token.trim() !== '') {
			const numbers = token.trim().split(/\s+/).map(Number);
			if (numbers.length < 2 || !numbers.every(Number.isFinite) || stack.length === 0) return null;
			stack.at(-1)!.push(numbers.slice(0, 2));
		}
	}
	return stack.length === 0 ? root : null;
}

function depthIs(value: Nested, depth: number): boolean {
	if (depth === 0) return typeof value === 'number';
	return Array.isArray(value) && value.length > 0 && value.every((part) => depthIs(part, depth - 1));
}
