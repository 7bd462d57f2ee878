import { count, quoted } from '../../domain/french';
import { isRefusal, type Refusal } from '../../domain/issue';
import type { Position } from '../../domain/territory';
import { extractText, openArchive, type Archive } from './archive-guard';
import { decode } from './delimited';
import { isGeoPackage, readGeoPackage } from './geopackage';
import { crsOfGeoJson, guessCrs, type Crs } from './projection';
import { hasShapefile, readShapefiles } from './shapefile';
import type { RawGeometry } from './wkb';

/* A geographic file, whatever its format, to layers of features in degrees. */

export interface GeoFeature {
	readonly properties: Readonly<Record<string, unknown>>;
	readonly geometry: RawGeometry | null;
}

export interface GeoLayer {
	readonly nom: string;
	/** What the file says of its coordinates; null when it says nothing. */
	readonly crs: Crs | null;
	readonly features: readonly GeoFeature[];
}

export interface GeoFile {
	readonly format: 'geojson' | 'gpkg' | 'shp';
	readonly layers: readonly GeoLayer[];
}

/**
 * Opens a GeoPackage, a zipped Shapefile, or GeoJSON (alone or in a zip).
 * out    its layers, coordinates as written; null when it is none of these
 * never  throws
 */
export async function openGeoFile(bytes: Uint8Array, fichier: string): Promise<GeoFile | Refusal | null> {
	if (isGeoPackage(bytes)) return asFile('gpkg', readGeoPackage(bytes));
	if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
		const archive = await openArchive(bytes);
		return isRefusal(archive) ? archive : openGeoArchive(archive);
	}
	const text =
		decode(bytes.subarray(0, 1_000))
			?.text.replace(/^\ufeff/, '')
			.trimStart() ?? '';
	if (!text.startsWith('{')) return null;
	const layer = readGeoJson(decode(bytes)?.text ?? '', fichier.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, ''));
	return layer && (isRefusal(layer) ? layer : { format: 'geojson', layers: [layer] });
}

/** True when the bytes are of a kind `openGeoFile` reads, JSON apart; the inside of an archive is not read. */
export async function isGeographic(bytes: Uint8Array): Promise<boolean> {
	if (isGeoPackage(bytes)) return true;
	if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return false;
	const archive = await openArchive(bytes);
	return !isRefusal(archive) && holdsLayers(archive);
}

const holdsLayers = ({ names }: Archive): boolean =>
	names.some((n) => /\.(?:shp|gpkg|(?:geo)?json)$/i.test(n) && !n.startsWith('__MACOSX')) &&
	!names.includes('[Content_Types].xml') &&
	!names.includes('mimetype');

