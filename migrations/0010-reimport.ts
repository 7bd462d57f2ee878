import type { Kysely } from 'kysely';
import { sql } from 'kysely';

const STATEMENTS = [
	// The journal of an action was a list of imports: edits and undos now have their line, in the order things happened.
	`CREATE TABLE journal (
		id INTEGER NOT NULL PRIMARY KEY,
		import INTEGER REFERENCES import (id),
		action TEXT NOT NULL,
		avant TEXT,
		apres TEXT,
		genre TEXT NOT NULL DEFAULT 'import'
			CHECK (genre IN ('import', 'tenue', 'saisie', 'garde', 'reprise', 'annulation')),
		par TEXT,
		le TEXT
	) STRICT`,
	`INSERT INTO journal (import, action, avant, apres)
		SELECT import, action, avant, apres FROM action_changement ORDER BY rowid`,
	`DROP TABLE action_changement`,
	`ALTER TABLE journal RENAME TO action_changement`,
	`CREATE INDEX action_changement_par_action ON action_changement (action, id)`,
	`CREATE INDEX action_changement_par_import ON action_changement (import, genre)`,
	// What a file changes, line by line: out of the report, so that a page reads only what it shows.
	`CREATE TABLE import_changement (
		import INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
		rang INTEGER NOT NULL,
		cle TEXT NOT NULL,
		lu TEXT NOT NULL,
		genre TEXT NOT NULL,
		action TEXT,
		reference TEXT,
		titre TEXT NOT NULL,
		ligne INTEGER,
		doute TEXT,
		proche TEXT,
		videes INTEGER NOT NULL,
		contenu TEXT NOT NULL,
		PRIMARY KEY (import, rang)
	) STRICT`,
	`CREATE INDEX import_changement_par_cle ON import_changement (import, cle)`,
	`CREATE INDEX import_changement_par_genre ON import_changement (import, genre, rang)`,
	// Apart from the lines: a file read again with other choices keeps the answers already given.
	`CREATE TABLE import_decision (
		import INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
		cle TEXT NOT NULL,
		geste TEXT NOT NULL,
		champs TEXT,
		effacer TEXT NOT NULL,
		par TEXT NOT NULL,
		le TEXT NOT NULL,
		PRIMARY KEY (import, cle)
	) STRICT`,
	`INSERT INTO import_changement
		(import, rang, cle, lu, genre, action, reference, titre, ligne, doute, proche, videes, contenu)
		SELECT i.id, c.key, 'x:' || c.key, c.value ->> 'genre', c.value ->> 'genre', c.value ->> 'id',
			c.value ->> 'reference', c.value ->> 'titre', c.value ->> 'ligne', NULL, NULL,
			json_array_length(c.value -> 'videes'),
			json_object(
				'champs', (SELECT json_group_array(json_object('champ', f.value,
					'avant', (a.avant ->> 'contenu') -> ('$.' || f.value), 'apres', (a.apres ->> 'contenu') -> ('$.' || f.value)))
					FROM json_each(c.value -> 'champs') AS f),
				'videes', (SELECT json_group_array(json_object('champ', f.value)) FROM json_each(c.value -> 'videes') AS f)
			)
		FROM import AS i
		JOIN json_each(i.rapport, '$.changements') AS c
		LEFT JOIN action_changement AS a ON a.import = i.id AND a.action = c.value ->> 'id'`,
	`UPDATE import SET rapport = json_set(rapport, '$.changements', json('[]'))`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
