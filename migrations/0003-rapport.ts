import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/* The anomalies leave the report for a table of their own: a page of them no longer reads them all. */

const STATEMENTS = [
	`CREATE TABLE import_anomalie (
		import INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
		rang INTEGER NOT NULL,
		code TEXT NOT NULL,
		gravite TEXT NOT NULL CHECK (gravite IN ('bloquant', 'a-verifier', 'info')),
		feuille TEXT,
		ligne INTEGER,
		colonne TEXT,
		colonne_index INTEGER,
		cellule TEXT,
		contenu TEXT,
		trouve TEXT,
		attendu TEXT,
		message TEXT NOT NULL,
		conseil TEXT,
		lignes TEXT,
		PRIMARY KEY (import, rang)
	) STRICT, WITHOUT ROWID`,
	`CREATE INDEX import_anomalie_contenu ON import_anomalie (import, code, contenu)`,
	// Reports written before: their anomalies had no cell, the header alone is kept.
	`INSERT INTO import_anomalie (import, rang, code, gravite, feuille, ligne, colonne, contenu, trouve, attendu, message, conseil, lignes)
		SELECT i.id, a.key, a.value ->> '$.code', a.value ->> '$.gravite', a.value ->> '$.feuille', a.value ->> '$.ligne',
			a.value ->> '$.colonne', a.value ->> '$.trouve', a.value ->> '$.trouve', a.value ->> '$.attendu',
			a.value ->> '$.message', a.value ->> '$.conseil', a.value -> '$.lignes'
		FROM import AS i, json_each(i.rapport, '$.anomalies') AS a`,
	`UPDATE import SET rapport = json_set(json_remove(rapport, '$.anomalies'), '$.compte', (
		SELECT json(coalesce(json_group_array(json_object('code', code, 'gravite', gravite, 'nombre', nombre)), '[]'))
		FROM (SELECT code, gravite, count(*) AS nombre FROM import_anomalie WHERE import = import.id GROUP BY code, gravite)
	))`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