/** What an archive holds, when it is geographic; null for a workbook, a document, or anything else. */
export async function openGeoArchive(archive: Archive): Promise<GeoFile | Refusal | null> {
	const named = (extension: RegExp) => archive.names.filter((n) => extension.test(n) && !n.startsWith('__MACOSX'));
	const [shapes, packages, texts] = [hasShapefile(archive), named(/\.gpkg$/i), named(/\.(?:geo)?json$/i)];
	if (!holdsLayers(archive)) return null;
	if (archive.encrypted)
		return {
			refus: 'Cette archive est protégée par un mot de passe.',
			conseil: 'Décompressez-la, puis refaites-la sans mot de passe.'
		};
	const lie = await archive.verify();
	if (lie) return lie;
	// An archive often holds the same layer in several projections: the one in degrees needs no conversion.
	const text = texts.find((n) => /wgs.?84|4326|crs84/i.test(n)) ?? texts[0];
	if (text !== undefined) {
		const layer = readGeoJson(
			(await extractText(archive, text)) ?? '',
			text.replace(/^.*\//, '').replace(/\.[^.]*$/, '')
		);
		if (layer) return isRefusal(layer) ? layer : { format: 'geojson', layers: [layer] };
	}
	if (shapes) return asFile('shp', await readShapefiles(archive));
	const bytes = packages[0] && (await archive.extract(packages[0]).catch(() => null));
	return bytes ? asFile('gpkg', readGeoPackage(bytes)) : null;
}

const asFile = (format: GeoFile['format'], layers: GeoLayer[] | Refusal): GeoFile | Refusal =>
	isRefusal(layers) ? layers : { format, layers: inDegreesFirst(layers) };

/** The same layer in several projections counts once. */
function inDegreesFirst(layers: readonly GeoLayer[]): readonly GeoLayer[] {
	const degrees = layers.filter((l) => /wgs.?84|4326/i.test(l.nom));
	return degrees.length ? degrees : layers;
}

/** Null when the text is JSON of another kind. */
export function readGeoJson(text: string, nom: string): GeoLayer | Refusal | null {
	let root: unknown;
	try {
		root = JSON.parse(text.replace(/^\ufeff/, ''));
	} catch {
		return /"type"\s*:\s*"Feature/.test(text.slice(0, 2_000))
			? {
					refus: `${quoted(nom)} n’est pas un fichier GeoJSON lisible\u00a0: il est incomplet ou mal formé.`,
					conseil: 'Téléchargez-le de nouveau.'
				}
			: null;
	}
	const { type, features, crs } = (root ?? {}) as { type?: unknown; features?: unknown; crs?: unknown };
	if (type !== 'FeatureCollection' || !Array.isArray(features)) return null;
	const said = crsOfGeoJson(crs);
	if (isRefusal(said)) return said;
	return { nom, crs: said, features: features.map(toFeature) };
}

function toFeature(raw: unknown): GeoFeature {
	const { properties, geometry } = (raw ?? {}) as { properties?: unknown; geometry?: unknown };
	return {
		properties: typeof properties === 'object' && properties !== null ? (properties as Record<string, unknown>) : {},
		geometry: typeof geometry === 'object' && geometry !== null ? (geometry as RawGeometry) : null
	};
}

/**
 * A layer in degrees.
 * out    the same features, coordinates [lon, lat]; what was converted or mended, in French; or why it cannot be
 * note   a file that says metres and writes degrees, or the other way round, is read for what it writes
 */
export function inWgs84(
	layer: GeoLayer
): { readonly features: readonly GeoFeature[]; readonly notes: readonly string[] } | Refusal {
	const written = layer.features.flatMap((f) => (f.geometry ? positionsOf(f.geometry).slice(0, 1) : []));
	const seen = guessCrs(written);
	const degrees = seen?.enDegres ?? false;
	const crs = layer.crs && layer.crs.enDegres === degrees ? layer.crs : seen;
	if (!crs)
		return {
			refus: `Les coordonnées de la couche ${quoted(layer.nom)} ne sont pas des degrés, et le fichier ne dit pas dans quelle projection elles sont.`,
			conseil: 'Joignez le fichier .prj, ou exportez la couche en WGS84 (EPSG:4326) ou en Lambert-93 (EPSG:2154).'
		};
	const notes =
		layer.crs && layer.crs !== crs && layer.crs.enDegres !== crs.enDegres
			? [
					`La couche ${quoted(layer.nom)} annonce ${layer.crs.nom} mais ses coordonnées sont en ${crs.nom}\u00a0: elles sont lues ainsi.`
				]
			: [];
	if (crs.enDegres) return { features: layer.features, notes };
	const moved = layer.features.map((f) => (f.geometry ? { ...f, geometry: moveGeometry(f.geometry, crs) } : f));
	const said = `${count(written.length, 'tracé converti', 'tracés convertis')} de ${crs.nom} en WGS84.`;
	return { features: moved, notes: [...notes, said] };
}

export function moveGeometry(geometry: RawGeometry, crs: Crs): RawGeometry {
	if (geometry.geometries) return { ...geometry, geometries: geometry.geometries.map((g) => moveGeometry(g, crs)) };
	const move = (value: unknown): unknown =>
		isPosition(value) ? crs.toWgs84([value[0], value[1]]) : Array.isArray(value) ? value.map(move) : value;
	return { type: geometry.type, coordinates: move(geometry.coordinates) };
}

export function positionsOf(geometry: RawGeometry): Position[] {
	if (geometry.geometries) return geometry.geometries.flatMap(positionsOf);
	const found: Position[] = [];
	const visit = (value: unknown): void => {
		if (isPosition(value)) found.push([value[0], value[1]]);
		else if (Array.isArray(value)) for (const part of value) visit(part);
	};
	visit(geometry.coordinates);
	return found;
}

const isPosition = (value: unknown): value is [number, number] =>
	Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number';
