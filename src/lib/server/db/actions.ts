import { Action, ActionDraft } from '../../domain/action';
import type { StoredAction } from '../../domain/import/import-diff';
import type { DbOrTrx } from './client';

/** A row of `action`, as it was before or after an import. */
export interface ActionImage {
	readonly cle: string;
	readonly ordre: number;
	readonly contenu: string;
	readonly disparue: number;
	readonly import: number;
}

const selectAll = (db: DbOrTrx) =>
	db
		.selectFrom('action')
		.innerJoin('document', 'document.id', 'action.document')
		.select([
			'action.id',
			'action.document',
			'action.contenu',
			'action.disparue',
			'document.plan',
			'document.territoire'
		]);

/** Every action of a territory, document after document, in the order of the files; gone ones included and said. */
export async function listByTerritory(db: DbOrTrx, code: string): Promise<Action[]> {
	const rows = await selectAll(db)
		.where('document.territoire', '=', code)
		.orderBy('document.id')
		.orderBy('action.ordre')
		.orderBy('action.id')
		.execute();
	return rows.map(toAction);
}

export async function get(db: DbOrTrx, id: string): Promise<Action | null> {
	const row = await selectAll(db).where('action.id', '=', id).executeTakeFirst();
	return row ? toAction(row) : null;
}

function toAction(row: { id: string; document: number; plan: string; contenu: string; disparue: number }): Action {
	const { id, document, plan } = row;
	return Action.parse({ ...JSON.parse(row.contenu), id, document, plan, disparue: row.disparue === 1 });
}

/** Actions of one document as the comparison of two files wants them. */
export async function storedOf(db: DbOrTrx, document: number): Promise<StoredAction[]> {
	const rows = await db
		.selectFrom('action')
		.select(['id', 'cle', 'ordre', 'contenu', 'disparue'])
		.where('document', '=', document)
		.orderBy('ordre')
		.orderBy('id')
		.execute();
	return rows.map((r) => ({
		id: r.id,
		cle: r.cle,
		ordre: r.ordre,
		disparue: r.disparue === 1,
		contenu: ActionDraft.parse(JSON.parse(r.contenu))
	}));
}

export async function imageOf(db: DbOrTrx, id: string): Promise<ActionImage | null> {
	const row = await db
		.selectFrom('action')
		.select(['cle', 'ordre', 'contenu', 'disparue', 'import'])
		.where('id', '=', id)
		.executeTakeFirst();
	return row ?? null;
}

/** Writes an action over itself, or takes it out when the image is null. */
export async function put(db: DbOrTrx, id: string, document: number, image: ActionImage | null): Promise<void> {
	if (image === null) {
		await db.deleteFrom('action').where('id', '=', id).execute();
		return;
	}
	await db
		.insertInto('action')
		.values({ id, document, ...image })
		.onConflict((c) => c.column('id').doUpdateSet({ ...image }))
		.execute();
}

/** What an import did to an action; the first image of an import is the one to come back to. */
export async function recordChange(
	db: DbOrTrx,
	change: { import: number; action: string; avant: ActionImage | null; apres: ActionImage | null }
): Promise<void> {
	await db
		.insertInto('action_changement')
		.values({
			import: change.import,
			action: change.action,
			avant: change.avant && JSON.stringify(change.avant),
			apres: change.apres && JSON.stringify(change.apres)
		})
		.execute();
}

export interface RecordedChange {
	readonly import: number;
	readonly action: string;
	readonly avant: ActionImage | null;
	readonly apres: ActionImage | null;
}

export async function changesOf(db: DbOrTrx, importId: number): Promise<RecordedChange[]> {
	const rows = await db.selectFrom('action_changement').selectAll().where('import', '=', importId).execute();
	return rows.map(toChange);
}

/** Every change of one action, oldest import first: its history. */
export async function historyOf(db: DbOrTrx, action: string): Promise<RecordedChange[]> {
	const rows = await db
		.selectFrom('action_changement')
		.selectAll()
		.where('action', '=', action)
		.orderBy('import')
		.execute();
	return rows.map(toChange);
}

const toChange = (row: {
	import: number;
	action: string;
	avant: string | null;
	apres: string | null;
}): RecordedChange => ({
	import: row.import,
	action: row.action,
	avant: row.avant === null ? null : JSON.parse(row.avant),
	apres: row.apres === null ? null : JSON.parse(row.apres)
});
