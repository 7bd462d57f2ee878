import type { Kysely } from 'kysely';
import { sql } from 'kysely';

const STATEMENTS = [
	// What became of a long work is told to who comes back to its page, even after the server was started again.
	`CREATE TABLE travail (
		id TEXT NOT NULL PRIMARY KEY,
		genre TEXT NOT NULL,
		fichier TEXT,
		import INTEGER,
		etat TEXT NOT NULL CHECK (etat IN ('attente', 'en-cours', 'fini', 'refuse', 'annule')),
		refus TEXT,
		conseil TEXT
	) STRICT`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
