import type { ActionGeometry } from '../action';
import { anomaly, type Issue } from '../issue';
import { readMultiPolygon, repairGeometry } from '../places/geometry';
import { fromLambert93, isLambert93 } from '../places/lambert';
import { flatten } from '../places/locate';
import { isValid } from '../places/validity';
import { DEPTH, parseWkt } from '../places/wkt';
import { cellsOf, quote, textOf } from './row-values';
import type { CellValue, Table } from './sheet';
import type { MultiPolygon, Position } from '../territory';

/* Where an action stands, when its row says it: WKT, GeoJSON, « lat, lon », two columns, in degrees or in Lambert-93. */

export interface ReadGeometry {
	readonly value: ActionGeometry | null;
	/** `where.column` only: the reader of rows knows the rest. */
	readonly issues: readonly Issue[];
}

const NOTHING: ReadGeometry = { value: null, issues: [] };

/** Boxes of the parts of France, [west, south, east, north]. */
const FRANCE = [
	[-6, 41, 10, 52],
	[-63.2, 14.3, -60.7, 18.2],
	[-54.7, 2, -51.5, 6],
	[55.1, -21.5, 56, -20.7],
	[44.9, -13.1, 45.4, -12.5],
	[-56.6, 46.6, -56, 47.2],
	[163, -23, 169, -19],
	[-155, -28, -134, -7],
	[-179, -15, -175, -13]
] as const;
const inFrance = ([x, y]: Position): boolean => FRANCE.some(([w, s, e, n]) => x >= w && x <= e && y >= s && y <= n);

const HINT =
	'Écrivez un point «\u00a0POINT (2.83 50.42)\u00a0» (longitude puis latitude), ou deux colonnes Longitude et Latitude, en WGS84 ou en Lambert-93.';

/**
 * Geometry of one row.
 * out    valid, in degrees, at most 7 decimals; null when the row says nothing or says it badly: the row is read all the same
 * never  throws, nor keeps a place outside of France: it would say of every quartier that the action is elsewhere
 */
export function readGeometry(cells: readonly CellValue[], table: Table): ReadGeometry {
	for (const { cell, colonne } of cellsOf(cells, table, 'geometrie')) {
		const text = textOf(cell);
		if (text !== null) return inColumn(parseCell(text), text, colonne.entete);
	}
	const [x] = cellsOf(cells, table, 'longitude');
	const [y] = cellsOf(cells, table, 'latitude');
	const [xText, yText] = [textOf(x?.cell), textOf(y?.cell)];
	if (!x || !y || (xText === null && yText === null)) return NOTHING;
	const both = `${xText ?? '?'} ; ${yText ?? '?'}`;
	const [lon, lat] = [numberIn(xText), numberIn(yText)];
	const point: ActionGeometry | null = lon === null || lat === null ? null : { type: 'Point', coordinates: [lon, lat] };
	return inColumn(point && { geometry: point, srid: null }, both, `${x.colonne.entete}, ${y.colonne.entete}`);
}

function inColumn(read: ReturnType<typeof parseCell>, text: string, column: string): ReadGeometry {
	const found = text.length > 120 ? `${text.slice(0, 119)}…` : text;
	const say = (code: Issue['code'], severity: Issue['severity'], message: string, hint: string): Issue =>
		anomaly(code, severity, message, {
			where: { column },
			found,
			expected: 'un point, une ligne ou un polygone en France',
			hint
		});
	const invalid = (why: string, hint = HINT): ReadGeometry => ({
		value: null,
		issues: [
			say('geometrie-invalide', 'a-verifier', `Le lieu ${quote(found)} ${why}\u202f; la ligne est lue sans lui.`, hint)
		]
	});
	if (!read) return invalid('n’est pas une géométrie lisible');
	const placed = inDegrees(read.geometry, read.srid);
	if (typeof placed === 'string') return invalid(placed);
	const clean = cleaned(placed.geometry);
	if (!clean)
		return invalid(
			'est un tracé qui se croise ou sans longueur, et n’a pas pu être réparé',
			'Corrigez le tracé dans votre outil de cartographie.'
		);
	return {
		value: clean.geometry,
		issues: [
			...(placed.swapped
				? [
						say(
							'geometrie-invalide',
							'a-verifier',
							`Le lieu ${quote(found)} a sa latitude et sa longitude inversées\u202f; elles sont remises dans l’ordre.`,
							'Vérifiez sur la carte, et corrigez le fichier.'
						)
					]
				: []),
			...(clean.repaired
				? [
						say(
							'geometrie-reparee',
							'info',
							'Le polygone se croisait ou n’était pas fermé\u202f; il a été réparé.',
							'Vérifiez le tracé sur la carte.'
						)
					]
				: [])
		]
	};
}

