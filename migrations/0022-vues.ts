import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/* Readings of a matrix that somebody named, to come back to or to compare with. */

const STATEMENTS = [
	`CREATE TABLE vue (
		id INTEGER NOT NULL PRIMARY KEY,
		territoire TEXT NOT NULL,
		nom TEXT NOT NULL,
		requete TEXT NOT NULL,
		par TEXT NOT NULL,
		le TEXT NOT NULL,
		retiree_le TEXT,
		retiree_par TEXT
	) STRICT`,
	// A name may serve again once its view is taken away.
	`CREATE UNIQUE INDEX vue_par_nom ON vue (territoire, nom) WHERE retiree_le IS NULL`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
