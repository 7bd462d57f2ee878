import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/* Outlines of communes, from a file somebody has: drawn under the quartiers, and nothing is computed from them. */

const STATEMENTS = [
	`CREATE TABLE commune_contour (
		code TEXT NOT NULL PRIMARY KEY,
		nom TEXT NOT NULL,
		geometrie TEXT NOT NULL,
		source TEXT NOT NULL,
		importe_le TEXT NOT NULL
	) STRICT`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
