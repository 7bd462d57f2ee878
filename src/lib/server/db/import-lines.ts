import { sql } from 'kysely';
import type { ChangeLine, LineKind } from '../../domain/import/change-lines';
import { LineDecision, type LineDecisions } from '../../domain/import/line-decisions';
import type { DbOrTrx } from './client';
import { insertRows } from './insert-rows';

/* What an import changes, line by line, and what people answered: read a page at a time. */

export interface StoredLine extends ChangeLine {
	readonly rang: number;
	readonly decision: SignedDecision | null;
}

export interface SignedDecision extends LineDecision {
	readonly par: string;
	readonly le: string;
}

/** Lines written at once. */
const BATCH = 1000;
const COLUMNS = [
	...(['import', 'rang', 'cle', 'lu', 'genre', 'action', 'reference', 'titre', 'ligne'] as const),
	...(['doute', 'proche', 'videes', 'contenu'] as const)
];

/** Lines of an import over those it had, as they come; the answers given stay apart. */
export async function replaceLines(db: DbOrTrx, importId: number, lines: () => Iterable<ChangeLine>): Promise<void> {
	await db.deleteFrom('import_changement').where('import', '=', importId).execute();
	let rang = 0;
	let rows: (string | number | null)[][] = [];
	for (const line of lines()) {
		rows.push([
			...[importId, rang++, line.cle, line.lu, line.genre, line.action, line.reference, line.titre, line.ligne],
			...[line.doute, line.proche, line.videes, JSON.stringify(line.contenu)]
		]);
		if (rows.length < BATCH) continue;
		await insertRows(db, 'import_changement', COLUMNS, rows);
		rows = [];
	}
	await insertRows(db, 'import_changement', COLUMNS, rows);
}

/** What the page asks for: lines to settle, a kind of line, or those with emptied cells. */
export type LineGroup = 'a-trancher' | 'ajoutee' | 'modifiee' | 'disparue' | 'videes' | 'gardees';

const QUESTION = sql<boolean>`(c.lu = 'ajoutee' and c.proche is not null and coalesce(d.geste, 'prendre') = 'prendre')`;

const inGroup = (group: LineGroup) => {
	switch (group) {
		case 'a-trancher':
			return QUESTION;
		case 'videes':
			return sql<boolean>`(c.videes > 0 and c.genre in ('modifiee', 'inchangee'))`;
		case 'gardees':
			return sql<boolean>`(c.genre in ('modifiee', 'inchangee') and c.contenu ->> '$.gardes' is not null)`;
		default:
			return sql<boolean>`(c.genre = ${group} and not ${QUESTION})`;
	}
};

const joined = (db: DbOrTrx, importId: number) =>
	db
		.selectFrom('import_changement as c')
		.leftJoin('import_decision as d', (join) => join.onRef('d.import', '=', 'c.import').onRef('d.cle', '=', 'c.cle'))
		.where('c.import', '=', importId);

const filtered = (db: DbOrTrx, importId: number, group: LineGroup, words: string) => {
	const query = joined(db, importId).where(inGroup(group));
	return words
		? query.where(sql<boolean>`instr(lower(coalesce(c.reference, '') || ' ' || c.titre), ${words.toLowerCase()}) > 0`)
		: query;
};

export async function listLines(
	db: DbOrTrx,
	importId: number,
	asked: { readonly groupe: LineGroup; readonly mots?: string; readonly depuis?: number; readonly nombre: number }
): Promise<StoredLine[]> {
	const rows = await filtered(db, importId, asked.groupe, asked.mots ?? '')
		.selectAll('c')
		.select(['d.geste', 'd.champs', 'd.effacer', 'd.par', 'd.le'])
		.orderBy('c.rang')
		.limit(asked.nombre)
		.offset(asked.depuis ?? 0)
		.execute();
	return rows.map(toLine);
}

export async function countLines(db: DbOrTrx, importId: number, group: LineGroup, words = ''): Promise<number> {
	const row = await filtered(db, importId, group, words)
		.select((e) => e.fn.countAll<number>().as('n'))
		.executeTakeFirstOrThrow();
	return row.n;
}

