import { writeXlsx } from 'hucre';
import { read } from '@e965/xlsx';
import { beforeEach, describe, expect, test } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import * as actions from '../../src/lib/server/db/actions';
import { open, type Db } from '../../src/lib/server/db/client';
import { actionHistory } from '../../src/lib/server/plans/action-history';
import { correctImport, type Edit } from '../../src/lib/server/plans/correct-import';
import { commitImport, stageImport } from '../../src/lib/server/plans/import-document';
import { readAnomalies } from '../../src/lib/server/plans/read-anomalies';
import { returnImport } from '../../src/lib/server/plans/return-import';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* Fiches: one action per sheet, a label beside each value. */

const ref = loadReferentiel();
const by = { par: 'Camille', le: '2026-11-22' };
const FICHES: { name: string; rows: (string | number | null)[][] }[] = [
	{
		name: 'École',
		rows: [
			['Fiche action n° 1 : Isoler l’école'],
			['Porteur', 'Ville'],
			['Coût prévisionnel', null, 'beaucoup'],
			['Statut', 'Dans les tuyaux'],
			['Quartiers concernés', 'Moulin à vent'],
			['Partenaires', 'Région', 'État']
		]
	},
	{
		name: 'Haies',
		rows: [
			['Intitulé de l’action', 'Planter des haies', 'Statut', 'Dans les tuyaux'],
			['Porteur', 'Syndicat', 'Coût prévisionnel', '2 000 €'],
			['Description'],
			['Deux kilomètres de haies le long de la voie verte']
		]
	},
	{
		name: 'Gymnase',
		rows: [
			['Intitulé de l’action', 'Rénover le gymnase'],
			['Porteur', 'Ville'],
			['Statut : Dans les tuyaux'],
			['Coût prévisionnel', '20 000 €']
		]
	}
];

let db: Db;
let id: number;
let told: Map<string, string>;
beforeEach(async () => {
	db = await open(':memory:');
	const bytes = new Uint8Array((await writeXlsx({ sheets: FICHES })) as Uint8Array);
	const request = { bytes, fichier: 'fiches.xlsx', territoire: '246200364', plan: 'pcaet', ...by } as const;
	const done = await stageImport(db, ref, request);
	if (isRefusal(done)) throw new Error(done.refus);
	id = done.id;
	told = new Map(done.rapport.anomalies.map((a) => [`${a.feuille} ${a.cellule}`, a.code]));
});

const edit = (feuille: string, ligne: number, colonne: number, valeur: string, more: Partial<Edit> = {}): Edit => ({
	...{ feuille, ligne, colonne, valeur, remplace: false, partout: false },
	...more
});
async function correct(...edits: Edit[]) {
	const done = await correctImport(db, ref, id, edits, by);
	if (isRefusal(done)) throw new Error(done.refus);
	return done;
}

describe('des fiches, une par feuille', () => {
	test('chaque anomalie nomme la cellule du fichier : à droite, dans un tableau à quatre colonnes, dans son libellé', () => {
		expect(Object.fromEntries(told)).toMatchObject({
			'École C3': 'montant-illisible',
			'École B4': 'statut-inconnu',
			'Haies D1': 'statut-inconnu',
			'Gymnase A3': 'statut-inconnu'
		});
	});

	test('le classeur rendu porte ses couleurs et ses commentaires dans les fiches elles-mêmes', async () => {
		const done = await returnImport(db, id);
		if (isRefusal(done)) throw new Error(done.refus);
		expect(done.genre).toBe('original');
		const { Sheets, SheetNames } = read(done.octets, { cellStyles: true });
		expect(SheetNames).toEqual(['École', 'Haies', 'Gymnase', 'Anomalies']);
		for (const place of ['École C3', 'École B4', 'Haies D1', 'Gymnase A3']) {
			const [sheet, cell] = place.split(' ') as [string, string];
			expect(Sheets[sheet]![cell].c?.[0]?.t, place).toMatch(/^À vérifier\. [A-ZÀÉ]/);
		}
	});

	test('une valeur se corrige à l’écran, et l’action dit dans quelle cellule', async () => {
		expect(await correct(edit('École', 3, 2, '40 000 €'))).toMatchObject({ cellules: 1, demoins: 1 });
		const done = await commitImport(db, ref, id, by);
		if (isRefusal(done)) throw new Error(done.refus);
		const [first, second] = await actions.listByTerritory(db, '246200364');
		expect(first).toMatchObject({ titre: 'Isoler l’école', budget: { euros: 40_000 } });
		expect(second!.origine).not.toHaveProperty('corrections');
		const { evenements } = (await actionHistory(db, first!.id, '246200364'))!;
		expect(evenements[0]!.corrections).toMatchObject([{ cellule: 'C3', avant: 'beaucoup', valeur: '40 000 €' }]);
	});

	test('une valeur choisie prend sa place partout, même dans la cellule qui porte aussi le libellé', async () => {
		const { lignes } = await readAnomalies(db, ref, id, (name) => (name === 'nature' ? 'statut-inconnu' : null));
		expect(lignes.map((l) => [l.feuille, l.cellule, l.valeur, l.pareilles, l.liste])).toEqual([
			['École', 'B4', 'Dans les tuyaux', 2, 'statut'],
			['Haies', 'D1', 'Dans les tuyaux', 2, 'statut'],
			['Gymnase', 'A3', 'Statut : Dans les tuyaux', 1, 'statut']
		]);
		await correct(
			edit('Haies', 1, 3, 'À venir', { partout: true, remplace: true }),
			edit('Gymnase', 3, 0, 'En cours', { remplace: true })
		);
		const done = await commitImport(db, ref, id, by);
		if (isRefusal(done)) throw new Error(done.refus);
		const saved = await actions.listByTerritory(db, '246200364');
		expect(saved.map((a) => a.statut)).toEqual(['a-venir', 'a-venir', 'en-cours']);
	});
});
