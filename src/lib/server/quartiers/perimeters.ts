import { count, list, quoted } from '../../domain/french';
import { areaOf, readMultiPolygon, repairGeometry } from '../../domain/places/geometry';
import { isRefusal, type Refusal } from '../../domain/issue';
import { fromLambert93, isLambert93 } from '../../domain/places/lambert';
import { QpvCode, type Commune, type MultiPolygon, type Position, type Quartier } from '../../domain/territory';
import { isValid } from '../../domain/places/validity';
import type { Db } from '../db/client';
import { saveQuartiers } from '../db/territories';
import { nameUnlisted } from '../territories';
import { readFeatures } from './perimeter-file';
import { readProperties, type QpvProperties } from './perimeter-properties';

export interface PerimeterRepair {
	readonly code: string;
	readonly nom: string;
	/** m² */
	readonly avant: number;
	/** m² */
	readonly apres: number;
	readonly methode: string;
}

export interface PerimetersReport {
	readonly schema: 'croisee/perimetres/1';
	readonly fichier: string;
	readonly source: string;
	readonly lus: number;
	readonly importes: number;
	readonly repares: readonly string[];
	readonly rejetes: readonly { readonly code: string; readonly raison: string }[];
	/** Imported quartiers that the database already had: their outline and their name are replaced. */
	readonly remplaces: number;
	readonly reparations: readonly PerimeterRepair[];
	readonly surPlusieursCommunes: readonly string[];
	readonly surDeuxEpci: readonly string[];
	/** Names that several quartiers share: a plan must give their code or their commune. */
	readonly homonymes: readonly { readonly nom: string; readonly codes: readonly string[] }[];
	readonly noms: Readonly<Record<string, string>>;
	/** French sentences. */
	readonly avertissements: readonly string[];
}

interface Read {
	readonly quartier: Quartier;
	readonly reparation: PerimeterRepair | null;
	readonly reprojete: boolean;
	readonly nomEpci: string | null;
	readonly avertissements: readonly string[];
}

/**
 * Imports official QPV perimeters (GeoJSON, GeoPackage or zipped Shapefile; ANCT schema or a close variant): outlines are checked, repaired, measured.
 * One transaction; a quartier that was there keeps its alias and the decisions about it.
 */
export async function importPerimeters(
	db: Db,
	bytes: Uint8Array,
	fichier: string,
	{ le, source = fichier }: { readonly le: string; readonly source?: string }
): Promise<PerimetersReport | Refusal> {
	const read = await readFeatures(bytes, fichier);
	if (isRefusal(read)) return read;
	const { features, notes } = read;

	const accepted = new Map<string, Read>();
	const rejetes: { code: string; raison: string }[] = [];
	features.forEach((feature, i) => {
		const properties = readProperties(feature?.properties);
		const code = properties.code || `objet n°\u00a0${i + 1}`;
		if (accepted.has(code)) return void rejetes.push({ code, raison: 'Ce code est déjà celui d’un objet précédent.' });
		const read = readQuartier(properties, feature?.geometry);
		if (typeof read === 'string') rejetes.push({ code, raison: read });
		else accepted.set(code, read);
	});

	const reads = [...accepted.values()];
	const quartiers = reads.map((r) => r.quartier);
	const reparations = reads.flatMap((r) => r.reparation ?? []);
	const remplaces = await countKnown(db, quartiers);
	await saveQuartiers(db, quartiers, {
		source,
		le,
		reparations: new Map(reparations.map((r) => [r.code, JSON.stringify(r)]))
	});
	const noms = new Map(reads.flatMap((r) => (r.nomEpci ? [[r.quartier.epci[0]!, r.nomEpci] as const] : [])));
	await nameUnlisted(
		db,
		quartiers.flatMap((q) => q.epci),
		noms
	);
	const reprojected = reads.filter((r) => r.reprojete).length;
	return {
		schema: 'croisee/perimetres/1',
		fichier,
		source,
		lus: features.length,
		importes: quartiers.length,
		repares: reparations.map((r) => r.code),
		rejetes,
		remplaces,
		reparations,
		surPlusieursCommunes: quartiers.filter((q) => q.communes.length > 1).map((q) => q.code),
		surDeuxEpci: quartiers.filter((q) => q.epci.length > 1).map((q) => q.code),
		homonymes: homonyms(quartiers),
		noms: Object.fromEntries(quartiers.map((q) => [q.code, q.nom])),
		avertissements: [
			...notes,
			...(reprojected
				? [`${count(reprojected, 'contour converti', 'contours convertis')} de Lambert-93 en WGS84.`]
				: []),
			...new Set(reads.flatMap((r) => r.avertissements))
		]
	};
}

