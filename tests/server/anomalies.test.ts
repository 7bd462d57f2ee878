import { sql, type Kysely } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { up } from '../../migrations/0003-rapport';
import type { Anomalie } from '../../src/lib/domain/import/anomalies';
import { isRefusal } from '../../src/lib/domain/issue';
import * as anomalies from '../../src/lib/server/db/anomalies';
import { open, type Db } from '../../src/lib/server/db/client';
import * as imports from '../../src/lib/server/db/imports';
import { commitImport, restageImport, stageImport } from '../../src/lib/server/plans/import-document';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const ref = loadReferentiel();
const by = { par: 'Camille', le: '2026-11-22' };
const csv = (...rows: string[]): Uint8Array => new TextEncoder().encode(`${rows.join('\n')}\n`);
const FAULTY = csv(
	'N°;Titre;Coût HT;Statut;Financeur 1;Montant € HT;Financeur 2;Montant € HT',
	'1;Isoler l’école;entre 200 et 500 k€;En cours;Région;beaucoup;Département;beaucoup',
	'2;Planter;12 000 €;Dans les tuyaux;Région;5 000;Département;des sous',
	'3;;5 000 €;;;;;',
	'4;Éclairer;peu;Dans les tuyaux;;;;'
);

let db: Db;
beforeEach(async () => {
	db = await open(':memory:');
});

async function staged(bytes = FAULTY): Promise<number> {
	const done = await stageImport(db, ref, { bytes, fichier: 'plan.csv', territoire: '246200364', plan: 'plh', ...by });
	if (isRefusal(done)) throw new Error(done.refus);
	expect(await anomalies.listAll(db, done.id)).toEqual(done.rapport.anomalies);
	return done.id;
}
const page = { tri: 'ligne', from: 0, size: 50 } as const;
const cells = async (id: number, filter: anomalies.AnomalyFilter): Promise<(string | null)[]> =>
	(await anomalies.listPage(db, id, filter, page)).anomalies.map((a) => a.cellule);

describe('les anomalies d’un import', () => {
	test('nomment chacune leur cellule, même sous deux en-têtes égaux', async () => {
		const id = await staged();
		expect(await cells(id, { code: 'montant-intervalle' })).toEqual(['C2']);
		expect(await cells(id, { code: 'montant-illisible' })).toEqual(['F2', 'H2', 'H3', 'C5']);
		expect(await cells(id, { code: 'titre-absent' })).toEqual(['B4']);
	});

	test('se filtrent par gravité, nature, colonne, et par mots sans leurs accents', async () => {
		const id = await staged();
		expect(await cells(id, { gravite: 'bloquant' })).toEqual(['B4']);
		expect(await cells(id, { colonne: 'Statut' })).toEqual(['D3', 'D5']);
		expect(await cells(id, { q: 'TUYAÙX' })).toEqual(['D3', 'D5']);
		expect(await cells(id, { q: 'tuyaux', gravite: 'bloquant' })).toEqual([]);
		expect(await cells(id, { q: 'h3' })).toEqual(['H3']);
	});

	test('se lisent page par page, les plus graves puis les plus fréquentes d’abord', async () => {
		const id = await staged();
		const read = async (from: number) => anomalies.listPage(db, id, {}, { tri: 'nature', from, size: 2 });
		const first = await read(0);
		expect(first.total).toBe((await anomalies.listAll(db, id)).length);
		expect(first.anomalies[0]).toMatchObject({ gravite: 'bloquant', cellule: 'B4' });
		expect((await read(2)).anomalies[0]!.rang).not.toBe(first.anomalies[0]!.rang);
	});

	test('disent combien de lignes portent la même valeur', async () => {
		const id = await staged();
		const { anomalies: found } = await anomalies.listPage(db, id, { code: 'statut-inconnu' }, page);
		expect(found.map((a) => a.pareilles)).toEqual([2, 2]);
	});

	test('ne sont plus dans le compte rendu gardé, qui n’en tient que le compte', async () => {
		const id = await staged();
		const { rapport } = (await imports.get(db, id))!;
		expect(rapport).not.toHaveProperty('anomalies');
		expect(rapport.compte).toContainEqual({ code: 'statut-inconnu', gravite: 'a-verifier', nombre: 2 });
	});

	test('suivent une relecture, et partent avec un import abandonné', async () => {
		const id = await staged();
		const corrections = [{ feuille: 'plan', ligne: 3, colonne: 3, valeur: 'En cours' }];
		const feuille = (await anomalies.listAll(db, id))[0]!.feuille!;
		const done = await restageImport(db, ref, id, { corrections: corrections.map((c) => ({ ...c, feuille })) });
		if (isRefusal(done)) throw new Error(done.refus);
		expect(await cells(id, { colonne: 'Statut' })).toEqual(['D5']);
		expect(await imports.discard(db, id), 'qui abandonne un import sait qu’il l’était encore').toBe(true);
		expect(await imports.discard(db, id)).toBe(false);
		expect(await anomalies.listAll(db, id)).toEqual([]);
	});

	test('restent lisibles une fois l’import enregistré', async () => {
		const id = await staged();
		const before = await anomalies.listAll(db, id);
		const done = await commitImport(db, ref, id, by);
		if (isRefusal(done)) throw new Error(done.refus);
		expect(await anomalies.listAll(db, id)).toEqual(before);
	});

	test('cent mille s’écrivent, à moins de quinze fois ce que coûte de les recopier, et leur dernière page se lit aussitôt', async () => {
		const id = await staged();
		const [model] = await anomalies.listAll(db, id);
		const many = Array.from({ length: 100_000 }, (_, i): Anomalie => ({
			...model!,
			ligne: i + 2,
			cellule: `D${i + 2}`
		}));
		// Time of this process alone: the machine may be busy elsewhere.
		const spent = async (work: () => Promise<unknown>): Promise<number> => {
			const start = process.cpuUsage();
			await work();
			const { user, system } = process.cpuUsage(start);
			return user + system;
		};
		const copy = async (): Promise<void> => {
			await sql`create temp table copie as select * from import_anomalie`.execute(db);
			await sql`drop table copie`.execute(db);
		};
		const written = await spent(() => db.transaction().execute((trx) => anomalies.replaceAll(trx, id, many)));
		const copied = (await spent(copy)) + (await spent(copy)) + (await spent(copy));
		console.info(`100 000 anomalies : ${(written / (copied / 3)).toFixed(1)} fois leur copie`);
		expect(written / (copied / 3)).toBeLessThan(15);
		expect((await anomalies.listPage(db, id, {}, { ...page, from: 99_990, size: 50 })).anomalies).toHaveLength(10);
	});
});

