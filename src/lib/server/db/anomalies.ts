import { sql, type Expression, type SqlBool } from 'kysely';
import { contentOf, type Anomalie } from '../../domain/import/anomalies';
import { plain } from '../../domain/text';
import type { DbOrTrx } from './client';
import { insertRows } from './insert-rows';

/* Anomalies of the imports, one row each: a report of a hundred thousand lines is read a page at a time. */

/** Rows made ready at once: a long report is not copied whole. */
const BATCH = 1_000;

const COLUMNS = [
	...(['import', 'rang', 'code', 'gravite', 'feuille', 'ligne', 'colonne', 'colonne_index', 'cellule'] as const),
	...(['contenu', 'trouve', 'attendu', 'message', 'conseil', 'lignes'] as const)
];

export interface StoredAnomaly extends Anomalie {
	/** Place in the report, from 0. */
	readonly rang: number;
	/** Anomalies of the same kind whose cell, in the same column, says the very same thing; itself included. */
	readonly pareilles: number;
}

/** A cell of the file: `colonne` from 0. */
export interface AnomalyCell {
	readonly feuille: string;
	readonly ligne: number;
	readonly colonne: number;
}

export interface AnomalyFilter {
	readonly gravite?: string | null;
	readonly code?: string | null;
	readonly feuille?: string | null;
	readonly colonne?: string | null;
	/** Words, whatever their accents and capitals. */
	readonly q?: string | null;
}

/** Writes the anomalies of an import in place of those it had. */
export async function replaceAll(db: DbOrTrx, importId: number, anomalies: readonly Anomalie[]): Promise<void> {
	await db.deleteFrom('import_anomalie').where('import', '=', importId).execute();
	for (let from = 0; from < anomalies.length; from += BATCH) {
		const rows = anomalies
			.slice(from, from + BATCH)
			.map((a, i) => [
				...[importId, from + i, a.code, a.gravite, a.feuille, a.ligne, a.colonne, a.colonneIndex, a.cellule],
				...[contentOf(a), a.trouve, a.attendu, a.message, a.conseil, a.lignes ? JSON.stringify(a.lignes) : null]
			]);
		await insertRows(db, 'import_anomalie', COLUMNS, rows);
	}
}

/** All of them, in the order of the report. */
export async function listAll(db: DbOrTrx, importId: number): Promise<Anomalie[]> {
	const rows = await db
		.selectFrom('import_anomalie')
		.selectAll()
		.where('import', '=', importId)
		.orderBy('rang')
		.execute();
	return rows.map(toAnomaly);
}

/**
 * One page of the anomalies that pass a filter.
 * in     `tri`: 'nature' puts the gravest kind first, then the most frequent; 'ligne' follows the file
 * out    the page and how many there are in all
 */
export async function listPage(
	db: DbOrTrx,
	importId: number,
	filter: AnomalyFilter,
	page: { readonly tri: 'nature' | 'ligne'; readonly from: number; readonly size: number }
): Promise<{ readonly total: number; readonly anomalies: readonly StoredAnomaly[] }> {
	const passing = () => db.selectFrom('import_anomalie as a').where('a.import', '=', importId).where(passes(filter));
	const { total } = await passing()
		.select((eb) => eb.fn.countAll<number>().as('total'))
		.executeTakeFirstOrThrow();
	const order =
		page.tri === 'ligne'
			? sql`a.ligne IS NULL, a.feuille, a.ligne, a.colonne_index, a.rang`
			: sql`CASE a.gravite WHEN 'bloquant' THEN 0 WHEN 'a-verifier' THEN 1 ELSE 2 END,
				count(*) OVER (PARTITION BY a.gravite, a.code) DESC, a.code, a.rang`;
	const rows = await passing().selectAll('a').orderBy(order).limit(page.size).offset(page.from).execute();
	const counts = new Map<string, Promise<number>>();
	const countOnce = (model: Anomalie): Promise<number> => {
		const key = JSON.stringify([model.code, model.feuille, model.colonne, model.colonneIndex, contentOf(model)]);
		const known = counts.get(key) ?? countAlike(db, importId, model);
		counts.set(key, known);
		return known;
	};
	const anomalies = rows.map(async (row) => {
		const anomaly = toAnomaly(row);
		return { ...anomaly, rang: row.rang, pareilles: await countOnce(anomaly) };
	});
	return { total, anomalies: await Promise.all(anomalies) };
}

