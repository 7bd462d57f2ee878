import { CompiledQuery, sql } from 'kysely';
import { Action, ActionDraft } from '../../domain/action';
import type { StoredAction } from '../../domain/import/import-diff';
import type { DbOrTrx } from './client';
import { insertRows } from './insert-rows';
import { typedSince } from './journal';

/** A row of `action`, as it was before or after an import. */
export interface ActionImage {
	readonly cle: string;
	readonly ordre: number;
	readonly contenu: string;
	readonly disparue: number;
	/** Absent in the journal of before. */
	readonly ecartee?: number;
	readonly import: number | null;
}

const selectAll = (db: DbOrTrx) =>
	db
		.selectFrom('action')
		.innerJoin('document', 'document.id', 'action.document')
		.select([
			...(['action.id', 'action.document', 'action.disparue', 'action.contenu'] as const),
			...(['document.plan', 'document.territoire'] as const)
		]);

/** Actions read earlier, and how many times those of their territory had been written then: see `readRevisions`. */
export interface ReadBefore {
	readonly actions: readonly Action[];
	readonly revision: number;
}

/**
 * Every action of a territory, document after document, in the order of the files; gone ones included and said, those set
 * aside left out.
 * in     `before`: actions read earlier; those nobody wrote since are given back as they are, not read again
 */
export async function listByTerritory(db: DbOrTrx, code: string, before?: ReadBefore): Promise<readonly Action[]> {
	const shelves = await shelvesOf(db, code);
	const found =
		(before && (await writtenOver(db, code, before, shelves))) ?? (await readAll(db, code, before?.actions));
	shelvesAt.set(found, shelves);
	return found;
}

async function readAll(db: DbOrTrx, code: string, before: readonly Action[] = []): Promise<readonly Action[]> {
	const rows = await selectAll(db)
		.select('action.ordre')
		.where('document.territoire', '=', code)
		.where('action.ecartee', '=', 0)
		.orderBy('document.id')
		.orderBy('action.ordre')
		.orderBy('action.id')
		.execute();
	const known = new Map(before.map((action) => [action.id, action]));
	return rows.map((row) => heldOr(known.get(row.id), row));
}

/** How many actions each document holds, those set aside apart, and of what kind it is. */
async function shelvesOf(db: DbOrTrx, code: string): Promise<string> {
	const rows = await db
		.selectFrom('document')
		.innerJoin('action', 'action.document', 'document.id')
		.where('document.territoire', '=', code)
		.select(['document.id', 'document.plan'])
		.select((e) => [e.fn.countAll<number>().as('n'), e.fn.sum<number>('action.ecartee').as('ecartees')])
		.groupBy('document.id')
		.orderBy('document.id')
		.execute();
	return JSON.stringify(rows);
}
const shelvesAt = new WeakMap<readonly Action[], string>();

/** The same list with what was written since in its place; null when something came, went or moved. */
async function writtenOver(
	db: DbOrTrx,
	code: string,
	{ actions, revision }: ReadBefore,
	shelves: string
): Promise<readonly Action[] | null> {
	if (shelvesAt.get(actions) !== shelves) return null;
	const rows = await selectAll(db)
		.innerJoin('action_ecrite', 'action_ecrite.action', 'action.id')
		.select(['action.ordre', 'action.ecartee'])
		.where('document.territoire', '=', code)
		.where('action_ecrite.n', '>', revision)
		.execute();
	const now = [...actions];
	for (const { ecartee, ...row } of rows) {
		const at = actions.findIndex((action) => action.id === row.id);
		if (at < 0 && ecartee === 1) continue;
		const from = at < 0 || ecartee === 1 ? undefined : readFrom.get(actions[at]!);
		if (from?.document !== row.document || from.ordre !== row.ordre) return null;
		now[at] = heldOr(actions[at], row);
	}
	return now;
}

/**
 * The same list with what was written since in its place, when nothing else of the plans of the territory was: an action
 * written over itself counts twice, and each that says something else was written.
 * out    null: something else may have changed, documents included
 */
export async function writtenAlone(db: DbOrTrx, code: string, before: ReadBefore): Promise<readonly Action[] | null> {
	const { actions, revision } = before;
	// Counted in the same statement: nothing is written between the two. Few of the other territories are as far.
	const { rows } = await db.executeQuery<Row & { readonly ecartee: number; readonly compte: number }>(
		CompiledQuery.raw(
			`SELECT a.id, a.document, a.disparue, a.contenu, a.ordre, a.ecartee, d.plan, d.territoire, r.n AS compte
			FROM revision AS r CROSS JOIN action_ecrite AS e CROSS JOIN action AS a CROSS JOIN document AS d
			WHERE r.territoire = ? AND r.sujet = 'actions' AND e.n > ? AND e.n <= r.n + 1
				AND a.id = e.action AND d.id = a.document AND d.territoire = r.territoire`,
			[code, revision]
		)
	);
	const now = [...actions];
	let written = 0;
	for (const { ecartee, compte: _, ...row } of rows) {
		const at = actions.findIndex((action) => action.id === row.id);
		const held = actions[at];
		const from = held && readFrom.get(held);
		if (ecartee === 1 || from?.document !== row.document || from.plan !== row.plan || from.ordre !== row.ordre)
			return null;
		now[at] = heldOr(held, row);
		if (now[at] !== held) written++;
	}
	const shelves = shelvesAt.get(actions);
	if (written === 0 || rows[0]!.compte - revision !== 2 * written || shelves === undefined) return null;
	shelvesAt.set(now, shelves);
	return now;
}