const withoutPlace = (written: readonly string[]): string =>
	written.length === 0
		? 'Ni commune ni intercommunalité n’est indiquée.'
		: `${list(written.map(quoted))}\u00a0: ni un code INSEE de commune (cinq caractères, 59606), ni le SIREN d’une intercommunalité (neuf chiffres). Pour un territoire fictif, écrivez «\u00a0ZZ\u00a0» et trois chiffres, ou «\u00a0ZZ\u00a0» et sept chiffres.`;

/** A quartier, or the reason why it is rejected. */
function readQuartier(properties: QpvProperties, geometry: unknown): Read | string {
	const { code, nom, communes, epci, nomEpci, avertissements } = properties;
	if (!code) return 'Le code du quartier est absent.';
	if (/^QP[0-9A-Z]{6}$/.test(code))
		return 'Ce code est de la génération 2015\u00a0: chargez les périmètres de 2024, puis la table des correspondances.';
	if (!QpvCode.safeParse(code).success)
		return `Le code ${quoted(code)} n’a pas la forme attendue (QN05962M, par exemple).`;
	if (communes.length + epci.length === 0) return withoutPlace(properties.refuses);
	const read = readMultiPolygon(polygonsOf(geometry));
	if (!read) return geometry ? 'La géométrie n’est pas un polygone lisible.' : 'La géométrie est vide.';
	const placed = inDegrees(read.geometrie);
	if (!placed) return 'Les coordonnées ne sont pas des degrés\u00a0: reprojetez le fichier en WGS84 (EPSG:4326).';
	if (!isPlausible(placed.geometrie, communes))
		return 'Le contour est hors de France métropolitaine\u00a0: latitude et longitude sont peut-être inversées.';

	const repair = isValid(placed.geometrie) ? null : repairGeometry(placed.geometrie);
	const geometrie = repair ? repair.geometrie : placed.geometrie;
	if (!isValid(geometrie)) return 'Le contour se croise et n’a pas pu être réparé.';
	const fermeture = read.fermes ? `${count(read.fermes, 'anneau refermé', 'anneaux refermés')}` : null;
	const methode = list([repair?.methode, fermeture].filter((m) => m != null));
	const surface = areaOf(geometrie);
	const avant = repair?.avant ?? surface;
	return {
		quartier: {
			code: QpvCode.parse(code),
			nom: nom || code,
			communes,
			epci,
			alias: [],
			predecesseurs: [],
			geometrie,
			surface,
			fictif: code.startsWith('QNZZZ')
		},
		reparation: methode ? { code, nom: nom || code, avant, apres: surface, methode } : null,
		reprojete: placed.reprojete,
		nomEpci,
		avertissements
	};
}

/** The polygons of a collection of geometries; anything else is left as it is. */
export function polygonsOf(geometry: unknown): unknown {
	const { type, geometries } = (geometry ?? {}) as { type?: unknown; geometries?: unknown };
	if (type !== 'GeometryCollection' || !Array.isArray(geometries)) return geometry;
	const coordinates = geometries.flatMap((part: { type?: unknown; coordinates?: unknown } | null) =>
		part?.type === 'Polygon' ? [part.coordinates] : part?.type === 'MultiPolygon' ? (part.coordinates as unknown[]) : []
	);
	return { type: 'MultiPolygon', coordinates };
}

/** Degrees as they are, Lambert-93 converted; null for anything else. */
export function inDegrees(geometry: MultiPolygon): { geometrie: MultiPolygon; reprojete: boolean } | null {
	const points = geometry.coordinates.flat(2);
	if (points.every(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 90))
		return { geometrie: geometry, reprojete: false };
	if (!points.every(isLambert93)) return null;
	const coordinates = geometry.coordinates.map((rings) => rings.map((ring) => ring.map(fromLambert93)));
	return { geometrie: { type: 'MultiPolygon', coordinates }, reprojete: true };
}

// A mainland commune gives the only frame that is sure; overseas ones are all around the globe.
function isPlausible(geometry: MultiPolygon, communes: readonly Commune[]): boolean {
	if (!communes.length || !communes.every((c) => /^([0-8]|9[0-5])/.test(c.code))) return true;
	const inFrame = ([lon, lat]: Position): boolean => lon > -6 && lon < 10 && lat > 41 && lat < 52;
	return geometry.coordinates.flat(2).every(inFrame);
}

function homonyms(quartiers: readonly Quartier[]): { nom: string; codes: string[] }[] {
	const byName = new Map<string, string[]>();
	for (const q of quartiers) byName.set(q.nom, [...(byName.get(q.nom) ?? []), q.code]);
	return [...byName].filter(([, codes]) => codes.length > 1).map(([nom, codes]) => ({ nom, codes }));
}

async function countKnown(db: Db, quartiers: readonly Quartier[]): Promise<number> {
	const known = new Set((await db.selectFrom('quartier').select('code').execute()).map((r) => r.code));
	return quartiers.filter((q) => known.has(q.code)).length;
}
