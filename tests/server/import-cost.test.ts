import { describe, expect, it } from 'vitest';
import { planFile } from '../../bench/import-rows';
import { isRefusal } from '../../src/lib/domain/issue';
import { open } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { importDirect } from '../../src/lib/server/plans/import-document';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const LE = '2026-11-22';

describe('le coût d’un import suit le nombre de ses lignes', () => {
	it('quatre fois plus de lignes ne demandent pas six fois plus de calcul', { timeout: 60_000 }, async () => {
		const ref = loadReferentiel();
		const db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
		const costOf = async (rows: number): Promise<number> => {
			const bytes = await planFile(rows, 'csv');
			const before = process.cpuUsage();
			const report = await importDirect(db, ref, {
				...{ bytes, fichier: 'plan.csv', territoire: 'ZZ0000001', plan: 'pat' as const },
				...{ par: 'mesure', le: LE, document: 'nouveau' as const }
			});
			const { user } = process.cpuUsage(before);
			if (isRefusal(report)) throw new Error(report.refus);
			expect(report.lues).toBe(rows);
			return user;
		};
		const small: number[] = [];
		const large: number[] = [];
		// In turns: a program still being compiled, or a machine that others share, weighs on both alike; the least of each is kept.
		while (small.length < 3) {
			small.push(await costOf(750));
			large.push(await costOf(3_000));
		}
		await db.destroy();
		expect(Math.min(...large) / Math.min(...small)).toBeLessThan(6);
	});
});
