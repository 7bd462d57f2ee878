import { sql } from 'kysely';
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Db } from './client';

/** From here on, whatever asks this connection to write is refused by SQLite itself; reading and copying go on. */
export async function keepFromWriting(db: Db): Promise<void> {
	await sql`PRAGMA query_only = ON`.execute(db);
}

/** Copying a base into another file changes nothing in it, and yet counts as writing: allowed for that one statement. */
export async function copyInto(db: Db, path: string): Promise<void> {
	await db.connection().execute(async (one) => {
		const kept = await sql<{ query_only: number }>`PRAGMA query_only`.execute(one);
		if (!kept.rows[0]?.query_only) return void (await sql`VACUUM INTO ${path}`.execute(one));
		await sql`PRAGMA query_only = OFF`.execute(one);
		try {
			await sql`VACUUM INTO ${path}`.execute(one);
		} finally {
			await keepFromWriting(one);
		}
	});
}

/** Whether this process may write in a base, and beside it: SQLite keeps its journal there. One not made yet can. */
export function mayWrite(path: string): boolean {
	if (path === ':memory:' || !existsSync(path)) return true;
	try {
		accessSync(path, constants.W_OK);
		accessSync(dirname(path), constants.W_OK);
		return true;
	} catch {
		return false;
	}
}
