import { quoted } from '../../domain/french';
import { isRefusal, type Refusal } from '../../domain/issue';
import { decode } from '../files/delimited';
import { inWgs84, isGeographic, openGeoFile, type GeoFeature } from '../files/geo-file';
import { hasQpvProperty } from './perimeter-properties';

export interface PerimeterFeatures {
	readonly features: readonly (GeoFeature | null)[];
	/** What was converted, in French. */
	readonly notes: readonly string[];
}

/** What the features of a file are, by their properties; and what is said when none is. */
export interface FeatureKind {
	readonly holds: (properties: unknown) => boolean;
	readonly refus: string;
	readonly conseil: string;
}

const QUARTIERS: FeatureKind = {
	holds: hasQpvProperty,
	refus: 'ne porte de code de quartier',
	conseil:
		'La propriété attendue est «\u00a0code_qp\u00a0» (schéma de l’ANCT), «\u00a0code_quartier\u00a0» ou «\u00a0codeQPV\u00a0».'
};

/**
 * Features of a file of quartiers, or of another kind of place: GeoJSON, GeoPackage or Shapefile, alone or in a zip.
 * out    coordinates in degrees when the file says in which projection it is; or why it is not one, in a sentence
 */
export async function readFeatures(
	bytes: Uint8Array,
	fichier: string,
	kind: FeatureKind = QUARTIERS
): Promise<PerimeterFeatures | Refusal> {
	const name = quoted(fichier);
	if (bytes[0] !== 0x50 && !(await isGeographic(bytes))) {
		const wrong = refusedText((decode(bytes)?.text ?? '').replace(/^\ufeff/, '').trim(), name);
		if (wrong) return wrong;
	}
	const file = await openGeoFile(bytes, fichier);
	if (file === null)
		return refuse(
			`L’archive ${name} ne contient pas de fichier .geojson, .gpkg ni .shp lisible.`,
			'Choisissez l’archive des quartiers prioritaires, ou exportez la couche en GeoJSON (WGS84).'
		);
	if (isRefusal(file)) return file;
	const features: (GeoFeature | null)[] = [];
	const notes: string[] = [];
	for (const layer of file.layers) {
		if (file.layers.length > 1 && !layer.features.some((f) => kind.holds(f.properties))) continue;
		// Without a word on the projection, each outline is looked at by itself.
		const moved = layer.crs && !layer.crs.enDegres ? inWgs84(layer) : { features: layer.features, notes: [] };
		if (isRefusal(moved)) return moved;
		features.push(...moved.features);
		notes.push(...moved.notes);
	}
	if (features.length === 0) return refuse(`${name} ne contient aucun objet.`, null);
	if (!features.some((f) => kind.holds(f?.properties)))
		return refuse(`Aucun objet de ${name} ${kind.refus}.`, kind.conseil);
	return { features, notes };
}

/** Why a text cannot hold a layer; null when it may. */
function refusedText(text: string, name: string): Refusal | null {
	if (text === '') return refuse(`${name} est vide.`, 'Téléchargez-le à nouveau.');
	if (text.startsWith('<'))
		return refuse(`${name} est une page web, pas un fichier GeoJSON.`, 'Téléchargez-le à nouveau.');
	let root: unknown;
	try {
		root = JSON.parse(text);
	} catch {
		return refuse(
			`${name} n’est pas un fichier GeoJSON lisible.`,
			'Vérifiez qu’il s’agit du fichier .geojson des quartiers prioritaires et qu’il est complet.'
		);
	}
	const { type, features } = (root ?? {}) as { type?: unknown; features?: unknown };
	return type === 'FeatureCollection' && Array.isArray(features)
		? null
		: refuse(
				`${name} ne contient pas de collection d’objets géographiques.`,
				'Il faut une «\u00a0FeatureCollection\u00a0» GeoJSON.'
			);
}

const refuse = (refus: string, conseil: string | null): Refusal => ({ refus, conseil });
