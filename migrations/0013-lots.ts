import type { Kysely } from 'kysely';
import { sql } from 'kysely';

const STATEMENTS = [
	// Decisions taken in one gesture: the id of the first of them; null for a decision taken alone.
	`ALTER TABLE decision ADD COLUMN lot INTEGER`,
	`ALTER TABLE decision ADD COLUMN annulee_par TEXT`,
	`CREATE INDEX decision_par_lot ON decision (territoire, lot)`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
