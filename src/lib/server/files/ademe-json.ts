import { z } from 'zod';
import { count, list, quoted } from '../../domain/french';
import { bareName } from '../../domain/import/row-territory';
import { isRefusal, type Refusal } from '../../domain/issue';
import type { CellValue, Workbook } from '../../domain/import/sheet';
import { MAX_CELLS } from './cell-budget';
import { decode } from './delimited';

/* « Programme d'actions V2 » of the ADEME: one file holds the PCAET of many territories. */

/** « { libelle } », the words alone, or nothing: exports of different years do not agree. */
const Label = z.union([
	z.string(),
	z.looseObject({
		libelle: z.string().nullish(),
		secteur: z.union([z.string(), z.looseObject({ libelle: z.string().nullish() })]).nullish()
	}),
	z.null()
]);
const Labels = z.union([z.array(Label), Label]).nullish();
const Demarche = z.object({
	id: z.union([z.number(), z.string()]).transform(String),
	actions: z.array(z.object({ intitule: z.string().nullish(), secteurs: Labels, volets: Labels, typesPorteur: Labels }))
});
type Demarche = z.infer<typeof Demarche>;

export interface DemarcheInfo {
	readonly id: string;
	readonly actions: number;
	readonly premierTitre: string | null;
}

const SHOWN = 12;
/** Between several values of one cell: sector names hold commas and slashes. */
const BETWEEN = ' | ';
export const ADEME_HEADERS = ['intitulé', 'secteurs', 'type de porteur', 'volets'] as const;

/** What a file of the ADEME holds, for someone to choose from; the order is that of the file. */
export function listDemarches(bytes: Uint8Array): readonly DemarcheInfo[] | Refusal {
	const demarches = parse(bytes);
	return isRefusal(demarches) ? demarches : demarches.map(info);
}

/** Letters of a place name that is no common word. */
const TELLING = 6;

/**
 * The démarche whose actions name places of a territory.
 * in     `lieux`: its name and those of its communes
 * out    its id; null when none names two, or when two of them name as many
 */
export function demarcheNaming(bytes: Uint8Array, lieux: readonly string[]): string | null {
	const demarches = parse(bytes);
	if (isRefusal(demarches)) return null;
	const names = [...new Set(lieux.map((nom) => bareName(nom)).filter((nom) => nom.length >= TELLING))];
	const named = demarches
		.map(({ id, actions }) => {
			const titles = actions.map((a) => ` ${bareName(a.intitule ?? '')} `);
			return { id, n: titles.filter((t) => names.some((nom) => t.includes(` ${nom} `))).length };
		})
		.sort((a, b) => b.n - a.n);
	const [first, second] = named;
	return first && first.n >= 2 && first.n > (second?.n ?? 0) ? first.id : null;
}

/**
 * One démarche of an ADEME file as a workbook of one sheet: the i-th action is on row i + 1, headers on row 1.
 * in     `demarche`: its id; not needed when the file holds only one
 * out    a refusal that lists the démarches when there are several and none is named
 */
export function readAdemeJson(bytes: Uint8Array, fichier: string, demarche?: string): Workbook | Refusal {
	const demarches = parse(bytes);
	if (isRefusal(demarches)) return (demarches === layer ? null : flatTable(bytes, fichier)) ?? demarches;
	const wanted = demarche?.trim();
	const chosen = wanted ? demarches.filter((d) => d.id === wanted) : demarches;
	const [one] = chosen;
	if (!one || chosen.length > 1) {
		return {
			refus: wanted
				? `Ce fichier ne contient pas une démarche ${quoted(wanted)} et une seule.`
				: `Ce fichier contient ${count(demarches.length, 'démarche')}\u00a0: indiquez laquelle importer.`,
			conseil: `Démarches présentes\u00a0: ${described(demarches)}.`
		};
	}
	if (one.actions.length === 0)
		return {
			refus: `La démarche ${quoted(one.id)} ne contient aucune action.`,
			conseil: 'Choisissez une autre démarche.'
		};
	const rows: CellValue[][] = one.actions.map((action) => [
		filled(action.intitule),
		joined(wordsOf(action.secteurs)),
		joined(wordsOf(action.typesPorteur)),
		joined(wordsOf(action.volets))
	]);
	const sheet = { nom: `Démarche ${one.id}`, masquee: false, rows: [[...ADEME_HEADERS], ...rows] };
	return { fichier, format: 'ademe-json', lecture: null, sheets: [sheet] };
}

