import { sql } from 'kysely';
import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Refusal } from '../../domain/issue';
import { MIGRATION_NAMES, open, openBare, type Db } from './client';
import { copyInto } from './read-only';

/* The whole of what people did, in one file: it is taken while others work, and put back with what it replaces kept. */

/** What a base holds, in counts, for people to recognise it. */
export interface Holding {
	/** Stored: those somebody opened or imported into. Quartiers make others known, which are not counted. */
	readonly territoires: number;
	/** Of these, those with a document. */
	readonly avecPlan: number;
	readonly documents: number;
	readonly actions: number;
	readonly decisions: number;
}

export interface Backup extends Holding {
	readonly octets: number;
}

/** Writes a whole and consistent copy of an open base. Refused when the file is there already: a copy never eats another. */
export async function backUp(db: Db, path: string): Promise<Backup | Refusal> {
	if (existsSync(path))
		return { refus: `Le fichier « ${path} » existe déjà.`, conseil: 'Donnez un autre nom à cette sauvegarde.' };
	try {
		await copyInto(db, path);
	} catch {
		rmSync(path, { force: true });
		return {
			refus: `La sauvegarde ne peut pas s’écrire dans « ${path} ».`,
			conseil: 'Vérifiez le dossier, les droits et la place qui reste sur le disque.'
		};
	}
	return { ...(await holdingOf(db)), octets: statSync(path).size };
}

export interface Restored extends Holding {
	/** Where what was there before is kept; null when there was nothing. */
	readonly ancienne: string | null;
}

/**
 * Puts a copy in place of a base, which must not be open elsewhere. All is checked beforehand: when refused, nothing changed.
 * in     `suffixe`: what names the base set aside, « 2026-11-26-1130 »
 */
export async function putBack(path: string, base: string, suffixe: string): Promise<Restored | Refusal> {
	if (existsSync(base) && resolve(path) === resolve(base))
		return { refus: 'Ce fichier est déjà la base en service.', conseil: 'Donnez celui d’une sauvegarde.' };
	const faute = faultOf(path);
	if (faute) return faute;
	if (isBusy(base))
		return {
			refus: `La base « ${base} » est ouverte ailleurs.`,
			conseil: 'Arrêtez Croisée (Ctrl+C dans sa fenêtre), puis recommencez.'
		};
	const neuve = `${base}.reprise`;
	removeBase(neuve);
	try {
		copyFileSync(path, neuve);
		// A copy of a base in use keeps its last writings beside it.
		if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${neuve}-wal`);
		const holding = await holdingOfFile(neuve);
		const ancienne = existsSync(base) ? freeName(`${base.replace(/\.db$/, '')}-avant-reprise-${suffixe}`) : null;
		if (ancienne) renameSync(base, ancienne);
		for (const rest of ['-wal', '-shm']) rmSync(`${base}${rest}`, { force: true });
		renameSync(neuve, base);
		return { ...holding, ancienne };
	} finally {
		removeBase(neuve);
	}
}

/** Why a file is no copy of ours, or cannot be read by this version; null when all is well. */
function faultOf(path: string): Refusal | null {
	const conseil = 'Donnez un fichier écrit par « croisee sauvegarder ».';
	if (!existsSync(path)) return { refus: `Le fichier « ${path} » n’existe pas.`, conseil };
	let names: readonly string[];
	try {
		const sqlite = openBare(path, { readonly: true, fileMustExist: true });
		try {
			if (sqlite.ask('PRAGMA quick_check')[0] !== 'ok')
				return {
					refus: `« ${path} » est abîmé : il ne se lit pas en entier.`,
					conseil: 'Reprenez une autre sauvegarde.'
				};
			const ours = sqlite.ask("select 1 from sqlite_master where type = 'table' and name = 'migration'");
			if (!ours.length) return { refus: `« ${path} » n’est pas une base de Croisée.`, conseil };
			names = sqlite.ask('select name from migration').map(String);
		} finally {
			sqlite.close();
		}
	} catch {
		return { refus: `« ${path} » n’est pas une base de Croisée, ou est abîmé.`, conseil };
	}
	return names.every((name) => MIGRATION_NAMES.includes(name))
		? null
		: {
				refus: `« ${path} » vient d’une version plus récente de Croisée.`,
				conseil: 'Mettez Croisée à jour, puis recommencez.'
			};
}

/** Whether another process has the base open: only the last one may leave the journal mode. A damaged base is not busy. */
function isBusy(base: string): boolean {
	if (!existsSync(base)) return false;
	const sqlite = openBare(base, { timeout: 200 });
	try {
		sqlite.ask('PRAGMA journal_mode = DELETE');
		return false;
	} catch (error) {
		return /^SQLITE_(BUSY|LOCKED)/.test((error as { code?: string }).code ?? '');
	} finally {
		sqlite.close();
	}
}

/** Opens, brings up to date, counts, and closes: what is left is one file. */
async function holdingOfFile(path: string): Promise<Holding> {
	const db = await open(path);
	try {
		const holding = await holdingOf(db);
		await sql`PRAGMA journal_mode = DELETE`.execute(db);
		return holding;
	} finally {
		await db.destroy();
	}
}

async function holdingOf(db: Db): Promise<Holding> {
	const count = async (table: 'territoire' | 'document' | 'action' | 'decision') => {
		const row = await db.selectFrom(table).select(db.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
		return row.n;
	};
	const planned = await db
		.selectFrom('document')
		.select(sql<number>`count(DISTINCT territoire)`.as('n'))
		.executeTakeFirstOrThrow();
	return {
		territoires: await count('territoire'),
		avecPlan: planned.n,
		documents: await count('document'),
		actions: await count('action'),
		decisions: await count('decision')
	};
}

function freeName(stem: string): string {
	const names = ['', ...Array.from({ length: 99 }, (_, n) => `-${n + 2}`)];
	return names.map((n) => `${stem}${n}.db`).find((name) => !existsSync(name))!;
}

function removeBase(path: string): void {
	for (const rest of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${rest}`, { force: true });
}
