import { beforeEach, describe, expect, test } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import * as actions from '../../src/lib/server/db/actions';
import * as anomalies from '../../src/lib/server/db/anomalies';
import { open, type Db } from '../../src/lib/server/db/client';
import * as imports from '../../src/lib/server/db/imports';
import { actionHistory } from '../../src/lib/server/plans/action-history';
import { correctImport, takeBack, type Edit } from '../../src/lib/server/plans/correct-import';
import { commitImport, stageImport } from '../../src/lib/server/plans/import-document';
import { readAnomalies } from '../../src/lib/server/plans/read-anomalies';
import { returnImport } from '../../src/lib/server/plans/return-import';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const ref = loadReferentiel();
const by = { par: 'Camille', le: '2026-11-22' };
const FAULTY = new TextEncoder().encode(
	[
		'N°;Titre;Coût HT;Statut',
		'1;Isoler l’école;beaucoup;En cours',
		'2;Planter;12 000 €;Dans les tuyaux',
		'3;;5 000 €;',
		'4;Éclairer;9 000 €;Dans les tuyaux',
		'5;Repaver;9 000 €;Dans les tuyaux'
	].join('\n')
);

let db: Db;
let id: number;
let feuille: string;
beforeEach(async () => {
	db = await open(':memory:');
	const request = { bytes: FAULTY, fichier: 'plan.csv', territoire: '246200364', plan: 'plh', ...by } as const;
	const done = await stageImport(db, ref, request);
	if (isRefusal(done)) throw new Error(done.refus);
	id = done.id;
	feuille = done.rapport.feuille;
});

const edit = (ligne: number, colonne: number, valeur: string, partout = false): Edit => ({
	...{ feuille, ligne, colonne, valeur, partout },
	remplace: false
});
async function correct(...edits: Edit[]) {
	const done = await correctImport(db, ref, id, edits, by);
	if (isRefusal(done)) throw new Error(done.refus);
	return done;
}
const cells = async () => (await anomalies.listAll(db, id)).map((a) => a.cellule);

describe('corriger à l’écran', () => {
	test('plusieurs cellules sont relues ensemble, et la ligne rejetée devient une action', async () => {
		const done = await correct(edit(2, 2, '40 000 €'), edit(4, 1, 'Végétaliser la cour'));
		expect(done).toEqual({ cellules: 2, demoins: 2, rejeteesAvant: 1, rejetees: 0 });
		expect(await cells()).toEqual(['D3', 'D5', 'D6']);
	});

	test('« partout » corrige toutes les lignes qui disent la même chose', async () => {
		const { cellules, demoins } = await correct(edit(3, 3, 'À venir', true));
		expect([cellules, demoins]).toEqual([3, 3]);
	});

	test('le fichier reçu ne change pas, et la cellule se reprend', async () => {
		await correct(edit(2, 2, '40 000 €'));
		expect(await imports.bytesOf(db, id)).toEqual(Buffer.from(FAULTY));
		const [correction] = (await readAnomalies(db, ref, id, () => null)).corrections;
		expect(correction).toMatchObject({ cellule: 'C2', avant: 'beaucoup', valeur: '40 000 €', ...by });
		await takeBack(db, ref, id, [correction!.cle]);
		expect(await cells()).toContain('C2');
		expect((await imports.get(db, id))!.options.corrections ?? []).toEqual([]);
	});

	test('corrigée deux fois, une cellule garde ce que dit le fichier', async () => {
		await correct(edit(2, 2, 'pas mal'));
		await correct(edit(2, 2, '40 000 €'));
		expect((await imports.get(db, id))!.options.corrections).toEqual([
			{ feuille, ligne: 2, colonne: 2, valeur: '40 000 €', avant: 'beaucoup', ...by }
		]);
	});

	test('seule une cellule en cause se corrige', async () => {
		expect(await correct(edit(2, 1, 'Autre titre'))).toMatchObject({ cellules: 0, demoins: 0 });
	});

	test('l’action enregistrée dit qui a corrigé, quand, et ce que disait le fichier', async () => {
		await correct(edit(2, 2, '40 000 €'));
		const done = await commitImport(db, ref, id, by);
		if (isRefusal(done)) throw new Error(done.refus);
		const [first, second] = await actions.listByTerritory(db, '246200364');
		expect(first!.budget?.euros).toBe(40_000);
		expect(first!.origine.corrections).toEqual([{ colonne: 2, avant: 'beaucoup', valeur: '40 000 €', ...by }]);
		expect(second!.origine).not.toHaveProperty('corrections');
		const { evenements } = (await actionHistory(db, first!.id, '246200364'))!;
		expect(evenements.map((e) => e.corrections)).toEqual([
			[{ cellule: 'C2', avant: 'beaucoup', valeur: '40 000 €', ...by }]
		]);
		expect(await correctImport(db, ref, id, [edit(3, 3, 'À venir')], by)).toMatchObject({
			refus: expect.stringContaining('validé')
		});
		expect((await readAnomalies(db, ref, id, () => null)).lignes.every((l) => l.cle === null)).toBe(true);
	});

	test('un statut propose la liste, un montant un champ', async () => {
		const { lignes, listes } = await readAnomalies(db, ref, id, () => null);
		const at = (cellule: string) => lignes.find((l) => l.cellule === cellule)!;
		expect(at('D3')).toMatchObject({ liste: 'statut', pareilles: 3 });
		expect(at('C2')).toMatchObject({ liste: null, valeur: 'beaucoup', pareilles: 1 });
		expect(listes.statut.map((s) => s.nom)).toContain('En cours');
	});

	test('le classeur rendu porte le nom du fichier', async () => {
		expect(await returnImport(db, id)).toMatchObject({ nom: 'plan - relu.xlsx', genre: 'copie' });
		expect(await returnImport(db, 99)).toMatchObject({ refus: 'Cet import n’existe pas.' });
	});
});

describe('un classeur avec une action par colonne', () => {
	const TURNED = [
		'Titre;Rénover l’école;Planter des haies;Ouvrir une vélo-école',
		'Porteur;Ville;Syndicat;Association',
		'Budget;beaucoup;2 000 €;3 000 €',
		'Statut;En cours;Dans les tuyaux;Réalisé',
		'Commentaire;;Sur le plateau;'
	].join('\n');

	test('nomme et corrige la cellule du fichier, non celle de la table remise debout', async () => {
		const request = { fichier: 'colonnes.csv', territoire: '246200364', plan: 'pcaet', ...by } as const;
		const done = await stageImport(db, ref, { bytes: new TextEncoder().encode(TURNED), ...request });
		if (isRefusal(done)) throw new Error(done.refus);
		const cellOf = (code: string) => done.rapport.anomalies.find((a) => a.code === code)?.cellule;
		expect([cellOf('montant-illisible'), cellOf('statut-inconnu')]).toEqual(['B3', 'C4']);
		const typed = { feuille: done.rapport.feuille, ligne: 3, colonne: 1, valeur: '1 000 €' };
		const relu = await correctImport(db, ref, done.id, [{ ...typed, remplace: false, partout: false }], by);
		expect(relu).toMatchObject({ cellules: 1, demoins: 1 });
		const saved = await commitImport(db, ref, done.id, by);
		if (isRefusal(saved)) throw new Error(saved.refus);
		const [first, second] = await actions.listByTerritory(db, '246200364');
		expect(first!.budget?.euros).toBe(1_000);
		expect(first!.origine).toMatchObject({ ligne: 1, corrections: [{ colonne: 1, avant: 'beaucoup' }] });
		expect(second!.origine).not.toHaveProperty('corrections');
	});
});
