import type { ColumnChoices, Correction } from '../../domain/import/choices';
import { countAnomalies } from '../../domain/import/anomalies';
import type { ImportReport, ReportSummary } from '../../domain/import/import-report';
import * as anomalies from './anomalies';
import type { DbOrTrx } from './client';
import { packBytes, unpackBytes } from './kept-bytes';
import type { StoredDocument } from './documents';

/** Choices made when a file is imported; with the bytes, they are enough to read it again. */
export interface ImportOptions {
	readonly periode: string | null;
	readonly feuille: string | null;
	readonly demarche: string | null;
	readonly filtre: { readonly champ: string; readonly valeur: string } | null;
	readonly base: 'HT' | 'TTC' | 'inconnu';
	readonly document: number | 'nouveau' | null;
	/** What a person chose for some columns; the others are as understood. */
	readonly colonnes?: ColumnChoices;
	/** Row of the headers, 1-based, when a person pointed at it. */
	readonly ligneEntete?: number | null;
	/** Year of the rows that say none. */
	readonly annee?: number | null;
	/** Cells corrected on the screen, over what the file holds. */
	readonly corrections?: readonly Correction[];
	/** Shape of the file as it came, and what becomes of the choices made for it. */
	readonly forme?: {
		readonly signature: string;
		/** Keep these choices for the next file of this shape. */
		readonly memoriser: boolean;
		/** Choices taken up from an earlier file, as they are. */
		readonly reprise: { readonly fichier: string; readonly par: string; readonly le: string } | null;
		/** Who made them for this file, when somebody did. */
		readonly choisi?: { readonly par: string; readonly le: string };
	};
	/** Once committed on a document that was there: what it was before. */
	readonly documentAvant?: Pick<StoredDocument, 'champs' | 'signature'>;
	/** Once committed: the fields its own columns feed, and what its next version is recognised by. */
	readonly documentApres?: Pick<StoredDocument, 'champs' | 'signature'>;
}

export interface ImportRow {
	readonly id: number;
	readonly territoire: string;
	readonly plan: string;
	readonly document: number | null;
	readonly fichier: string;
	readonly sha256: string;
	readonly options: ImportOptions;
	readonly rapport: ReportSummary;
	readonly etat: 'prepare' | 'valide' | 'annule';
	readonly par: string;
	readonly prepareLe: string;
	readonly valideLe: string | null;
	readonly validePar: string | null;
	readonly annuleLe: string | null;
	readonly annulePar: string | null;
}

const COLUMNS = [
	'id',
	'territoire',
	'plan',
	'document',
	'fichier',
	'sha256',
	'options',
	'rapport',
	'etat',
	'par',
	'prepare_le',
	'valide_le',
	'valide_par',
	'annule_le',
	'annule_par'
] as const;

/** Imports, last first; of one territory, or all. The bytes are not read. */
export async function list(db: DbOrTrx, territoire?: string): Promise<ImportRow[]> {
	let query = db.selectFrom('import').select(COLUMNS).orderBy('id', 'desc');
	if (territoire !== undefined) query = query.where('territoire', '=', territoire);
	return (await query.execute()).map(toRow);
}

export async function get(db: DbOrTrx, id: number): Promise<ImportRow | null> {
	const row = await db.selectFrom('import').select(COLUMNS).where('id', '=', id).executeTakeFirst();
	return row ? toRow(row) : null;
}

/** State of an import, without its report. */
export async function stateOf(db: DbOrTrx, id: number): Promise<ImportRow['etat'] | null> {
	const row = await db.selectFrom('import').select('etat').where('id', '=', id).executeTakeFirst();
	return row?.etat ?? null;
}

/** What an import is called, and its day. */
export interface ImportSource {
	readonly fichier: string;
	readonly le: string;
}

export async function sourcesOf(db: DbOrTrx, ids: readonly number[]): Promise<Readonly<Record<number, ImportSource>>> {
	if (ids.length === 0) return {};
	const rows = await db
		.selectFrom('import')
		.select(['id', 'fichier', 'valide_le', 'prepare_le'])
		.where('id', 'in', ids)
		.execute();
	return Object.fromEntries(rows.map((r) => [r.id, { fichier: r.fichier, le: r.valide_le ?? r.prepare_le }]));
}

