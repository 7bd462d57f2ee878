import type { Referentiel } from '../lib/domain/rules/referentiel';
import type { Db } from '../lib/server/db/client';

/** What a command receives. */
export interface Context {
	readonly db: Db;
	readonly ref: Referentiel;
	readonly asOf: string;
	readonly readFile: (path: string) => { bytes: Uint8Array; nom: string };
	readonly writeFile: (path: string, bytes: Uint8Array) => void;
	readonly stdin: () => Promise<string>;
}

/** What it answers: a document for machines, a text for people, an exit code. */
export interface Answer {
	readonly json: unknown;
	readonly lisible: string;
	readonly code?: 0 | 1;
}

/** Where a run reads and writes; that of the process unless a test looks on. */
export interface Io {
	readonly out: (text: string) => void;
	readonly err: (text: string) => void;
	readonly stdin: () => Promise<string>;
}

let guarded = false;

/** A reader that stops early (`| head`) is no fault: what is left to write goes nowhere. */
function write(text: string): void {
	if (!guarded) {
		guarded = true;
		process.stdout.on('error', (error: NodeJS.ErrnoException) => {
			if (error.code !== 'EPIPE') throw error;
		});
	}
	process.stdout.write(text);
}

export const PROCESS: Io = {
	out: write,
	err: (text) => process.stderr.write(text),
	stdin: async () => {
		const chunks: Buffer[] = [];
		for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
		return Buffer.concat(chunks).toString('utf8');
	}
};
