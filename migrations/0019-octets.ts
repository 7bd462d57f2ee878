import type { Kysely } from 'kysely';
import { sql } from 'kysely';

const STATEMENTS = [
	// A table in text is kept packed: its own size is then no longer that of what is kept.
	`ALTER TABLE import ADD COLUMN codage TEXT CHECK (codage IN ('gzip'))`,
	`ALTER TABLE import ADD COLUMN taille INTEGER`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