/** The file as it was received. */
export async function bytesOf(db: DbOrTrx, id: number): Promise<Buffer | null> {
	const row = await db.selectFrom('import').select(['octets', 'codage']).where('id', '=', id).executeTakeFirst();
	return row ? unpackBytes(row) : null;
}

/** A new import, whose anomalies and lines are written apart. */
export async function add(
	db: DbOrTrx,
	row: Omit<ImportRow, 'id' | 'etat' | 'rapport' | 'valideLe' | 'validePar' | 'annuleLe' | 'annulePar'> & {
		readonly rapport: ImportReport;
		readonly octets: Uint8Array;
	}
): Promise<number> {
	const { id } = await db
		.insertInto('import')
		.values({
			territoire: row.territoire,
			plan: row.plan,
			document: row.document,
			fichier: row.fichier,
			sha256: row.sha256,
			...packBytes(row.octets),
			options: JSON.stringify(row.options),
			rapport: summaryOf(row.rapport),
			etat: 'prepare',
			par: row.par,
			prepare_le: row.prepareLe,
			valide_le: null
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** A staged import read again with other choices; false when it is staged no more. */
export async function restage(
	db: DbOrTrx,
	id: number,
	read: { readonly options: ImportOptions; readonly rapport: ImportReport; readonly document: number | null }
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('import')
		.set({ options: JSON.stringify(read.options), rapport: summaryOf(read.rapport), document: read.document })
		.where('id', '=', id)
		.where('etat', '=', 'prepare')
		.executeTakeFirst();
	if (numUpdatedRows === 0n) return false;
	await anomalies.replaceAll(db, id, read.rapport.anomalies);
	return true;
}

export async function markCommitted(
	db: DbOrTrx,
	id: number,
	done: {
		readonly document: number;
		readonly rapport: ImportReport;
		readonly options: ImportOptions;
		readonly le: string;
		readonly par: string;
	}
): Promise<void> {
	await db
		.updateTable('import')
		.set({
			etat: 'valide',
			document: done.document,
			rapport: summaryOf(done.rapport),
			options: JSON.stringify(done.options),
			valide_le: done.le,
			valide_par: done.par
		})
		.where('id', '=', id)
		.execute();
	await anomalies.replaceAll(db, id, done.rapport.anomalies);
}

export async function markUndone(
	db: DbOrTrx,
	id: number,
	by: { readonly par: string; readonly le: string }
): Promise<void> {
	await db
		.updateTable('import')
		.set({ etat: 'annule', annule_le: by.le, annule_par: by.par })
		.where('id', '=', id)
		.execute();
}

/** Takes out a staged import that nobody committed. out: false when there was none: it was committed meanwhile, or is gone */
export async function discard(db: DbOrTrx, id: number): Promise<boolean> {
	const gone = await db.deleteFrom('import').where('id', '=', id).where('etat', '=', 'prepare').executeTakeFirst();
	return gone.numDeletedRows > 0n;
}

/** Anomalies and changes have their own tables: a page reads only those it shows. */
function summaryOf({ anomalies: told, ...rest }: ImportReport): string {
	const summary: ReportSummary = { ...rest, changements: [], compte: countAnomalies(told) };
	return JSON.stringify(summary);
}

function toRow(row: {
	id: number;
	territoire: string;
	plan: string;
	document: number | null;
	fichier: string;
	sha256: string;
	options: string;
	rapport: string;
	etat: ImportRow['etat'];
	par: string;
	prepare_le: string;
	valide_le: string | null;
	valide_par: string | null;
	annule_le: string | null;
	annule_par: string | null;
}): ImportRow {
	const { prepare_le, valide_le, valide_par, annule_le, annule_par, options, rapport, ...rest } = row;
	return {
		...rest,
		options: JSON.parse(options),
		rapport: JSON.parse(rapport),
		prepareLe: prepare_le,
		valideLe: valide_le,
		validePar: valide_par,
		annuleLe: annule_le,
		annulePar: annule_par
	};
}
