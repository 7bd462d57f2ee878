import type { Kysely } from 'kysely';
import { sql } from 'kysely';

const STATEMENTS = [
	`ALTER TABLE import ADD COLUMN valide_par TEXT`,
	`ALTER TABLE import ADD COLUMN annule_le TEXT`,
	`ALTER TABLE import ADD COLUMN annule_par TEXT`,
	`UPDATE import SET valide_par = par WHERE etat <> 'prepare'`,
	// Choices made once for a file of this shape, proposed for the next one.
	`CREATE TABLE forme (
		plan TEXT NOT NULL,
		signature TEXT NOT NULL,
		choix TEXT NOT NULL,
		par TEXT NOT NULL,
		le TEXT NOT NULL,
		PRIMARY KEY (plan, signature)
	) STRICT`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
