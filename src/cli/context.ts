import type { Referentiel } from '../lib/domain/referentiel';
import type { Db } from '../lib/server/db/client';

/** What a command receives. */
export interface Context {
	readonly db: Db;
	readonly ref: Referentiel;
	readonly asOf: string;
	readonly readFile: (path: string) => { bytes: Uint8Array; nom: string };
	readonly writeFile: (path: string, bytes: Uint8Array) => void;
	readonly stdin: () => string;
}

/** What it answers: a document for machines, a text for people, an exit code. */
export interface Answer {
	readonly json: unknown;
	readonly lisible: string;
	readonly code?: 0 | 1;
}
