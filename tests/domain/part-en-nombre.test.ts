import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { parseRows } from '../../src/lib/domain/import/row';
import { findTable } from '../../src/lib/domain/import/template';
import { declaredPart } from '../../src/lib/domain/crossing/part-qpv';
import { readWorkbook } from '../../src/lib/server/files/workbook';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { writeSample } from '../fixtures/classeurs.build';

/* A share that a spreadsheet shows as « 25 % » and keeps as 0,25. */

const ref = loadReferentiel();

async function parts(cellules: readonly (string | number | null)[], entete = 'Part QPV') {
	const rows = [['Réf', 'Action', 'Pilote', entete], ...cellules.map((c, i) => [`F${i}`, `Action ${i}`, 'Ville', c])];
	const workbook = await readWorkbook(new Uint8Array(await writeSample(rows)), 'plan.xlsx');
	if (isRefusal(workbook)) throw new Error(workbook.refus);
	const { table } = findTable(workbook.sheets, ref.plans, 'plh');
	const outcomes = parseRows(workbook.sheets[0]!.rows, table!, {
		...{ fichier: 'plan.xlsx', feuille: null, plans: ref.plans, filtre: null, territoire: null },
		...{ baseParDefaut: 'inconnu', dispositifs: new Map() }
	});
	return outcomes.map((o) => o.draft?.atteinteDeclaree ?? null);
}

describe('une part écrite en nombre', () => {
	it('1 sous « Part QPV » est 100 %, non « oui », et 0,25 est 25 %', async () => {
		const lues = await parts([1, 0.25, '100 %', null, 0]);
		expect(lues).toEqual(['100\u00a0%', '25\u00a0%', '100 %', null, '0\u00a0%']);
		expect(lues.slice(0, 3).map((text) => declaredPart(text)?.valeur)).toEqual([1, 0.25, 1]);
	});

	it('1 à côté de 25 et de 50 est un pour cent', async () => {
		expect(await parts([1, 25, 50])).toEqual(['1\u00a0%', '25\u00a0%', '50\u00a0%']);
	});

	it('un en-tête qui ne parle pas de part garde ses croix et ses mots', async () => {
		expect(await parts([1, 'oui', 'non'], 'En QPV')).toEqual(['1', 'oui', 'non']);
		expect(await parts([40, 'oui'])).toEqual(['40\u00a0%', 'oui']);
	});
});
