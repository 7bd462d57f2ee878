import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { open, type Db } from '../../src/lib/server/db/client';
import * as imports from '../../src/lib/server/db/imports';
import { perform } from '../../src/lib/server/plans/perform';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { HOSTILES } from '../fixtures/fichiers-hostiles/build';

const ref = loadReferentiel();
/** Seconds of work, whatever else the machine does. */
const cpu = (since: NodeJS.CpuUsage): number => process.cpuUsage(since).user / 1e6;
const peak = (): number => process.resourceUsage().maxRSS / 1_024;

let db: Db;
beforeAll(async () => (db = await open(':memory:')));
afterAll(() => db.destroy());

describe('un fichier hostile est refusé d’une phrase, ou lu sans mal, en peu de temps et de mémoire', () => {
	it.each(HOSTILES)('$nom', async ({ nom, build, attendu }) => {
		const bytes = new Uint8Array(await build());
		const memory = peak();
		const started = process.cpuUsage();
		const demande = {
			bytes,
			fichier: nom,
			territoire: '200040947',
			plan: 'pcaet',
			par: 'essai',
			le: '2026-11-22'
		} as const;
		const outcome = await perform(db, ref, { genre: 'lire', demande });
		if (isRefusal(outcome)) {
			expect(outcome.refus).toMatch(attendu instanceof RegExp ? attendu : /^$/);
			expect(outcome.refus).toMatch(/^[A-ZÀ-Ý].*\.$/);
			expect(outcome.conseil).toMatch(/^[A-ZÀ-Ý].*\.$/);
		} else {
			const { rapport } = (await imports.get(db, outcome.import))!;
			expect(rapport.acceptees).toBe(attendu);
			expect(rapport.lues).toBe(rapport.acceptees + rapport.rejetees + rapport.ignorees);
			// Neither the file an entity points at, nor what a thousand million laughs would weigh.
			expect(JSON.stringify(rapport)).not.toMatch(/root:|haha/);
		}
		expect(peak() - memory).toBeLessThan(300);
		expect(cpu(started)).toBeLessThan(5);
	});
});
