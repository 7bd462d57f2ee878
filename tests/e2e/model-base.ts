import Database from 'better-sqlite3';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/* The demonstration as the server wrote it into an empty base, kept before any test: what each file of journeys starts from. */

// The process that reads the configuration first says where, and those it starts hear it.
const folder = (process.env.CROISEE_DOSSIER_TEST ??= mkdtempSync(join(tmpdir(), 'croisee-e2e-')));

/** Base of the server that pages are looked at on. */
export const SHARED = join(folder, 'croisee.db');
export const MODEL = join(folder, 'modele.db');

/** Called once that server answers. */
export default function keepModel(): void {
	const shared = new Database(SHARED, { readonly: true });
	shared.prepare('VACUUM INTO ?').run(MODEL);
	shared.close();
}
