import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readFunding } from '../../src/lib/server/funding/read-funding';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* What the page « Financer une action » owes to whoever defends a verdict before elected people. */

const ref = loadReferentiel();
const LE = '2026-11-22';
const DEMO = 'ZZ0000001';
/** One action in so many is read. */
const STEP = 6;

describe('un verdict de financement, action par action', () => {
	let db: Db;
	let pages: NonNullable<Awaited<ReturnType<typeof readFunding>>>['page'][];
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
		const { view } = (await crossedTerritory(db, ref, DEMO, LE))!;
		const ids = view.actions.map((a) => a.action.id).filter((_, i) => i % STEP === 0);
		pages = [];
		for (const id of ids) pages.push((await readFunding(db, ref, DEMO, id, LE))!.page);
	}, 240_000);
	afterAll(() => db.destroy());

	const lines = () => pages.flatMap((p) => p.mesures.flatMap((m) => m.criteres.map((c) => ({ m, c }))));

	it('dit de chaque critère s’il est rempli, non rempli ou inconnu, et d’après quel texte, consulté quel jour', () => {
		expect(lines().length).toBeGreaterThan(200);
		for (const { m, c } of lines()) {
			expect(['rempli', 'echec', 'manque']).toContain(c.etat);
			expect(c.critere).not.toBe('');
			expect(c.source?.consulte_le ?? m.relue, `${m.id}, ${c.critere}`).toMatch(/^\d{4}-\d\d-\d\d$/);
		}
	});

	it('dit de chaque critère inconnu ce qu’il faut fournir, et de chaque autre ce qui a été trouvé', () => {
		for (const { m, c } of lines())
			if (c.etat === 'manque') expect(c.aFournir, `${m.id}, ${c.critere}`).toBeTruthy();
			else expect(c.trouve, `${m.id}, ${c.critere}`).not.toBeNull();
	});

	it('le reste à financer est le coût, moins chaque ligne qui compte, au centime, et chaque montant dit d’où il vient', () => {
		const cents = (euros: number) => Math.round(euros * 100);
		let known = 0;
		for (const { plan } of pages) {
			for (const l of plan.lignes)
				expect(l.origine.genre === 'fichier' ? l.origine.fichier : l.origine.par).toBeTruthy();
			if (plan.reste.genre !== 'connu') continue;
			known++;
			const counted = plan.lignes.filter((l) => l.preciseePar === null && l.nature !== 'refuse');
			const paid = counted.reduce((sum, l) => sum + cents(l.montant?.euros ?? 0), 0);
			expect(cents(plan.reste.euros)).toBe(Math.max(0, cents(plan.cout!.montant.euros) - paid));
		}
		expect(known).toBeGreaterThan(3);
	});

	it('chaque limite de cumul dit son texte, le jour où il a été lu, et pourquoi elle ne conclut pas', () => {
		for (const limit of pages.flatMap((p) => p.cumul)) {
			expect(limit.sources.length).toBeGreaterThan(0);
			for (const { consulte_le } of limit.sources) expect(consulte_le).toMatch(/^\d{4}-\d\d-\d\d$/);
			if (['indeterminee', 'sans-objet'].includes(limit.verdict))
				expect([...limit.doutes, ...limit.raisons].length, limit.regle).toBeGreaterThan(0);
		}
	});
});
