import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TerritoryView } from '../../src/lib/domain/crossing/overview';
import { matrixPage } from '../../src/lib/domain/pages/matrix-page';
import { readQuery } from '../../src/lib/domain/pages/matrix-query';
import { territoryPage } from '../../src/lib/domain/pages/page-model';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* A cell of the matrix bears the sign of an answer to be confirmed when, and only when, its card says so. */

const LE = '2026-11-22';
const ref = loadReferentiel();
let db: Db;
let view: TerritoryView;
beforeAll(async () => {
	db = await open(':memory:');
	await loadDemonstration(db, ref, LE);
	view = (await readTerritory(db, ref, 'ZZ0000001', LE))!;
}, 120_000);
afterAll(() => db.destroy());

const pageAt = (address: string) => {
	const known = { quartiers: view.quartiers.map((q) => q.quartier.code as string), ref, documents: view.documents };
	return matrixPage(view, ref, readQuery(new URLSearchParams(address), known), territoryPage(view, ref));
};

describe('la case à confirmer', () => {
	for (const axes of ['', 'lignes=transition&colonnes=ville', 'lignes=plan&colonnes=quartier'])
		it(`se voit dans la matrice comme dans sa carte (${axes || 'vingt croisements'})`, () => {
			const { recit, grille } = pageAt(axes);
			const { rows, columns, cells } = (recit ?? grille)!;
			const signed = cells.flatMap((row, r) =>
				row.flatMap((cell, c) => ({ id: `${rows[r]!.code}.${columns[c]!.code}`, d: cell.d ?? null }))
			);
			const some = signed.filter(({ d }) => d);
			if (axes !== 'lignes=plan&colonnes=quartier') expect(some.length).toBeGreaterThan(0);
			expect(some.length).toBeLessThan(signed.length);
			for (const { id, d } of [...some, ...signed.filter((_, i) => i % 17 === 0)]) {
				const { ouverte } = pageAt(`${axes}&case=${encodeURIComponent(id)}`);
				expect([id, (ouverte.recit ?? ouverte.grille)!.reserve]).toEqual([id, d]);
			}
		});
});
