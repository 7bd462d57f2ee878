import { quoted } from '../../domain/french';
import { isRefusal, type Refusal } from '../../domain/issue';
import { extractText, openArchive } from '../files/archive-guard';
import { decode } from '../files/delimited';
import { hasQpvProperty } from './perimeter-properties';

export type Feature = { readonly properties?: unknown; readonly geometry?: unknown } | null;

/** Features of a GeoJSON file of quartiers, alone or in a zip; or why it is not one, in a sentence. */
export async function readFeatures(bytes: Uint8Array, fichier: string): Promise<readonly Feature[] | Refusal> {
	const start = new TextDecoder('latin1').decode(bytes.subarray(0, 16));
	if (start.startsWith('SQLite format 3'))
		return refuse(
			`${quoted(fichier)} est un GeoPackage.`,
			'Exportez-le en GeoJSON (WGS84) depuis votre outil de cartographie.'
		);
	const text = start.startsWith('PK') ? await unzipped(bytes, fichier) : decode(bytes)?.text;
	return isRefusal(text) ? text : parseFeatures((text ?? '').replace(/^\ufeff/, '').trim(), quoted(fichier));
}

/** The GeoJSON of an archive, the one in degrees when there are several. */
async function unzipped(bytes: Uint8Array, fichier: string): Promise<string | Refusal> {
	const archive = await openArchive(bytes);
	if (isRefusal(archive))
		return refuse(`L’archive ${quoted(fichier)} ne peut pas être ouverte.`, 'Téléchargez-la à nouveau.');
	const names = archive.names.filter((n) => /\.(geo)?json$/i.test(n) && !n.startsWith('__MACOSX'));
	const name = names.find((n) => /wgs.?84|4326|crs84/i.test(n)) ?? names[0];
	const text = name && (await extractText(archive, name));
	return (
		text ||
		refuse(
			`L’archive ${quoted(fichier)} ne contient pas de fichier .geojson lisible.`,
			'Choisissez l’archive GeoJSON des quartiers prioritaires, ou exportez la couche en GeoJSON (WGS84).'
		)
	);
}

function parseFeatures(text: string, name: string): readonly Feature[] | Refusal {
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
	const { type, features, crs } = (root ?? {}) as { type?: unknown; features?: unknown; crs?: unknown };
	if (/3857|900913|3785|mercator/i.test(JSON.stringify(crs ?? '')))
		return refuse(
			`Les coordonnées de ${name} sont en projection web (Mercator).`,
			'Exportez la couche en WGS84 (EPSG:4326) ou en Lambert-93 (EPSG:2154).'
		);
	if (type !== 'FeatureCollection' || !Array.isArray(features))
		return refuse(
			`${name} ne contient pas de collection d’objets géographiques.`,
			'Il faut une «\u00a0FeatureCollection\u00a0» GeoJSON.'
		);
	if (features.length === 0) return refuse(`${name} ne contient aucun objet.`, null);
	if (!features.some((f: Feature) => hasQpvProperty(f?.properties)))
		return refuse(
			`Aucun objet de ${name} ne porte de code de quartier.`,
			'La propriété attendue est «\u00a0code_qp\u00a0» (schéma de l’ANCT), «\u00a0code_quartier\u00a0» ou «\u00a0codeQPV\u00a0».'
		);
	return features as Feature[];
}

const refuse = (refus: string, conseil: string | null): Refusal => ({ refus, conseil });
