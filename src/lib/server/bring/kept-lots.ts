import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathOf, type Db } from '../db/client';
import type { HeldFile, Lot } from './held-files';

/* The files brought, in a folder beside the base: a server started again still has them. A base in memory keeps none. */

const LOT = 'lot.json';
const ID = /^[\da-f-]{36}$/;
/** What is being written of a lot: one thing after the other. */
const traces = new WeakMap<Lot, Promise<void>>();
const written = new WeakSet<HeldFile>();

const folderOf = (db: Db): string | null => {
	const base = pathOf(db);
	return base === null ? null : `${base}.apports`;
};

/** Writes where a lot stands; a folder that cannot be written takes nothing away from the lot. */
export function keepLot(db: Db, lot: Lot): Promise<void> {
	const folder = folderOf(db);
	if (folder === null) return Promise.resolve();
	const next = (traces.get(lot) ?? Promise.resolve()).then(() => write(join(folder, lot.id), lot)).catch(() => {});
	traces.set(lot, next);
	return next;
}

async function write(folder: string, lot: Lot): Promise<void> {
	await mkdir(folder, { recursive: true, mode: 0o700 });
	for (const [i, file] of lot.fichiers.entries()) {
		if (file.bytes.length === 0) await rm(join(folder, String(i)), { force: true });
		else if (!written.has(file)) await writeFile(join(folder, String(i)), file.bytes);
		written.add(file);
	}
	const fichiers = lot.fichiers.map(({ fichier, reconnu, issue }) => ({
		...{ fichier, reconnu },
		issue: issue?.etat === 'attente' ? null : issue
	}));
	await writeFile(join(folder, LOT), JSON.stringify({ territoire: lot.territoire, depuis: lot.depuis, fichiers }));
}

/** A lot that an earlier server kept; null when there is none, or when it is too old. */
export async function keptLot(db: Db, id: string, most: number): Promise<Lot | null> {
	const folder = folderOf(db);
	if (folder === null || !ID.test(id)) return null;
	await forgetOld(folder, most);
	try {
		const kept = JSON.parse(await readFile(join(folder, id, LOT), 'utf8')) as Omit<Lot, 'id'>;
		const fichiers = await Promise.all(
			kept.fichiers.map(async (file, i): Promise<HeldFile> => {
				const bytes = new Uint8Array(await readFile(join(folder, id, String(i))).catch(() => new Uint8Array()));
				const held = { ...file, bytes };
				written.add(held);
				return held;
			})
		);
		return { ...kept, id, fichiers };
	} catch {
		return null;
	}
}

/** Lots nobody came back to. */
async function forgetOld(folder: string, most: number): Promise<void> {
	for (const name of await readdir(folder).catch(() => []))
		if (ID.test(name)) {
			const path = join(folder, name);
			const told = await stat(join(path, LOT)).catch(() => null);
			if (!told || Date.now() - told.mtimeMs > most) await rm(path, { recursive: true, force: true });
		}
}
