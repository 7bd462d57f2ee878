import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readQuery as readTable } from '../../src/lib/domain/actions/table-query';
import { DIMENSIONS, type DimensionId } from '../../src/lib/domain/crossing/matrix';
import type { TerritoryView } from '../../src/lib/domain/crossing/overview';
import { viewMatrix } from '../../src/lib/domain/crossing/view-matrix';
import { caseActions } from '../../src/lib/domain/pages/case-actions';
import { selectCase } from '../../src/lib/domain/pages/case-selection';
import { figureAddress } from '../../src/lib/domain/pages/figure-address';
import { readQuery } from '../../src/lib/domain/pages/matrix-query';
import { shortKeys, territoryPage } from '../../src/lib/domain/pages/page-model';
import { readActionTable } from '../../src/lib/server/actions/read-actions';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readMatrix } from '../../src/lib/server/read-matrix';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { readTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const LE = '2026-11-22';
const CODE = 'ZZ0000001';
const ref = loadReferentiel();
let db: Db;
let view: TerritoryView;
beforeAll(async () => {
	db = await open(':memory:');
	await loadDemonstration(db, ref, LE);
	view = (await readTerritory(db, ref, CODE, LE))!;
}, 120_000);
afterAll(() => db.destroy());

const known = () => ({
	quartiers: view.quartiers.map((q) => q.quartier.code as string),
	ref,
	documents: view.documents
});
const askedBy = (address: string) => readQuery(new URLSearchParams(address), known());

/** Every figure of a grid: cells, totals, the whole. */
function figuresOf(lignes: DimensionId, colonnes: DimensionId, address = '') {
	const query = askedBy(`lignes=${lignes}&colonnes=${colonnes}&${address}`);
	const matrix = viewMatrix(view, ref, query);
	const codes = (axis: 'rows' | 'columns') => matrix[axis].keys.map((k) => k.code);
	const pairs = codes('rows').flatMap((r) => codes('columns').map((c) => `${r}.${c}`));
	return { query, matrix, ids: [...codes('rows'), ...codes('columns'), ...pairs, matrix.rows.id] };
}

describe('le tableau derrière une case tient les actions de sa carte', () => {
	it('les mêmes, pour chaque figure de chaque grille, totaux compris', () => {
		const page = territoryPage(view, ref);
		const key = shortKeys(view);
		let filled = 0;
		const checked = (lignes: DimensionId, colonnes: DimensionId, address = '', every = 1) => {
			const { query, matrix, ids } = figuresOf(lignes, colonnes, address);
			for (const id of ids.filter((_, i) => i % every === 0)) {
				const card = selectCase(matrix, { page, key, kept: () => 'oui' }, id)!;
				const table = caseActions(view, ref, figureAddress(id, query))!;
				expect([id, [...table.actions].map(key).sort()]).toEqual([id, card.actions.map((a) => a.id).sort()]);
				filled += card.actions.length > 0 ? 1 : 0;
			}
		};
		checked('croises', 'quartier');
		checked('transition', 'ville');
		for (const lignes of DIMENSIONS)
			for (const colonnes of DIMENSIONS) if (lignes !== colonnes) checked(lignes, colonnes, '', 41);
		for (const filter of ['plan=plh', 'nature=N1', 'statut=en-cours', 'depuis=2025&jusqua=2026', 'sans=droit-commun'])
			checked('croises', 'quartier', filter, 5);
		checked('transition', 'ville', `quartier=${view.quartiers[0]!.quartier.code}`, 5);
		expect(filled).toBeGreaterThan(250);
	}, 120_000);

	it('de la page au tableau, au même nombre, le filtre nommé et de quoi revenir', async () => {
		for (const address of [
			...[
				'case=X04.QNZZZ01F',
				'case=X01.QNZZZ01F',
				'case=X09',
				'case=tout',
				'case=QNZZZ01F',
				'case=T02.P07',
				'case=croises'
			],
			...['lignes=plan&colonnes=transition&case=pcaet.T01', 'lignes=nature&colonnes=quartier&case=N1.QNZZZ01F'],
			...['plan=pcaet&case=X01', 'quartier=QNZZZ01F&case=T02.P07']
		]) {
			const { page, query } = (await readMatrix(db, ref, CODE, LE, new URLSearchParams(address)))!;
			const card = (page.ouverte.recit ?? page.ouverte.grille)!;
			const link = new URLSearchParams({ case: figureAddress(card.id, query) });
			const read = (await readActionTable(db, ref, CODE, LE, { query: readTable(link), modifier: null }))!;
			expect([address, read.table.trouvees]).toEqual([address, card.actions.length]);
			expect(card.actions.length, address).toBeGreaterThan(0);
			expect(read.filtres.case[0]!.nom).toBeTruthy();
			const back = (await readMatrix(db, ref, CODE, LE, new URLSearchParams(read.matrice!.replace(/#.*/, ''))))!;
			expect((back.page.ouverte.recit ?? back.page.ouverte.grille)!.id).toBe(card.id);
		}
	}, 120_000);

	it('une case qui n’existe pas ne demande rien', async () => {
		const query = readTable(new URLSearchParams({ case: 'X99.QNZZZ01F' }));
		const read = (await readActionTable(db, ref, CODE, LE, { query, modifier: null }))!;
		expect([read.table.trouvees, read.query.filtres.case]).toEqual([read.table.total, undefined]);
	});

	it('et le filtre « Enjeu » propose les croisements attendus', async () => {
		const query = readTable(new URLSearchParams({ enjeu: 'X04' }));
		const read = (await readActionTable(db, ref, CODE, LE, { query, modifier: null }))!;
		expect(read.filtres.enjeu.find((o) => o.valeur === 'X04')!.nom).toContain(`(${read.table.trouvees})`);
		expect(read.table.trouvees).toBeGreaterThan(0);
	});

	it('la réserve d’une carte est celle que le quartier dit de ce croisement', async () => {
		let reserves = 0;
		for (const { quartier } of view.quartiers) {
			const here = (await readQuartier(db, ref, quartier.code, LE))!;
			for (const { code, aConfirmer } of here.croises) {
				const params = new URLSearchParams({ case: `${code}.${quartier.code}` });
				const card = (await readMatrix(db, ref, CODE, LE, params))!.page.ouverte.recit!;
				expect([card.id, card.reserve !== null]).toEqual([card.id, aConfirmer]);
				if (card.reserve) reserves++;
			}
		}
		expect(reserves).toBeGreaterThan(2);
	}, 120_000);
});
