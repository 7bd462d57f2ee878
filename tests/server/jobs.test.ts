import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { open } from '../../src/lib/server/db/client';
import * as imports from '../../src/lib/server/db/imports';
import {
	cancelJob,
	chooseDemarche,
	getJob,
	runJob,
	startJob,
	waitJob,
	type Job
} from '../../src/lib/server/plans/jobs';
import type { Order } from '../../src/lib/server/plans/perform';
import { following, type Progress } from '../../src/lib/server/progress';
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
