import { count, quoted } from '../../domain/french';
import { isRefusal, type Refusal } from '../../domain/issue';
import { readMultiPolygon } from '../../domain/places/geometry';
import { InseeCode } from '../../domain/territory';
import { plain } from '../../domain/text';
import type { Db } from '../db/client';
import { saveOutlines, type CommuneOutline } from '../db/commune-outlines';
import { readFeatures } from './perimeter-file';
import { inDegrees, polygonsOf } from './perimeters';

export interface OutlinesReport {
	readonly lus: number;
	readonly importes: number;
	readonly rejetes: readonly { readonly code: string; readonly raison: string }[];
	/** What was converted, in French. */
	readonly avertissements: readonly string[];
}

/** Names of the two properties by file, compared without case, accent or punctuation; the first found wins. */
const NAMES = {
	code: ['inseecom', 'codeinsee', 'insee', 'codgeo', 'codegeo', 'codecommune', 'codecom', 'depcom', 'code'],
	nom: ['nomcom', 'libcom', 'nomcommune', 'nomofficiel', 'libgeo', 'libellecommune', 'nom', 'libelle', 'commune']
} as const;

function valueOf(properties: Readonly<Record<string, unknown>>, field: keyof typeof NAMES): string {
	const values = new Map(Object.entries(properties).map(([key, value]) => [plain(key).replaceAll(' ', ''), value]));
	const found = NAMES[field].map((name) => values.get(name)).find((v) => v !== undefined && v !== null && v !== '');
	return typeof found === 'string' || typeof found === 'number' ? String(found).trim() : '';
}

/** A leading zero is lost where a code was read as a number. */
export const communeCode = (properties: Readonly<Record<string, unknown>>): string | null => {
	const written = valueOf(properties, 'code').toUpperCase();
	const code = /^\d{4}$/.test(written) ? `0${written}` : written;
	return InseeCode.safeParse(code).success ? code : null;
};

const COMMUNES = {
	holds: (properties: unknown) => communeCode((properties ?? {}) as Record<string, unknown>) !== null,
	refus: 'ne porte de code de commune',
	conseil:
		'La propriété attendue est «\u00a0code\u00a0», «\u00a0insee\u00a0» ou «\u00a0INSEE_COM\u00a0», sur cinq caractères.'
};

/**
 * Imports outlines of communes (GeoJSON, GeoPackage or zipped Shapefile), in one transaction.
 * out    null when no feature is a commune: the file is something else
 */
export async function importCommunes(
	db: Db,
	bytes: Uint8Array,
	fichier: string,
	{ le, source = fichier }: { readonly le: string; readonly source?: string }
): Promise<OutlinesReport | Refusal | null> {
	const read = await readFeatures(bytes, fichier, COMMUNES);
	if (isRefusal(read)) return null;
	const accepted = new Map<string, CommuneOutline>();
	const rejetes: { code: string; raison: string }[] = [];
	read.features.forEach((feature, i) => {
		const code = communeCode(feature?.properties ?? {});
		const refused = (raison: string) => void rejetes.push({ code: code ?? `objet n°\u00a0${i + 1}`, raison });
		if (code === null) return refused('Le code INSEE de la commune est absent ou illisible.');
		if (accepted.has(code)) return refused('Ce code est déjà celui d’un objet précédent.');
		const outline = readMultiPolygon(polygonsOf(feature?.geometry));
		const placed = outline && inDegrees(outline.geometrie);
		if (!placed) return refused('Le contour n’est pas un polygone lisible, en degrés ou en Lambert-93.');
		accepted.set(code, { code, nom: valueOf(feature?.properties ?? {}, 'nom') || code, geometrie: placed.geometrie });
	});
	if (accepted.size === 0) return null;
	await db.transaction().execute((trx) => saveOutlines(trx, [...accepted.values()], { source, le }));
	return { lus: read.features.length, importes: accepted.size, rejetes, avertissements: read.notes };
}

/** What was read, in a sentence and its details. */
export const tellCommunes = (report: OutlinesReport, fichier: string) => ({
	phrase: `${quoted(fichier)}\u00a0: ${count(report.lus, 'commune lue', 'communes lues')}, ${count(report.importes, 'contour gardé', 'contours gardés')}, ${count(report.rejetes.length, 'rejeté')}. Ils se dessinent sous les quartiers, sur la carte.`,
	details: [...report.rejetes.map((r) => `${r.code}\u00a0: ${r.raison}`), ...report.avertissements]
});