type Row = Awaited<ReturnType<ReturnType<typeof selectAll>['execute']>>[number] & { readonly ordre: number };

const readFrom = new WeakMap<Action, Row>();

/** The action read earlier when its row still says the same. */
function heldOr(held: Action | undefined, row: Row): Action {
	const from = held && readFrom.get(held);
	const same = from?.contenu === row.contenu && from.disparue === row.disparue && from.plan === row.plan;
	const action = same && from.document === row.document ? held! : readAction(row);
	readFrom.set(action, row);
	return action;
}

/** Some actions of a territory, by id; those set aside are not among them. */
export async function getSome(db: DbOrTrx, code: string, ids: readonly string[]): Promise<ReadonlyMap<string, Action>> {
	const rows = await selectAll(db)
		.where('document.territoire', '=', code)
		.where('action.ecartee', '=', 0)
		.where('action.id', 'in', among(ids))
		.execute();
	return new Map(rows.map((row) => [row.id, readAction(row)]));
}

/** However many, one parameter. */
const among = (ids: readonly string[]) => sql<string>`(select value from json_each(${JSON.stringify(ids)}))`;

/** Actions of a territory that people set aside. */
export async function setAsideOf(db: DbOrTrx, code: string): Promise<Action[]> {
	const query = selectAll(db).where('document.territoire', '=', code).where('action.ecartee', '=', 1);
	return (await query.orderBy('action.id').execute()).map(readAction);
}

export async function get(db: DbOrTrx, id: string): Promise<Action | null> {
	const row = await selectAll(db).where('action.id', '=', id).executeTakeFirst();
	return row ? readAction(row) : null;
}

export function readAction(row: {
	id: string;
	document: number;
	plan: string;
	contenu: string;
	disparue: number;
}): Action {
	const { id, document, plan } = row;
	return Action.parse(Object.assign(JSON.parse(row.contenu), { id, document, plan, disparue: row.disparue === 1 }));
}

/** Actions of one document as the comparison of two files wants them. */
export async function storedOf(db: DbOrTrx, document: number): Promise<StoredAction[]> {
	const rows = await db
		.selectFrom('action')
		.select(['id', 'cle', 'ordre', 'contenu', 'disparue', 'ecartee', 'import'])
		.where('document', '=', document)
		.orderBy('ordre')
		.orderBy('id')
		.execute();
	const typed = await typedSince(db, document);
	return rows.map((r) => ({
		id: r.id,
		cle: r.cle,
		ordre: r.ordre,
		disparue: r.disparue === 1,
		contenu: ActionDraft.parse(JSON.parse(r.contenu)),
		...(r.ecartee ? { ecartee: true } : {}),
		import: r.import,
		...(typed.has(r.id) ? { saisies: typed.get(r.id)! } : {})
	}));
}

/** Some actions as they are stored, by id; one that is not there is not in the map. */
export async function imagesOf(db: DbOrTrx, ids: readonly string[]): Promise<ReadonlyMap<string, ActionImage>> {
	const rows = await db
		.selectFrom('action')
		.select(['id', 'cle', 'ordre', 'contenu', 'disparue', 'ecartee', 'import'])
		.where('id', 'in', among(ids))
		.execute();
	return new Map(rows.map(({ id, ...image }) => [id, image]));
}

export async function countOf(db: DbOrTrx, document: number): Promise<number> {
	const query = db.selectFrom('action').where('document', '=', document);
	return (await query.select((e) => e.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n;
}

/** Ids of the actions that the last version of a document no longer had. */
export async function goneOf(db: DbOrTrx, document: number): Promise<string[]> {
	const query = db.selectFrom('action').select('id').where('document', '=', document).where('disparue', '=', 1);
	return (await query.orderBy('ordre').orderBy('id').execute()).map((row) => row.id);
}

/** Writes actions of one document over themselves, or takes out those whose image is null. */
export async function putAll(
	db: DbOrTrx,
	document: number,
	images: readonly { readonly id: string; readonly image: ActionImage | null }[]
): Promise<void> {
	const gone = images.filter(({ image }) => image === null).map(({ id }) => id);
	if (gone.length > 0) await sql`delete from action where id in ${among(gone)}`.execute(db);
	const kept = images.flatMap(({ id, image }) =>
		image
			? [[id, document, image.cle, image.ordre, image.contenu, image.disparue, image.ecartee ?? 0, image.import]]
			: []
	);
	const over = ['cle', 'ordre', 'contenu', 'disparue', 'ecartee', 'import'].map(
		(column) => `"${column}" = excluded."${column}"`
	);
	await insertRows(
		db,
		'action',
		['id', 'document', 'cle', 'ordre', 'contenu', 'disparue', 'ecartee', 'import'],
		kept,
		`ON CONFLICT (id) DO UPDATE SET ${over.join(', ')}`
	);
}