const alike = (db: DbOrTrx, importId: number, model: Anomalie) =>
	db
		.selectFrom('import_anomalie')
		.where('import', '=', importId)
		.where('code', '=', model.code)
		.where('contenu', '=', contentOf(model))
		.where('colonne_index', 'is not', null)
		// One action per sheet: the same header is the same column, wherever it stands.
		.where((eb) =>
			model.colonne === null
				? eb.and([eb('colonne_index', '=', model.colonneIndex), eb('feuille', 'is', model.feuille)])
				: eb('colonne', '=', model.colonne)
		);

async function countAlike(db: DbOrTrx, importId: number, model: Anomalie): Promise<number> {
	if (model.colonneIndex === null || contentOf(model) === null) return 1;
	const found = alike(db, importId, model).select((eb) => eb.fn.countAll<number>().as('n'));
	return (await found.executeTakeFirstOrThrow()).n;
}

/** Cells that, in the same column, say the very same thing wrong; the one of the anomaly is among them. */
export async function cellsAlike(db: DbOrTrx, importId: number, model: Anomalie): Promise<AnomalyCell[]> {
	const { feuille, ligne, colonneIndex } = model;
	if (colonneIndex === null || feuille === null || ligne === null) return [];
	if (contentOf(model) === null) return [{ feuille, ligne, colonne: colonneIndex }];
	const rows = await alike(db, importId, model).select(['feuille', 'ligne', 'colonne_index']).distinct().execute();
	return rows.flatMap((row) =>
		row.feuille === null || row.ligne === null || row.colonne_index === null
			? []
			: [{ feuille: row.feuille, ligne: row.ligne, colonne: row.colonne_index }]
	);
}

/** The anomalies of one cell. */
export async function ofCell(db: DbOrTrx, importId: number, cell: AnomalyCell): Promise<Anomalie[]> {
	const rows = await db
		.selectFrom('import_anomalie')
		.selectAll()
		.where('import', '=', importId)
		.where('feuille', '=', cell.feuille)
		.where('ligne', '=', cell.ligne)
		.where('colonne_index', '=', cell.colonne)
		.orderBy('rang')
		.execute();
	return rows.map(toAnomaly);
}

/** Sheets and columns the anomalies of an import are in, the fullest first. */
export async function placesOf(
	db: DbOrTrx,
	importId: number
): Promise<{ readonly feuilles: readonly string[]; readonly colonnes: readonly string[] }> {
	const names = async (column: 'feuille' | 'colonne'): Promise<string[]> => {
		const rows = await db
			.selectFrom('import_anomalie')
			.select(column)
			.where('import', '=', importId)
			.where(column, 'is not', null)
			.groupBy(column)
			.orderBy(sql`count(*)`, 'desc')
			.execute();
		return rows.flatMap((row) => (row as Record<string, string | null>)[column] ?? []);
	};
	return { feuilles: await names('feuille'), colonnes: await names('colonne') };
}

function passes(filter: AnomalyFilter): Expression<SqlBool> {
	const words = plain(filter.q ?? '');
	const conditions = [
		...(filter.gravite ? [sql`a.gravite = ${filter.gravite}`] : []),
		...(filter.code ? [sql`a.code = ${filter.code}`] : []),
		...(filter.feuille ? [sql`a.feuille = ${filter.feuille}`] : []),
		...(filter.colonne ? [sql`a.colonne = ${filter.colonne}`] : []),
		...(words === ''
			? []
			: [
					sql`(instr(replie(concat_ws(' ', a.message, a.contenu, a.trouve, a.colonne, a.cellule, 'ligne ' || a.ligne)), ${words}) > 0 OR lower(a.cellule) = ${(filter.q ?? '').trim().toLowerCase()})`
				])
	];
	return conditions.length ? sql<SqlBool>`${sql.join(conditions, sql` AND `)}` : sql<SqlBool>`TRUE`;
}

function toAnomaly(row: {
	code: Anomalie['code'];
	gravite: Anomalie['gravite'];
	feuille: string | null;
	ligne: number | null;
	colonne: string | null;
	colonne_index: number | null;
	cellule: string | null;
	contenu: string | null;
	trouve: string | null;
	attendu: string | null;
	message: string;
	conseil: string | null;
	lignes: string | null;
}): Anomalie {
	const { code, gravite, feuille, ligne, colonne, cellule, trouve, attendu, message, conseil } = row;
	return {
		code,
		gravite,
		feuille,
		ligne,
		colonne,
		colonneIndex: row.colonne_index,
		cellule,
		trouve,
		attendu,
		message,
		conseil,
		...(row.colonne_index !== null && row.contenu !== trouve ? { contenu: row.contenu } : {}),
		...(row.lignes ? { lignes: JSON.parse(row.lignes) as number[] } : {})
	};
}
