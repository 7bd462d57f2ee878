import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { cellKey } from '../../src/lib/domain/import/corrections';
import { isRefusal } from '../../src/lib/domain/issue';
import { open } from '../../src/lib/server/db/client';
import * as imports from '../../src/lib/server/db/imports';
import * as travaux from '../../src/lib/server/db/travaux';
import {
	cancelJob,
	chooseDemarche,
	findJob,
	getJob,
	runJob,
	startJob,
	waitJob,
	type Job
} from '../../src/lib/server/plans/jobs';
import type { Order } from '../../src/lib/server/plans/perform';
import { following, type Progress } from '../../src/lib/server/progress';
import { readUndo } from '../../src/lib/server/plans/read-undo';
import { perform } from '../../src/lib/server/plans/perform';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const EPCI = '200040947';
const folder = mkdtempSync(join(tmpdir(), 'croisee-travaux-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const csv = (rows: number): Uint8Array =>
	Buffer.from(
		`Axe;Titre de l’action;Porteur\n${Array.from({ length: rows }, (_, i) => `Énergie;Isoler l’école ${i};Service habitat`).join('\n')}\n`
	);
const lire = (bytes: Uint8Array, fichier = 'plan.csv'): Order => ({
	genre: 'lire',
	demande: { bytes, fichier, territoire: EPCI, plan: 'pcaet', par: 'essai', le: '2026-11-22' }
});
const started = (job: ReturnType<typeof startJob>): Job => {
	if (isRefusal(job)) throw new Error(job.refus);
	return job;
};

describe('un long travail', () => {
	it('dit où il en est, étape par étape, et compte les lignes vérifiées', async () => {
		const db = await open(':memory:');
		const heard: Progress[] = [];
		const outcome = await following(
			(progress) => void heard.push(progress),
			() => perform(db, loadReferentiel(), lire(csv(2_500)))
		);
		expect(outcome).toEqual({ import: 1 });
		expect([...new Set(heard.map((p) => p.etape))]).toEqual([
			'lecture',
			'verification',
			'comparaison',
			'enregistrement'
		]);
		expect(heard.filter((p) => p.etape === 'verification').map((p) => p.fait)).toEqual([0, 0, 1_000, 2_000]);
	});

	it('lit, relit avec d’autres choix, enregistre', async () => {
		const db = await open(':memory:');
		expect(await runJob(db, lire(csv(3)))).toEqual({ import: 1 });
		expect(await runJob(db, { genre: 'relire', id: 1, choix: { base: 'TTC' } })).toEqual({ import: 1 });
		expect((await imports.get(db, 1))?.options.base).toBe('TTC');
		const choix = { par: 'essai', le: '2026-11-22' };
		expect(await runJob(db, { genre: 'enregistrer', id: 1, choix })).toEqual({ import: 1 });
		expect((await imports.get(db, 1))?.etat).toBe('valide');
		expect(await runJob(db, { genre: 'enregistrer', id: 1, choix })).toMatchObject({
			refus: 'L’import 1 est déjà validé.'
		});
	});

	it('corrige une cellule, la rend au fichier, reprend l’import', async () => {
		const db = await open(':memory:');
		const par = { par: 'essai', le: '2026-11-22' };
		expect(await runJob(db, lire(Buffer.from('Titre;Budget\nIsoler l’école;beaucoup\n')))).toEqual({ import: 1 });
		const cellule = { feuille: 'plan', ligne: 2, colonne: 1, valeur: '42 k€', remplace: false, partout: false };
		const relu = { cellules: 1, rejetees: 0, rejeteesAvant: 0 };
		expect(await runJob(db, { genre: 'corriger', id: 1, cellules: [cellule], par })).toMatchObject({
			relu: { ...relu, demoins: expect.any(Number) }
		});
		const cellules = (await imports.get(db, 1))!.options.corrections!.map(cellKey);
		expect(await runJob(db, { genre: 'rendre', id: 1, cellules })).toMatchObject({ import: 1, relu });
		expect(await runJob(db, { genre: 'annoter', id: 1 })).toMatchObject({
			classeur: { nom: 'plan - relu.xlsx', genre: 'copie', octets: expect.any(Uint8Array) }
		});
		await runJob(db, { genre: 'enregistrer', id: 1, choix: par });
		expect(await runJob(db, { genre: 'annuler', id: 1, par, forcees: [] })).toEqual({ import: 1 });
		expect((await imports.get(db, 1))?.etat).toBe('annule');
		expect(await runJob(db, { genre: 'annuler', id: 1, par, forcees: 'tout' })).toMatchObject({
			refus: 'L’import 1 est déjà annulé.'
		});
	});

	it('annulé, n’écrit rien et laisse la place au suivant', async () => {
		const db = await open(':memory:');
		const job = started(startJob(db, lire(csv(3_000))));
		cancelJob(job.id);
		expect(getJob(job.id)?.etat).toBe('annule');
		expect(await runJob(db, lire(csv(3)))).toEqual({ import: 1 });
		expect((await imports.list(db)).map((i) => i.rapport.lues)).toEqual([3]);
		cancelJob(job.id);
		expect(getJob(job.id)?.etat).toBe('annule');
	});

	it('refusé, garde de quoi choisir : les démarches d’un fichier de l’ADEME', async () => {
		const db = await open(':memory:');
		const demarche = (id: number) => ({ id, actions: [{ intitule: `Isoler ${id}` }] });
		const bytes = Buffer.from(JSON.stringify([demarche(1), demarche(2)]));
		const job = started(startJob(db, lire(bytes, 'ademe.json')));
		const refused = await waitJob(job.id, 5_000);
		expect(refused).toMatchObject({ etat: 'refuse', issue: { demarches: [{ id: '1' }, { id: '2' }] } });
		const again = chooseDemarche(job.id, '2');
		const done = again && !isRefusal(again) ? await waitJob(again.id, 5_000) : null;
		expect(done).toMatchObject({ etat: 'fini', import: 1 });
	});

	it('attend son tour quand deux sont en cours, et se refuse quand trop attendent', async () => {
		const db = await open(':memory:');
		const jobs = Array.from({ length: 12 }, () => startJob(db, lire(csv(3))));
		expect(jobs.map((job) => (isRefusal(job) ? 'refus' : getJob(job.id)?.etat))).toEqual([
			...Array(2).fill('en-cours'),
			...Array(8).fill('attente'),
			...Array(2).fill('refus')
		]);
		const ends = await Promise.all(jobs.map((job) => (isRefusal(job) ? null : waitJob(job.id, 20_000))));
		expect(ends.flatMap((job) => job?.etat ?? [])).toEqual(Array(10).fill('fini'));
	});
});

describe('un travail dont le serveur s’est arrêté', () => {
	const left = (genre: Order['genre'], more: Partial<travaux.StoredJob> = {}): travaux.StoredJob => ({
		...{ id: genre, genre, fichier: null, import: 1, etat: 'en-cours', refus: null, conseil: null },
		...more
	});

	it('le dit à qui revient, et ce qu’il reste à faire', async () => {
		const db = await open(':memory:');
		await runJob(db, lire(csv(3)));
		await travaux.put(db, left('lire', { fichier: 'plan.csv', import: null }));
		await travaux.put(db, left('enregistrer'));
		expect(await findJob(db, 'lire')).toMatchObject({
			etat: 'refuse',
			issue: {
				refus: 'Le serveur s’est arrêté pendant la lecture de «\u00a0plan.csv\u00a0».',
				conseil: 'Rien n’a été écrit\u00a0: déposez à nouveau le fichier.'
			}
		});
		expect(await findJob(db, 'enregistrer')).toMatchObject({
			issue: { refus: 'Le serveur s’est arrêté pendant l’enregistrement.' }
		});
		// Its process may have come to the end before it knew that the server was gone.
		await runJob(db, { genre: 'enregistrer', id: 1, choix: { par: 'essai', le: '2026-11-22' } });
		expect(await findJob(db, 'enregistrer')).toMatchObject({ etat: 'fini', issue: { import: 1 } });
		expect(await findJob(db, 'jamais-vu')).toBeNull();
	});

	it('laisse dans la base ce qu’il est devenu', async () => {
		const path = join(folder, 'traces.db');
		let db = await open(path);
		const done = started(startJob(db, lire(csv(3))));
		const refused = started(startJob(db, lire(Buffer.from('rien'))));
		const stopped = started(startJob(db, lire(csv(2_000))));
		cancelJob(stopped.id);
		await Promise.all([waitJob(done.id, 20_000), waitJob(refused.id, 20_000)]);
		await new Promise((later) => setTimeout(later, 50));
		const rows = await db.selectFrom('travail').select(['id', 'etat']).execute();
		expect(new Map(rows.map((r) => [r.id, r.etat]))).toEqual(
			new Map([
				[done.id, 'fini'],
				[refused.id, 'refuse'],
				[stopped.id, 'annule']
			])
		);
		await db.destroy();
		db = await open(path);
		const { refus } = (await travaux.get(db, refused.id))!;
		expect(refus).toEqual(expect.any(String));
		await db.destroy();
	});
});

it('l’aperçu d’une annulation laisse répondre les autres pages', async () => {
	const db = await open(':memory:');
	await runJob(db, lire(csv(2_500)));
	await runJob(db, { genre: 'enregistrer', id: 1, choix: { par: 'essai', le: '2026-11-22' } });
	let answered = 0;
	const page = setInterval(() => answered++, 1);
	expect(await readUndo(db, 1)).toMatchObject({ retirees: 2_500, aRetirer: { length: 100 } });
	clearInterval(page);
	expect(answered).toBeGreaterThan(2);
});

it('une écriture attend celle d’un autre processus sans arrêter le serveur, ni ceux qui lisent', async () => {
	const path = join(folder, 'croisee.db');
	const db = await open(path);
	const other = new Database(path);
	other.exec('begin immediate');
	let ticks = 0;
	const clock = setInterval(() => ticks++, 10);
	let written = false;
	const writing = db
		.insertInto('forme')
		.values({ plan: 'pcaet', signature: 's', choix: '{}', par: 'essai', le: '2026-11-22' })
		.execute()
		.then(() => (written = true));
	await new Promise((later) => setTimeout(later, 150));
	expect(await db.selectFrom('forme').selectAll().execute()).toEqual([]);
	expect(written).toBe(false);
	expect(ticks).toBeGreaterThan(3);
	other.exec('commit');
	await writing;
	clearInterval(clock);
	expect(await db.selectFrom('forme').select('signature').execute()).toEqual([{ signature: 's' }]);
	other.close();
	await db.destroy();
});
