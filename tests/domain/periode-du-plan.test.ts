import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { refusePeriod } from '../../src/lib/domain/import/plan-period';
import { open } from '../../src/lib/server/db/client';
import { stageImport } from '../../src/lib/server/plans/import-document';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { bench } from '../cli/run';

/* The years of a plan, as a person gives them with its file. */

const { call, base, clean } = bench();
const dossier = mkdtempSync(join(tmpdir(), 'croisee-periode-'));
afterAll(() => {
	clean();
	rmSync(dossier, { recursive: true, force: true });
});

describe('la période d’un plan', () => {
	it.each([null, '', '2024-2030', '2026', '2024 - 2030', '2024–2030', '2024 à 2030', '2024/2030', '2026-2026'])(
		'« %s » est acceptée',
		(texte) => {
			expect(refusePeriod(texte)).toBeNull();
		}
	);

	it.each([
		['2029-2023', /finit en 2023, avant de commencer en 2029/],
		['2030 à 2024', /finit en 2024, avant de commencer en 2030/],
		['24-30', /n’est pas comprise/],
		['2024-203', /n’est pas comprise/],
		['2024-2030-2036', /n’est pas comprise/],
		['bientôt', /n’est pas comprise/]
	])('« %s » est refusée, avec ce qui était attendu', (texte, raison) => {
		const refus = refusePeriod(texte)!;
		expect(refus.refus).toMatch(raison);
		expect(refus.refus).toContain(`«\u00a0${texte}\u00a0»`);
		expect(refus.conseil).toContain('2024-2030');
		expect(refus.champ).toBe('periode');
	});

	it('à l’envers dans la commande : un mauvais usage, dit en français, et rien n’est écrit', async () => {
		const fichier = join(dossier, 'plan.csv');
		writeFileSync(fichier, 'Réf;Action;Pilote\r\nF1;Jardin partagé;Mission climat\r\n');
		const args = ['importer', fichier, '--territoire', '246200364', '--plan', 'pcaet', '--base', base];
		const run = await call([...args, '--periode', '2029-2023']);
		expect(run.code).toBe(2);
		expect(run.err).toContain('2029-2023');
		expect(run.err).toContain('2024-2030');
		const plans = async () => (await call(['territoires', '--json', '--base', base])).json;
		expect(await plans()).toEqual([]);
		expect((await call([...args, '--periode', '2023-2029'])).code).toBe(0);
		expect(await plans()).toMatchObject([{ code: '246200364', plans: 1 }]);
	});

	it('à l’envers dans le formulaire : la même phrase, et l’on est ramené à son champ', async () => {
		const db = await open(':memory:');
		const refus = await stageImport(db, loadReferentiel(), {
			bytes: new TextEncoder().encode('Réf;Action\r\nF1;Jardin partagé\r\n'),
			fichier: 'plan.csv',
			territoire: '246200364',
			plan: 'pcaet',
			periode: '2029-2023',
			par: 'essai',
			le: '2026-11-30'
		});
		expect(isRefusal(refus) && refus).toEqual(refusePeriod('2029-2023'));
		await db.destroy();
	});
});