function parse(bytes: Uint8Array): readonly Demarche[] | Refusal {
	const unknown: Refusal = {
		refus:
			'Ce fichier JSON n’est ni un programme d’actions de l’ADEME, ni le schéma national des projets, ni un export de Croisée.',
		conseil:
			'Choisissez un fichier «\u00a0Démarches PCAET, programme d’actions V2\u00a0», ou un classeur .xlsx, .ods ou .csv.'
	};
	let json: unknown;
	try {
		json = JSON.parse(decode(bytes)?.text.replace(/^\ufeff/, '') ?? '');
	} catch {
		return { refus: 'Ce fichier JSON est incomplet ou mal formé.', conseil: 'Téléchargez-le de nouveau.' };
	}
	const parsed = z
		.array(Demarche)
		.min(1)
		.safeParse(
			recordsOf(json).map((record) => (isRecord(record) && 'id' in record ? { actions: [], ...record } : record))
		);
	const known = recordsOf(json).some((record) => isRecord(record) && 'actions' in record);
	if (!parsed.success || !known) return isLayer(json) ? layer : unknown;
	return parsed.data;
}

const layer: Refusal = {
	refus: 'Ce fichier est une couche géographique (GeoJSON), pas un programme d’actions.',
	conseil: 'Importez-le avec les périmètres des quartiers.'
};
const isLayer = (json: unknown): boolean => isRecord(json) && /^Feature/.test(String(json.type));

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x);

/** Records of a file: an array, an array under « results » (data-fair) or the like, or one object alone. */
function recordsOf(json: unknown): readonly unknown[] {
	if (Array.isArray(json)) return json;
	if (!isRecord(json)) return [];
	const inside = ['results', 'data', 'items', 'records', 'demarches', 'value']
		.map((key) => json[key])
		.find(Array.isArray);
	return inside ?? [json];
}

/** A list of flat records is a table like another: its keys are its headers. Null when records hold anything but cells. */
function flatTable(bytes: Uint8Array, fichier: string): Workbook | null {
	let records: readonly unknown[];
	try {
		records = recordsOf(JSON.parse(decode(bytes)?.text.replace(/^\ufeff/, '') ?? ''));
	} catch {
		return null;
	}
	const fields = records.map((r) => (isRecord(r) && isRecord(r.fields) ? r.fields : r)).filter(isRecord);
	if (fields.length === 0 || fields.length < records.length || fields.some((r) => 'actions' in r)) return null;
	const keys = [...new Set(fields.flatMap((r) => Object.keys(r)))].filter((key) => !key.startsWith('_'));
	if (keys.length > 1_000 || keys.length * fields.length > MAX_CELLS) return null;
	const rows = fields.map((r) => keys.map((key) => cellOf(r[key])));
	const nom = fichier.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '') || 'Feuille 1';
	return { fichier, format: 'ademe-json', lecture: null, sheets: [{ nom, masquee: false, rows: [keys, ...rows] }] };
}

function cellOf(value: unknown): CellValue {
	if (typeof value === 'string') return filled(value);
	if (typeof value === 'number' || typeof value === 'boolean') return value;
	if (Array.isArray(value))
		return joined(
			value.map((v) => (typeof v === 'string' ? v : isRecord(v) ? String(v.libelle ?? v.nom ?? '') : null))
		);
	return isRecord(value) && typeof (value.libelle ?? value.nom) === 'string'
		? String(value.libelle ?? value.nom)
		: null;
}

function wordsOf(labels: z.infer<typeof Labels>): (string | null | undefined)[] {
	return (Array.isArray(labels) ? labels : [labels]).map((label) => {
		if (typeof label !== 'object' || label === null) return label;
		return label.libelle ?? (typeof label.secteur === 'string' ? label.secteur : label.secteur?.libelle);
	});
}

const info = (d: Demarche): DemarcheInfo => ({
	id: d.id,
	actions: d.actions.length,
	premierTitre: filled(d.actions.find((a) => filled(a.intitule))?.intitule)
});

function described(demarches: readonly Demarche[]): string {
	const lines = demarches.slice(0, SHOWN).map((d) => {
		const { id, actions, premierTitre } = info(d);
		return `${id} (${count(actions, 'action')}${premierTitre ? `, ${quoted(premierTitre.slice(0, 60))}` : ''})`;
	});
	const more = demarches.length - lines.length;
	return list(more > 0 ? [...lines, `${more} autres`] : lines);
}

const filled = (text: string | null | undefined): string | null => (text?.trim() ? text.trim() : null);

const joined = (labels: readonly (string | null | undefined)[] | undefined): string | null =>
	filled([...new Set((labels ?? []).flatMap((l) => filled(l) ?? []))].join(BETWEEN));
