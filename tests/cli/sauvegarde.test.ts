import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { open } from '../../src/lib/server/db/client';
import { bench } from './run';

const { lire, json, base, dossier, clean } = bench();
const CODE = 'ZZ0000001';
const copie = join(dossier, 'copie.db');
const files = () => readdirSync(dossier).sort();
const actions = async () => (await json(['actions', '--territoire', CODE])).out;

beforeAll(async () => {
	expect((await lire(['demo'])).code).toBe(0);
}, 120_000);
afterAll(clean);

describe('sauvegarder, puis restaurer', () => {
	it('rend la base telle qu’elle était, et garde à côté celle qu’elle remplace', async () => {
		const before = await actions();
		const saved = (await json(['sauvegarder', copie])).json as Record<string, unknown>;
		expect(saved).toMatchObject({ schema: 'croisee/sauvegarde/1', fichier: copie, territoires: 1, documents: 4 });
		expect(saved.octets).toBe(readFileSync(copie).length);

		const db = await open(base);
		await db.updateTable('action').set({ ecartee: 1 }).where('contenu', 'like', '%logement%').execute();
		await db.destroy();
		expect(await actions()).not.toBe(before);

		const changed = await actions();
		const done = (await json(['restaurer', copie])).json as { ancienne: string };
		expect(done).toMatchObject({
			schema: 'croisee/restauration/1',
			territoires: 1,
			documents: 4,
			actions: saved.actions
		});
		expect(await actions()).toBe(before);
		expect(existsSync(done.ancienne)).toBe(true);

		// What was set aside is a whole base too.
		expect((await lire(['restaurer', done.ancienne])).code).toBe(0);
		expect(await actions()).toBe(changed);
		await json(['restaurer', copie]);
		expect(await actions()).toBe(before);
	});

	it('une sauvegarde n’en écrase jamais une autre', async () => {
		const before = readFileSync(copie);
		const run = await lire(['sauvegarder', copie]);
		expect([run.code, run.out]).toEqual([3, '']);
		expect(run.err).toMatch(/existe déjà/);
		expect(readFileSync(copie).equals(before)).toBe(true);
	});

	it('se prend pendant que Croisée sert, avec ce qui vient d’être écrit', async () => {
		const serving = await open(base);
		await serving.updateTable('action').set({ cle: 'à l’instant' }).where('ordre', '=', 1).execute();
		const seen = join(dossier, 'pendant.db');
		expect((await lire(['sauvegarder', seen])).code).toBe(0);
		const kept = await open(seen);
		const rows = await kept.selectFrom('action').select('id').where('cle', '=', 'à l’instant').execute();
		await kept.destroy();
		await serving.destroy();
		expect(rows.length).toBeGreaterThan(0);
	});
});

describe('une reprise refusée ne touche à rien', () => {
	const refused: [string, () => string, RegExp][] = [
		['un fichier absent', () => join(dossier, 'rien.db'), /n’existe pas/],
		['un tableur', () => written('plan.db', Buffer.from('Titre;Budget\nVélo;12\n')), /n’est pas une base de Croisée/],
		['une sauvegarde tronquée', () => written('coupee.db', readFileSync(copie).subarray(0, 60_000)), /abîmé/],
		['la base elle-même', () => base, /déjà la base en service/]
	];
	function written(name: string, bytes: Uint8Array): string {
		writeFileSync(join(dossier, name), bytes);
		return join(dossier, name);
	}

	it.each(refused)('%s', async (_, file, words) => {
		const [path, before] = [file(), await actions()];
		const there = files();
		const run = await lire(['restaurer', path]);
		expect(run.err).toMatch(words);
		expect([run.code, run.out]).toEqual([3, '']);
		expect(await actions()).toBe(before);
		expect(files().filter((name) => !/-(wal|shm)$/.test(name))).toEqual(
			there.filter((name) => !/-(wal|shm)$/.test(name))
		);
	});

	it('une base SQLite qui n’est pas de Croisée', async () => {
		const other = await open(join(dossier, 'autre.db'));
		await sql`drop table migration`.execute(other);
		await other.destroy();
		expect((await lire(['restaurer', join(dossier, 'autre.db')])).err).toMatch(/n’est pas une base de Croisée/);
	});

	it('une sauvegarde d’une version à venir', async () => {
		const ahead = join(dossier, 'demain.db');
		copyFileSync(copie, ahead);
		const db = await open(ahead);
		await sql`insert into migration (name, timestamp) values ('9999-demain', '2030-01-01')`.execute(db);
		await db.destroy();
		const run = await lire(['restaurer', ahead]);
		expect(run.code).toBe(3);
		expect(run.err).toMatch(/version plus récente/);
	});

	it('une base ouverte par une autre fenêtre', async () => {
		const serving = await open(base);
		const run = await lire(['restaurer', copie]);
		await serving.destroy();
		expect(run.code).toBe(3);
		expect(run.err).toMatch(/ouverte ailleurs.*Arrêtez Croisée/s);
	});
});
