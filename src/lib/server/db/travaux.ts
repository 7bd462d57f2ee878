import { sql, type Selectable } from 'kysely';
import type { DbOrTrx, Tables } from './client';

/* What became of the long works of the server, the last ones only. */

const KEPT = 200;

export type StoredJob = Selectable<Tables['travail']>;

/** Writes a work as it stands, over what was said of it. */
export async function put(db: DbOrTrx, job: StoredJob): Promise<void> {
	const { id: _id, ...fields } = job;
	await db
		.insertInto('travail')
		.values(job)
		.onConflict((c) => c.column('id').doUpdateSet(fields))
		.execute();
	await db
		.deleteFrom('travail')
		.where(sql<boolean>`rowid <= (select max(rowid) from travail) - ${KEPT}`)
		.execute();
}

export async function get(db: DbOrTrx, id: string): Promise<StoredJob | null> {
	return (await db.selectFrom('travail').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}