test('une base d’avant garde ses anomalies, qui quittent le compte rendu pour leur table', async () => {
	const anomaly = {
		...{ code: 'doublon', gravite: 'a-verifier', feuille: 'Actions', ligne: 14, colonne: 'Titre', trouve: 'Planter' },
		...{ attendu: null, message: 'Ligne 14 : déjà là.', conseil: null, lignes: [14, 15] }
	};
	const rapport = JSON.stringify({ fichier: 'plan.csv', lues: 2, anomalies: [anomaly, { ...anomaly, ligne: 15 }] });
	for (const statement of [
		sql`DROP TABLE import_anomalie`,
		sql`INSERT INTO territoire (code, nom, genre, fictif) VALUES ('ZZ0000001', 'Essai', 'epci', 1)`,
		sql`INSERT INTO import (territoire, plan, fichier, sha256, octets, options, rapport, etat, par, prepare_le)
			VALUES ('ZZ0000001', 'plh', 'plan.csv', '', x'00', '{}', ${rapport}, 'prepare', 'x', '2026-01-01')`,
		sql`INSERT INTO import (territoire, plan, fichier, sha256, octets, options, rapport, etat, par, prepare_le)
			VALUES ('ZZ0000001', 'plh', 'net.csv', '', x'00', '{}', ${JSON.stringify({ lues: 1, anomalies: [] })}, 'valide', 'x', '2026-01-01')`
	])
		await statement.execute(db);
	await up(db as unknown as Kysely<unknown>);

	const [clean, faulty] = await imports.list(db);
	expect(clean!.rapport).toEqual({ lues: 1, compte: [] });
	expect(faulty!.rapport).toEqual({
		fichier: 'plan.csv',
		lues: 2,
		compte: [{ code: 'doublon', gravite: 'a-verifier', nombre: 2 }]
	});
	const [first, second] = await anomalies.listAll(db, faulty!.id);
	expect(first).toMatchObject({ ligne: 14, message: 'Ligne 14 : déjà là.', lignes: [14, 15], cellule: null });
	expect(second).toMatchObject({ ligne: 15 });
});
