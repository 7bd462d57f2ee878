import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { open } from '../../src/lib/server/db/client';
import { listHistory } from '../../src/lib/server/db/import-history';
import { bytesOf } from '../../src/lib/server/db/imports';
import { packBytes, unpackBytes } from '../../src/lib/server/db/kept-bytes';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { importDirect } from '../../src/lib/server/plans/import-document';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* The file of an import is kept as it came, to the byte, whatever room it takes. */

it('tout fichier gardé revient à l’octet près', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.integer({ min: 1, max: 200 }), (some, times) => {
			const file = Buffer.concat(Array.from({ length: times }, () => some));
			const kept = packBytes(file);
			expect(unpackBytes(kept).equals(file)).toBe(true);
			expect(kept.taille).toBe(file.length);
		}),
		{ numRuns: 60 }
	);
});

it('un grand tableau en texte prend cinq fois moins de place, et se télécharge tel qu’il est venu', async () => {
	const ref = loadReferentiel();
	const db = await open(':memory:');
	await loadDemonstration(db, ref, '2026-11-22');
	const rows = Array.from(
		{ length: 3_000 },
		(_, i) => `${i};Rénover l’école du secteur ${i};Les Hauts-Prés;${i * 100},50 €`
	);
	const bytes = Buffer.from(['N°;Intitulé;Quartiers;Coût HT', ...rows].join('\r\n'));
	const report = await importDirect(db, ref, {
		...{ bytes, fichier: 'grand.csv', territoire: 'ZZ0000001', plan: 'pat' as const },
		...{ par: 'Essai', le: '2026-11-22', document: 'nouveau' as const }
	});
	if (isRefusal(report)) throw new Error(report.refus);
	const row = await db
		.selectFrom('import')
		.select((e) => e.fn<number>('length', ['octets']).as('place'))
		.where('id', '=', report.import!)
		.executeTakeFirstOrThrow();
	expect(row.place).toBeLessThan(bytes.length / 5);
	expect((await bytesOf(db, report.import!))!.equals(bytes)).toBe(true);
	expect((await listHistory(db, { plan: 'pat' }, { depuis: 0, nombre: 1 }))[0]!.octets).toBe(bytes.length);
});