/** How many lines of each kind a person leaves out or removes. */
export async function countSetAside(db: DbOrTrx, importId: number): Promise<Readonly<Record<string, number>>> {
	const rows = await joined(db, importId)
		.where('d.geste', 'in', ['laisser', 'retirer'])
		.select(['c.genre', (e) => e.fn.countAll<number>().as('n')])
		.groupBy('c.genre')
		.execute();
	return Object.fromEntries(rows.map((row) => [row.genre, row.n]));
}

export async function getLine(db: DbOrTrx, importId: number, cle: string): Promise<StoredLine | null> {
	const row = await joined(db, importId)
		.where('c.cle', '=', cle)
		.selectAll('c')
		.select(['d.geste', 'd.champs', 'd.effacer', 'd.par', 'd.le'])
		.executeTakeFirst();
	return row ? toLine(row) : null;
}

export async function setKind(db: DbOrTrx, importId: number, cle: string, genre: LineKind): Promise<void> {
	await db
		.updateTable('import_changement')
		.set({ genre })
		.where('import', '=', importId)
		.where('cle', '=', cle)
		.execute();
}

export async function decisionsOf(db: DbOrTrx, importId: number): Promise<LineDecisions> {
	const rows = await db.selectFrom('import_decision').selectAll().where('import', '=', importId).execute();
	return Object.fromEntries(rows.map((row) => [row.cle, toDecision(row)!]));
}

/** Keeps an answer over the former one; null takes it back. */
export async function decide(
	db: DbOrTrx,
	importId: number,
	cle: string,
	decision: SignedDecision | null
): Promise<void> {
	await db.deleteFrom('import_decision').where('import', '=', importId).where('cle', '=', cle).execute();
	if (decision)
		await db
			.insertInto('import_decision')
			.values({ import: importId, cle, ...toText(decision) })
			.execute();
}

/** The same answer for every line of a kind; those of the other kinds keep theirs. */
export async function decideAll(
	db: DbOrTrx,
	importId: number,
	group: LineGroup,
	decision: SignedDecision | null
): Promise<void> {
	const { rows } = await sql<{ cle: string }>`select c.cle as cle from import_changement as c
		left join import_decision as d on d.import = c.import and d.cle = c.cle
		where c.import = ${importId} and ${inGroup(group)}`.execute(db);
	const keys = JSON.stringify(rows.map((row) => row.cle));
	// What was answered about a pair says which line this is: a gesture on all of them must not undo it.
	await sql`delete from import_decision where import = ${importId} and geste not like '%:%'
		and cle in (select value from json_each(${keys}))`.execute(db);
	if (!decision) return;
	const { geste, champs, effacer, par, le } = toText(decision);
	await sql`insert or ignore into import_decision (import, cle, geste, champs, effacer, par, le)
		select ${importId}, value, ${geste}, ${champs}, ${effacer}, ${par}, ${le} from json_each(${keys})`.execute(db);
}

const toText = ({ geste, champs, effacer, par, le }: SignedDecision) => ({
	geste,
	champs: champs && JSON.stringify(champs),
	effacer: JSON.stringify(effacer),
	par,
	le
});

interface DecisionColumns {
	readonly geste: string | null;
	readonly champs: string | null;
	readonly effacer: string | null;
	readonly par: string | null;
	readonly le: string | null;
}

function toDecision({ geste, champs, effacer, par, le }: DecisionColumns): SignedDecision | null {
	if (geste === null) return null;
	const said = LineDecision.parse({
		geste,
		champs: champs && JSON.parse(champs),
		effacer: JSON.parse(effacer ?? '[]')
	});
	return { ...said, par: par ?? '', le: le ?? '' };
}

type LineColumns = Omit<StoredLine, 'contenu' | 'decision' | 'lu' | 'genre' | 'doute'> & {
	readonly contenu: string;
	readonly lu: string;
	readonly genre: string;
	readonly doute: string | null;
};

function toLine(row: LineColumns & DecisionColumns): StoredLine {
	return {
		rang: row.rang,
		cle: row.cle,
		lu: row.lu as LineKind,
		genre: row.genre as LineKind,
		action: row.action,
		reference: row.reference,
		titre: row.titre,
		ligne: row.ligne,
		doute: row.doute as ChangeLine['doute'],
		proche: row.proche,
		videes: row.videes,
		contenu: JSON.parse(row.contenu),
		decision: toDecision(row)
	};
}
