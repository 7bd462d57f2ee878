import { quoted } from '../../domain/french';
import type { ActionGeometry } from '../../domain/action';
import type { CellValue, Sheet, Workbook } from '../../domain/import/sheet';
import { anomaly, isRefusal, type Issue, type Refusal } from '../../domain/issue';
import { DEPTH, printWkt } from '../../domain/places/wkt';
import { plain } from '../../domain/text';
import { cellBudget, MAX_SHEETS, textCell, TooManyCells, trimmedSheet } from './cell-budget';
import { inWgs84, openGeoFile, type GeoFile, type GeoLayer } from './geo-file';
import type { RawGeometry } from './wkb';

export const GEOMETRY_HEADER = 'Géométrie';
/** Properties that only repeat the geometry of their feature. */
const REPEATS = /^(?:geom(?:etry|etrie)?|the geom|wkt|wkb geometry|geo (?:shape|point(?: 2d)?)|shape)$/;

/**
 * A file of features as a workbook: a sheet per layer, a row per feature, its properties as columns, its geometry as WKT in degrees.
 * out    or why its coordinates cannot be read; `issues` say what was converted
 * throws TooManyCells
 */
export function geoWorkbook(file: GeoFile, fichier: string): Workbook | Refusal {
	const spend = cellBudget();
	const sheets: Sheet[] = [];
	const issues: Issue[] = [];
	for (const layer of file.layers.slice(0, MAX_SHEETS)) {
		const read = readLayer(layer, spend);
		if (isRefusal(read)) return read;
		sheets.push(read.sheet);
		issues.push(...read.issues);
	}
	if (sheets.every((sheet) => sheet.rows.length < 2))
		return {
			refus: 'Cette couche géographique ne contient aucun objet.',
			conseil: 'Vérifiez que la couche exportée est la bonne.'
		};
	return { fichier, format: file.format, lecture: null, sheets, ...(issues.length ? { issues } : {}) };
}

/** Bytes that may hold layers to a workbook; null when they hold none. */
export async function readLayers(bytes: Uint8Array, fichier: string): Promise<Workbook | Refusal | null> {
	const file = await openGeoFile(bytes, fichier);
	if (file === null || isRefusal(file)) return file;
	try {
		return geoWorkbook(file, fichier);
	} catch (error) {
		if (!(error instanceof TooManyCells)) throw error;
		return {
			refus: 'Cette couche géographique contient trop de valeurs pour être lue.',
			conseil: 'Exportez la seule couche utile, avec les seuls attributs utiles.'
		};
	}
}

function readLayer(layer: GeoLayer, spend: (cells: number) => void): { sheet: Sheet; issues: Issue[] } | Refusal {
	const moved = inWgs84(layer);
	if (isRefusal(moved)) return moved;
	const placed = moved.features.some((f) => f.geometry !== null);
	const keys = [...new Set(moved.features.flatMap((f) => Object.keys(f.properties)))].filter(
		(key) => !(placed && REPEATS.test(plain(key)))
	);
	if (keys.length > 1_000) throw new TooManyCells();
	const rows: CellValue[][] = moved.features.map(({ properties, geometry }) => {
		spend(keys.length + 1);
		const text = geometry && toWkt(geometry);
		return [...keys.map((key) => cellOf(properties[key])), text];
	});
	const nom = layer.nom || 'Couche';
	const where = { where: { sheet: nom } };
	const issues = moved.notes.map((note) => anomaly('geometrie-reparee', 'info', note, where));
	if (!placed && rows.length > 0)
		issues.push(
			anomaly(
				'geometrie-invalide',
				'a-verifier',
				`La couche ${quoted(nom)} n’a aucune géométrie\u00a0: seuls ses attributs sont lus.`,
				{
					...where,
					expected: 'des points, des lignes ou des polygones',
					hint: 'Exportez de nouveau la couche avec sa géométrie pour que les quartiers soient trouvés sur la carte.'
				}
			)
		);
	const header: CellValue[] = [...keys, GEOMETRY_HEADER];
	return { sheet: trimmedSheet(nom, false, rows.length ? [header, ...rows] : []), issues };
}

/** What cannot be a place of an action is written by its name: the row then says that it is not read. */
function toWkt(geometry: RawGeometry): string {
	const parts = geometry.geometries;
	if (!parts) return geometry.type in DEPTH ? printWkt(geometry as ActionGeometry) : geometry.type;
	// Of several kinds together, the widest says where the action is.
	for (const family of ['Polygon', 'LineString', 'Point']) {
		const same = parts.filter((p) => p.type === family || p.type === `Multi${family}`);
		const coordinates = same.flatMap((p) => (p.type === family ? [p.coordinates] : (p.coordinates as unknown[])));
		if (coordinates.length > 0) return printWkt({ type: `Multi${family}`, coordinates } as ActionGeometry);
	}
	return geometry.type;
}

function cellOf(value: unknown): CellValue {
	if (typeof value === 'string') return textCell(value);
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value === 'boolean') return value;
	if (Array.isArray(value))
		return textCell(
			value
				.map((v) => String(cellOf(v) ?? ''))
				.filter(Boolean)
				.join(' | ')
		);
	return value === null || value === undefined ? null : textCell(JSON.stringify(value));
}
