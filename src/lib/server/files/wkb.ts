/** A geometry as read, before anything is said of its coordinates. */
export interface RawGeometry {
	readonly type: string;
	readonly coordinates?: unknown;
	readonly geometries?: readonly RawGeometry[];
}

const TYPES = [
	null,
	'Point',
	'LineString',
	'Polygon',
	'MultiPoint',
	'MultiLineString',
	'MultiPolygon',
	'GeometryCollection'
] as const;
const ENVELOPES = [0, 32, 48, 48, 64];

/**
 * Reads the geometry of a GeoPackage: its own header, then WKB (ISO, or with the flags of PostGIS). Heights and measures are dropped.
 * out    null when it is empty, a curve, or not a geometry
 * never  throws, nor trusts a count that the bytes left could not hold
 */
export function readGeoPackageGeometry(
	blob: Uint8Array
): { readonly geometry: RawGeometry; readonly srs: number } | null {
	if (blob.length < 13 || blob[0] !== 0x47 || blob[1] !== 0x50) return null;
	const flags = blob[3]!;
	const envelope = ENVELOPES[(flags >> 1) & 7];
	if (envelope === undefined || flags & 0x10) return null;
	const srs = new DataView(blob.buffer, blob.byteOffset, blob.byteLength).getInt32(4, (flags & 1) === 1);
	const geometry = readWkb(blob.subarray(8 + envelope));
	return geometry && { geometry, srs };
}

export function readWkb(bytes: Uint8Array): RawGeometry | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	try {
		return oneGeometry(view, { at: 0 }, 0);
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
}

interface Cursor {
	at: number;
}

function oneGeometry(view: DataView, cursor: Cursor, depth: number): RawGeometry {
	if (depth > 8) throw new RangeError('nested too deep');
	const little = view.getUint8(cursor.at++) === 1;
	const int = (): number => {
		const value = view.getUint32(cursor.at, little);
		cursor.at += 4;
		return value;
	};
	const code = int();
	const kind = (code & 0x0fffffff) % 1000;
	const thousands = Math.floor((code & 0x0fffffff) / 1000);
	const extra = Math.max(
		[0, 1, 1, 2][thousands] ?? 9,
		Number((code & 0x80000000) !== 0) + Number((code & 0x40000000) !== 0)
	);
	const type = TYPES[kind];
	if (!type || extra > 2) throw new RangeError('not a plain geometry');
	if (code & 0x20000000) cursor.at += 4;
	const stride = 8 * (2 + extra);
	const position = (): [number, number] => {
		const point: [number, number] = [view.getFloat64(cursor.at, little), view.getFloat64(cursor.at + 8, little)];
		cursor.at += stride;
		return point;
	};
	const many = <T>(least: number, read: () => T): T[] => {
		const count = int();
		if (count * least > view.byteLength - cursor.at) throw new RangeError('more parts than bytes');
		return Array.from({ length: count }, read);
	};
	const line = () => many(stride, position);
	const part = () => oneGeometry(view, cursor, depth + 1);
	if (type === 'Point') {
		const coordinates = position();
		if (coordinates.some(Number.isNaN)) throw new RangeError('empty point');
		return { type, coordinates };
	}
	if (type === 'LineString') return { type, coordinates: line() };
	if (type === 'Polygon') return { type, coordinates: many(4, line) };
	const parts = many(5, part);
	if (type === 'GeometryCollection') return { type, geometries: parts };
	return { type, coordinates: parts.map((p) => p.coordinates) };
}
