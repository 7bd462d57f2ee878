import { union } from '@turf/turf';
import type { MultiPolygon, Position } from '../territory';
import { isValid, same } from './validity';

type Ring = readonly Position[];
type Outlines = Parameters<typeof union>[0];

export interface Repair {
	readonly geometrie: MultiPolygon;
	/** m², as drawn: the lobes of a crossing count against each other. */
	readonly avant: number;
	/** m² */
	readonly apres: number;
	/** French, for the report; null when there was nothing to cut. */
	readonly methode: string | null;
}

/**
 * Reads a GeoJSON Polygon or MultiPolygon.
 * out    rings closed (`fermes` counts those that were not), heights dropped, repeated points dropped
 * empty  null when it is neither, when it has no ring, or when a coordinate is not a number
 */
export function readMultiPolygon(raw: unknown): { geometrie: MultiPolygon; fermes: number } | null {
	const { type, coordinates } = (raw ?? {}) as { type?: unknown; coordinates?: unknown };
	const polygons = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : null;
	if (!Array.isArray(polygons) || polygons.length === 0) return null;
	let fermes = 0;
	const read: Position[][][] = [];
	for (const polygon of polygons) {
		if (!Array.isArray(polygon) || polygon.length === 0) return null;
		const rings: Position[][] = [];
		for (const ring of polygon) {
			if (!Array.isArray(ring) || ring.length === 0 || !ring.every(isPosition)) return null;
			const points = withoutRepeats(ring.map((p): Position => [p[0], p[1]]));
			const first = points[0]!;
			if (!same(first, points.at(-1)!) || points.length === 1) {
				points.push(first);
				fermes++;
			}
			rings.push(points);
		}
		read.push(rings);
	}
	return { geometrie: { type: 'MultiPolygon', coordinates: read }, fermes };
}

/**
 * Makes a crossing outline valid: lines are cut where they cross, what the outline encloses an odd number of times is kept.
 * in     closed rings
 * out    closed rings, at most 7 decimals (1 cm) where a point was made; the area given before and after; what is valid is
 *        left as it is
 * empty  null when nothing valid with an area can be made of it
 */
export function repairGeometry(geometry: MultiPolygon): Repair | null {
	const avant = areaOf(geometry);
	// Cutting again what is valid could move it, or lose it.
	if (isValid(geometry)) return { geometrie: geometry, avant, apres: avant, methode: null };
	let current: MultiPolygon = geometry;
	// Rounding a made point may move a line onto its neighbour: a second turn cuts there again.
	for (let turn = 0; turn < 4; turn++) {
		const cut = cutCrossings(current);
		if (!cut) return null;
		current = cut;
		if (isValid(current))
			return {
				geometrie: current,
				avant,
				apres: areaOf(current),
				methode: 'contour recoupé à ses croisements, surfaces encloses conservées'
			};
	}
	return null;
}

function cutCrossings(geometry: MultiPolygon): MultiPolygon | null {
	const polygons = geometry.coordinates
		.map((rings) => rings.filter((ring) => ring.length >= 4))
		.filter((r) => r.length);
	if (polygons.length === 0) return null;
	const features = polygons.map((rings): Outlines['features'][number] => ({
		type: 'Feature',
		properties: null,
		geometry: { type: 'Polygon', coordinates: rings.map((ring) => ring.map((p) => [...p])) }
	}));
	let made: ReturnType<typeof union>;
	try {
		// The union of a polygon with itself is the polygon with its crossings cut (even-odd rule).
		made = union({ type: 'FeatureCollection', features: features.length > 1 ? features : [...features, ...features] });
	} catch {
		return null;
	}
	const read = made && readMultiPolygon(rounded(made.geometry));
	if (!read) return null;
	const kept = read.geometrie.coordinates
		.map((rings) => rings.filter((ring) => ring.length >= 4))
		.filter((rings) => rings.length > 0);
	return kept.length ? { type: 'MultiPolygon', coordinates: kept } : null;
}

const rounded = (geometry: { type: string; coordinates: unknown }): unknown =>
	JSON.parse(JSON.stringify(geometry), (_, v) => (typeof v === 'number' ? Math.round(v * 1e7) / 1e7 : v));

/** Area on the ellipsoid (WGS84), m², holes taken off. */
export function areaOf(geometry: MultiPolygon): number {
	return geometry.coordinates.reduce(
		(sum, rings) => sum + rings.reduce((left, ring, i) => left + (i === 0 ? ringArea(ring) : -ringArea(ring)), 0),
		0
	);
}

const A = 6378137;
const E = 0.0818191908426215;

function ringArea(ring: Ring): number {
	const [lon0, lat0] = ring[0] ?? [0, 0];
	const y0 = authalic(lat0);
	let twice = 0;
	for (let i = 1; i < ring.length; i++) {
		const [a, b] = [ring[i - 1]!, ring[i]!];
		twice += (a[0] - lon0) * (authalic(b[1]) - y0) - (b[0] - lon0) * (authalic(a[1]) - y0);
	}
	return Math.abs((twice * Math.PI) / 180) / 2;
}

/** Height of a parallel in the cylinder of equal areas, m² per radian of longitude. */
function authalic(lat: number): number {
	const es = E * Math.sin((lat * Math.PI) / 180);
	const q = (1 - E * E) * (es / E / (1 - es * es) + Math.log((1 + es) / (1 - es)) / (2 * E));
	return (A * A * q) / 2;
}

/** [west, south, east, north] */
export function bboxOf(geometry: MultiPolygon): [number, number, number, number] {
	const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const rings of geometry.coordinates)
		for (const [x, y] of rings[0] ?? []) {
			box[0] = Math.min(box[0], x);
			box[1] = Math.min(box[1], y);
			box[2] = Math.max(box[2], x);
			box[3] = Math.max(box[3], y);
		}
	return box;
}

const withoutRepeats = (ring: readonly Position[]): Position[] =>
	ring.filter((p, i) => i === 0 || !same(p, ring[i - 1]!));

const isPosition = (p: unknown): p is Position =>
	Array.isArray(p) && p.length >= 2 && Number.isFinite(p[0]) && Number.isFinite(p[1]);