/** What a cell holds, as written; null when it is no geometry. */
function parseCell(text: string): { readonly geometry: ActionGeometry; readonly srid: number | null } | null {
	const wkt = parseWkt(text);
	if (wkt) return wkt;
	if (/^\s*[{[]/.test(text)) return parseJson(text);
	const [, a = null, b = null] =
		/^\s*\(?\s*(-?\d+(?:\.\d+)?)\s*[,;|\s]\s*(-?\d+(?:\.\d+)?)\s*\)?\s*$/.exec(text) ??
		/^\s*\(?\s*(-?\d+,\d+)\s*[;|\s,]\s*(-?\d+,\d+)\s*\)?\s*$/.exec(text) ??
		[];
	const [first, second] = [numberIn(a), numberIn(b)];
	if (first === null || second === null) return null;
	// « lat, lon » is how open data portals write a point; Lambert-93 is always x then y.
	const coordinates = isLambert93([first, second]) ? [first, second] : [second, first];
	return { geometry: { type: 'Point', coordinates }, srid: null };
}

function parseJson(text: string): { geometry: ActionGeometry; srid: null } | null {
	let raw: unknown;
	try {
		raw = JSON.parse(text);
	} catch {
		return null;
	}
	if (Array.isArray(raw)) return numbers(raw.slice(0, 2), (lon, lat) => point(lon, lat));
	const { type, coordinates, geometry, lat, lon, latitude, longitude, lng } = raw as Record<string, unknown>;
	if (type === 'Feature') return parseJson(JSON.stringify(geometry ?? null));
	if (typeof type === 'string' && type in DEPTH && Array.isArray(coordinates))
		return depthOf(coordinates) === DEPTH[type as ActionGeometry['type']]
			? { geometry: { type, coordinates } as ActionGeometry, srid: null }
			: null;
	return numbers([lon ?? lng ?? longitude, lat ?? latitude], (x, y) => point(x, y));
}

const point = (lon: number, lat: number): { geometry: ActionGeometry; srid: null } => ({
	geometry: { type: 'Point', coordinates: [lon, lat] },
	srid: null
});

function numbers<T>([a, b]: readonly unknown[], make: (a: number, b: number) => T): T | null {
	const [x, y] = [numberIn(a), numberIn(b)];
	return x === null || y === null ? null : make(x, y);
}

const depthOf = (value: unknown): number => (Array.isArray(value) && value.length > 0 ? 1 + depthOf(value[0]) : 0);

function numberIn(value: unknown): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value !== 'string' || value.trim() === '') return null;
	const number = Number(
		value
			.replace(/[\s\u00a0\u202f]/g, '')
			.replace(',', '.')
			.replace(/°$/, '')
	);
	return Number.isFinite(number) ? number : null;
}

/** The geometry in degrees within France, or the end of the sentence that says why not. */
function inDegrees(
	geometry: ActionGeometry,
	srid: number | null
): { geometry: ActionGeometry; swapped: boolean } | string {
	const written = flatten(geometry.coordinates);
	if (written.length === 0 || !written.every((p) => p.length >= 2 && p.every(Number.isFinite)))
		return 'n’a pas de coordonnées lisibles';
	if (written.every(([x, y]) => x === 0 && y === 0)) return 'est au point zéro, dans l’océan';
	if (written.every(isLambert93)) return { geometry: moved(geometry, fromLambert93), swapped: false };
	const others = srid !== null && ![0, 4326, 4171, 4258, 2154].includes(srid);
	if (others || !written.every(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 180))
		return 'n’est ni en degrés ni en Lambert-93';
	if (written.every(inFrance)) return { geometry: moved(geometry, (p) => p), swapped: false };
	const swap = ([x, y]: Position): Position => [y, x];
	if (written.map(swap).every(inFrance)) return { geometry: moved(geometry, swap), swapped: true };
	return 'est hors de France';
}

const seven = (n: number): number => Math.round(n * 1e7) / 1e7;

function moved({ type, coordinates }: ActionGeometry, move: (p: Position) => Position): ActionGeometry {
	const walk = (value: unknown): unknown => {
		if (!Array.isArray(value)) return value;
		return typeof value[0] === 'number' ? move([value[0], value[1] as number]).map(seven) : value.map(walk);
	};
	return { type, coordinates: walk(coordinates) as ActionGeometry['coordinates'] };
}

/** Closed, uncrossed, with some length: what can be measured. */
function cleaned(geometry: ActionGeometry): { geometry: ActionGeometry; repaired: boolean } | null {
	if (geometry.type === 'Polygon' || geometry.type === 'MultiPolygon') {
		const read = readMultiPolygon(geometry);
		if (!read) return null;
		const shape = (m: MultiPolygon): ActionGeometry =>
			(m.coordinates.length === 1
				? { type: 'Polygon', coordinates: m.coordinates[0] }
				: m) as unknown as ActionGeometry;
		if (isValid(read.geometrie)) return { geometry: shape(read.geometrie), repaired: read.fermes > 0 };
		const repair = repairGeometry(read.geometrie);
		return repair && { geometry: shape(repair.geometrie), repaired: true };
	}
	const lines =
		geometry.type === 'LineString'
			? [geometry.coordinates]
			: geometry.type === 'MultiLineString'
				? geometry.coordinates
				: [];
	const flat = lines.some((line) => new Set(flatten(line).map(String)).size < 2);
	return flat ? null : { geometry, repaired: false };
}
