import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/* At which count of the territory an action was last written: what was read before is not read again. */

/** One more than the count of `revision`, whichever of the two triggers goes first: never less than what a reader has seen. */
const WRITTEN = `INSERT INTO action_ecrite (action, n)
	SELECT NEW.id, 1 + coalesce((
		SELECT revision.n FROM revision JOIN document ON document.territoire = revision.territoire
		WHERE document.id = NEW.document AND revision.sujet = 'actions'
	), 0) WHERE true
	ON CONFLICT (action) DO UPDATE SET n = excluded.n;`;

const STATEMENTS = [
	`CREATE TABLE action_ecrite (action TEXT NOT NULL PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
	`CREATE TRIGGER action_ecrite_insert AFTER INSERT ON action BEGIN ${WRITTEN} END`,
	`CREATE TRIGGER action_ecrite_update AFTER UPDATE ON action BEGIN ${WRITTEN} END`,
	`CREATE TRIGGER action_ecrite_delete AFTER DELETE ON action BEGIN DELETE FROM action_ecrite WHERE action = OLD.id; END`
];

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
