import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli';

export const AUJOURDHUI = '2026-11-22';

export interface Run {
	readonly code: number;
	readonly out: string;
	readonly err: string;
	/** Standard output, read as one JSON document; throws when it is anything else. */
	readonly json: unknown;
}

/** A folder of its own for a file of tests, and the command line pointed at a database there. */
export function bench() {
	const dossier = mkdtempSync(join(tmpdir(), 'croisee-'));
	const base = join(dossier, 'croisee.db');
	const call = async (args: readonly string[], stdin = ''): Promise<Run> => {
		let out = '';
		let err = '';
		const io = {
			out: (text: string) => void (out += text),
			err: (text: string) => void (err += text),
			stdin: async () => stdin
		};
		const code = await main(args, async () => {}, io);
		return {
			code,
			out,
			err,
			get json() {
				return JSON.parse(out);
			}
		};
	};
	return {
		dossier,
		base,
		/** Exactly these words. */
		call,
		/** A command on the shared database, on a fixed day, in JSON. */
		json: (args: readonly string[], stdin?: string) =>
			call([...args, '--base', base, '--aujourdhui', AUJOURDHUI, '--json'], stdin),
		/** The same, for people. */
		lire: (args: readonly string[], stdin?: string) =>
			call([...args, '--base', base, '--aujourdhui', AUJOURDHUI], stdin),
		clean: () => rmSync(dossier, { recursive: true, force: true })
	};
}
