import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { isRefusal, type Refusal } from '../domain/issue';
import { backUp } from './db/backup';
import type { Db } from './db/client';

/** A copy of the base to be carried away: written aside, sent, and erased once sent or given up. */
export async function takeBackup(db: Db): Promise<{ stream: ReadableStream; octets: number } | Refusal> {
	const folder = mkdtempSync(join(tmpdir(), 'croisee-sauvegarde-'));
	const erase = () => rmSync(folder, { recursive: true, force: true });
	const path = join(folder, 'croisee.db');
	const done = await backUp(db, path);
	if (isRefusal(done)) {
		erase();
		return done;
	}
	const file = createReadStream(path);
	file.once('close', erase);
	return { stream: Readable.toWeb(file) as ReadableStream, octets: done.octets };
}
