import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/* A published list of grants is kept as it came, packed: a figure is followed down to its cell. Null for lists loaded before. */

const STATEMENTS = [
	`ALTER TABLE attribution_import ADD COLUMN octets BLOB`,
	`ALTER TABLE attribution_import ADD COLUMN codage TEXT CHECK (codage IN ('gzip'))`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
