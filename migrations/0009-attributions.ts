import type { Kysely } from 'kysely';
import { sql } from 'kysely';

const STATEMENTS = [
	`CREATE TABLE attribution_import (
		id INTEGER NOT NULL PRIMARY KEY,
		fichier TEXT NOT NULL,
		sha256 TEXT NOT NULL,
		dispositif TEXT NOT NULL,
		rapport TEXT NOT NULL,
		par TEXT NOT NULL,
		le TEXT NOT NULL,
		annule_le TEXT
	) STRICT`,
	// The same grant may stand in several lists: the last one that was not taken back speaks.
	`CREATE TABLE attribution (
		import INTEGER NOT NULL REFERENCES attribution_import (id) ON DELETE CASCADE,
		cle TEXT NOT NULL,
		dispositif TEXT NOT NULL,
		annee INTEGER,
		montant INTEGER NOT NULL,
		contenu TEXT NOT NULL,
		PRIMARY KEY (import, cle)
	) STRICT`,
	`CREATE INDEX attribution_par_dispositif ON attribution (dispositif, cle)`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
