import type { Kysely } from 'kysely';
import { sql } from 'kysely';

const OF_DOCUMENT = (row: 'NEW' | 'OLD'): string => `(SELECT territoire FROM document WHERE id = ${row}.document)`;

const counts = (row: 'NEW' | 'OLD'): string =>
	`INSERT INTO revision (territoire, sujet, n)
		SELECT code, 'actions', 1 FROM (SELECT ${OF_DOCUMENT(row)} AS code) WHERE code IS NOT NULL
		ON CONFLICT (territoire, sujet) DO UPDATE SET n = n + 1;`;

const STATEMENTS = [
	// An action typed by hand comes from no import; one set aside stays, and is not counted.
	`CREATE TABLE action_nouvelle (
		id TEXT NOT NULL PRIMARY KEY,
		document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
		cle TEXT NOT NULL,
		ordre INTEGER NOT NULL,
		contenu TEXT NOT NULL,
		disparue INTEGER NOT NULL DEFAULT 0 CHECK (disparue IN (0, 1)),
		ecartee INTEGER NOT NULL DEFAULT 0 CHECK (ecartee IN (0, 1)),
		import INTEGER REFERENCES import (id),
		UNIQUE (document, cle)
	) STRICT`,
	`INSERT INTO action_nouvelle (id, document, cle, ordre, contenu, disparue, import)
		SELECT id, document, cle, ordre, contenu, disparue, import FROM action`,
	`DROP TABLE action`,
	`ALTER TABLE action_nouvelle RENAME TO action`,
	`CREATE INDEX action_par_document ON action (document, ordre)`,
	`CREATE TRIGGER revision_action_insert AFTER INSERT ON action BEGIN ${counts('NEW')} END`,
	`CREATE TRIGGER revision_action_update AFTER UPDATE ON action BEGIN ${counts('OLD')} ${counts('NEW')} END`,
	`CREATE TRIGGER revision_action_delete AFTER DELETE ON action BEGIN ${counts('OLD')} END`,
	// What a person did at once on one action or on many, and takes back at once.
	`CREATE TABLE geste (
		id INTEGER NOT NULL PRIMARY KEY,
		territoire TEXT NOT NULL REFERENCES territoire (code),
		genre TEXT NOT NULL,
		libelle TEXT NOT NULL,
		par TEXT NOT NULL,
		le TEXT NOT NULL,
		annule_le TEXT,
		annule_par TEXT
	) STRICT`,
	`ALTER TABLE action_changement ADD COLUMN geste INTEGER REFERENCES geste (id)`,
	`CREATE INDEX action_changement_par_geste ON action_changement (geste)`,
	// The order in which gestures, decisions and imports came, whoever wrote them: days alone do not tell it.
	`CREATE TABLE operation (
		id INTEGER NOT NULL PRIMARY KEY,
		territoire TEXT NOT NULL,
		genre TEXT NOT NULL CHECK (genre IN ('geste', 'decision', 'import')),
		numero INTEGER NOT NULL,
		UNIQUE (genre, numero)
	) STRICT`,
	`CREATE INDEX operation_par_territoire ON operation (territoire, id)`,
	`INSERT INTO operation (territoire, genre, numero)
		SELECT territoire, genre, numero FROM (
			SELECT territoire, 'import' AS genre, id AS numero, valide_le AS le FROM import WHERE valide_le IS NOT NULL
			UNION ALL
			SELECT territoire, 'decision', id, le FROM decision WHERE lot IS NULL OR lot = id
		) ORDER BY substr(le, 1, 10), genre DESC, numero`,
	`CREATE TRIGGER operation_geste AFTER INSERT ON geste BEGIN
		INSERT INTO operation (territoire, genre, numero) VALUES (NEW.territoire, 'geste', NEW.id);
	END`,
	// The first decision of a batch is bound to it afterwards: the others never are without it.
	`CREATE TRIGGER operation_decision AFTER INSERT ON decision WHEN NEW.lot IS NULL BEGIN
		INSERT INTO operation (territoire, genre, numero) VALUES (NEW.territoire, 'decision', NEW.id);
	END`,
	`CREATE TRIGGER operation_import AFTER UPDATE OF etat ON import WHEN NEW.etat = 'valide' AND OLD.etat <> 'valide' BEGIN
		INSERT OR IGNORE INTO operation (territoire, genre, numero) VALUES (NEW.territoire, 'import', NEW.id);
	END`,
	// A number is given again once its row is gone: its operation goes with it.
	...(['geste', 'decision', 'import'] as const).map(
		(table) => `CREATE TRIGGER operation_${table}_delete AFTER DELETE ON ${table} BEGIN
		DELETE FROM operation WHERE genre = '${table}' AND numero = OLD.id;
	END`
	)
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
