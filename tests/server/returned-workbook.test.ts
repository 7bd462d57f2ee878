import { existsSync, readFileSync } from 'node:fs';
import { read, utils, type WorkBook } from '@e965/xlsx';
import { writeXlsx } from 'hucre';
import { beforeAll, describe, expect, test } from 'vitest';
import { LIST_TITLE, returnedAs } from '../../src/lib/domain/import/cell-marks';
import type { Correction } from '../../src/lib/domain/import/choices';
import type { ImportReport } from '../../src/lib/domain/import/import-report';
import { isRefusal } from '../../src/lib/domain/issue';
import { open, type Db } from '../../src/lib/server/db/client';
import { readWorkbook } from '../../src/lib/server/files/workbook';
import { importDirect } from '../../src/lib/server/plans/import-document';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { returnedName, returnWorkbook } from '../../src/lib/server/returned/return-workbook';

const LE = '2026-11-22';
let db: Db;
beforeAll(async () => {
	db = await open(':memory:');
});

async function report(bytes: Uint8Array, fichier = 'plan.xlsx', plan: 'plh' | 'pcaet' = 'plh'): Promise<ImportReport> {
	const request = { bytes, fichier, territoire: '246200364', plan, aBlanc: true, par: 'x', le: LE } as const;
	const done = await importDirect(db, loadReferentiel(), request);
	if (isRefusal(done)) throw new Error(done.refus);
	return done;
}

async function returned(bytes: Uint8Array, fichier = 'plan.xlsx', corrections: readonly Correction[] = []) {
	const rapport = await report(bytes, fichier, 'plh');
	const done = await returnWorkbook(bytes, { rapport, anomalies: rapport.anomalies, corrections, le: LE });
	if (isRefusal(done)) throw new Error(done.refus);
	return { ...done, rapport, book: read(done.octets, { cellStyles: true, cellFormula: true }) };
}

const said = (book: WorkBook, sheet: string, cell: string): string =>
	(book.Sheets[sheet]?.[cell]?.c ?? []).map((c: { t?: string }) => c.t).join('');
/** Everything a workbook holds, cell by cell. */
const valuesOf = async (bytes: Uint8Array) => {
	const book = await readWorkbook(bytes, 'x.xlsx');
	if (isRefusal(book)) throw new Error(book.refus);
	return book.sheets.filter((s) => s.rows[0]?.[0] !== LIST_TITLE);
};

/** A workbook as people make them: a banner, colours, a formula, a merged cell, a list, a comment, a hidden sheet. */
async function workbook(rows: (string | number | null)[][] = FAULTY): Promise<Uint8Array> {
	const yellow = { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFFF00' } } } as const;
	return new Uint8Array(
		(await writeXlsx({
			sheets: [
				{
					name: 'Plan d’actions',
					rows: [['Programme d’essai'], ['N°', 'Titre', 'Coût HT', 'Statut', 'Total'], ...rows],
					columns: [{ width: 6 }, { width: 50 }],
					merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 3 }],
					dataValidations: [{ type: 'list', range: 'D3:D20', values: ['En cours', 'À venir'] }],
					cells: new Map([
						[
							'2,2',
							{ value: FAULTY[0]![2], style: yellow, comment: { author: 'Service', text: 'Montant vu avec la région' } }
						],
						['2,4', { value: 3, formula: 'SUM(1,2)' }]
					])
				},
				{ name: 'Listes', rows: [['En cours'], ['À venir']], hidden: true }
			]
		})) as Uint8Array
	);
}
const FAULTY: (string | number | null)[][] = [
	[1, 'Isoler l’école', 'beaucoup', 'En cours', 3],
	[2, 'Planter des arbres', 12_000, 'Dans les tuyaux', null],
	[3, null, 5_000, null, null],
	[4, '=1+1 Éclairer la place', 'entre 200 et 500 k€', 'En cours', null]
];

describe('le classeur rendu', () => {
	test('porte un commentaire et une couleur dans chaque cellule en cause', async () => {
		const { book, rapport, genre, nom } = await returned(await workbook());
		expect([genre, nom]).toEqual(['original', 'plan - relu.xlsx']);
		const cells = rapport.anomalies.flatMap((a) => a.cellule ?? []);
		expect(cells).toEqual(expect.arrayContaining(['C3', 'D4', 'B5', 'C6']));
		for (const cell of cells) {
			expect(said(book, 'Plan d’actions', cell), cell).toMatch(/Attendu\u00a0: /);
			expect(book.Sheets['Plan d’actions']![cell].s, cell).toMatchObject({
				patternType: expect.stringMatching(/solid|light|gray/)
			});
		}
		expect(said(book, 'Plan d’actions', 'B5')).toContain('Ligne à reprendre.');
	});

	test('ne change aucune valeur, et garde largeurs, fusions, formules, listes, feuilles masquées et commentaires', async () => {
		const bytes = await workbook();
		const { book, octets } = await returned(bytes);
		expect(await valuesOf(octets)).toEqual(await valuesOf(bytes));
		const [before, after] = [bytes, octets].map((b) => read(b, { cellStyles: true }).Sheets['Plan d’actions']!);
		expect(after!['!cols']).toEqual(before!['!cols']);
		expect(after!['!merges']).toEqual(before!['!merges']);
		expect(book.Sheets['Plan d’actions']!['E3'].f).toBe('SUM(1,2)');
		expect(book.Workbook?.Sheets?.map((s) => [s.name, s.Hidden])).toEqual([
			['Plan d’actions', 0],
			['Listes', 1],
			['Anomalies', 0]
		]);
		expect(said(book, 'Plan d’actions', 'C3')).toMatch(/Montant vu avec la région[\s\S]*Croisée/);
	});

	test('liste tout dans une feuille « Anomalies », chaque ligne mène à sa cellule, un texte en « = » reste un texte', async () => {
		const { book, rapport } = await returned(await workbook());
		const sheet = book.Sheets['Anomalies']!;
		const lines = utils.sheet_to_json<string[]>(sheet, { header: 1 });
		const header = lines.findIndex((l) => l[0] === 'Gravité');
		expect(lines[0]).toEqual([LIST_TITLE]);
		expect(lines.slice(header + 1)).toHaveLength(rapport.anomalies.length);
		const links = Object.values(sheet).flatMap((c) => (c as { l?: { Target?: string } })?.l?.Target ?? []);
		expect(links).toContain("#'Plan d’actions'!C3");
		expect(Object.values(sheet).every((c) => !(c as { f?: string })?.f)).toBe(true);
	});

	test('redéposé tel quel, donne le même compte rendu', async () => {
		const bytes = await workbook();
		const { octets, rapport } = await returned(bytes);
		expect(await report(octets)).toEqual(rapport);
	});

	test('corrigé puis rendu une seconde fois, perd ses anciennes marques et n’a qu’une feuille « Anomalies »', async () => {
		const { octets } = await returned(await workbook());
		const again = await returned(octets, 'plan - relu.xlsx');
		expect(again.nom).toBe('plan - relu.xlsx');
		expect(again.book.SheetNames.filter((n) => n.startsWith('Anomalies'))).toHaveLength(1);
		expect(said(again.book, 'Plan d’actions', 'D4').match(/À vérifier/g)).toHaveLength(1);
		expect(said(again.book, 'Plan d’actions', 'C3').match(/À vérifier/g)).toHaveLength(1);
	});

	test('dit ce qui a été corrigé à l’écran, sans toucher à la cellule', async () => {
		const bytes = await workbook();
		const correction = {
			feuille: 'Plan d’actions',
			ligne: 4,
			colonne: 3,
			valeur: 'En cours',
			avant: 'Dans les tuyaux',
			par: 'Camille',
			le: LE
		};
		const { book, octets } = await returned(bytes, 'plan.xlsx', [correction]);
		expect(said(book, 'Plan d’actions', 'D4')).toContain('Corrigé à l’écran le 22/11/2026 par Camille');
		expect(await valuesOf(octets)).toEqual(await valuesOf(bytes));
	});

	test('d’un CSV est un classeur des cellules lues, aux mêmes places', async () => {
		const csv = 'N°;Titre;Coût HT\n1;Isoler;beaucoup\n2;;12\n';
		const { book, genre, octets, rapport } = await returned(new TextEncoder().encode(csv), 'plan.csv');
		expect(genre).toBe('copie');
		const [name] = book.SheetNames;
		expect(said(book, name!, 'C2')).toContain('beaucoup');
		const again = await report(octets);
		expect(again.anomalies.map((a) => [a.code, a.cellule])).toEqual(rapport.anomalies.map((a) => [a.code, a.cellule]));
	});

	test('garde le nom du fichier', () => {
		expect(returnedName('Plan 2026.v2.ods', 'ods')).toBe('Plan 2026.v2 - relu.ods');
		expect(returnedName('sans extension')).toBe('sans extension - relu.xlsx');
	});

	test('dit d’avance ce qui sera rendu, et pourquoi un texte ou un document ne l’est pas tel quel', () => {
		expect(['a.xlsx', 'a.ODS'].map(returnedAs)).toEqual(Array(2).fill(expect.stringMatching(/^Votre classeur/)));
		expect(returnedAs('a.csv')).toMatch(/ni couleur ni commentaire\. Ses cellules .* classeur Excel$/);
		expect(returnedAs('a.docx')).toMatch(/^Un document ne se marque pas/);
		expect(returnedAs('a.json')).toBe('Les cellules lues, dans un classeur Excel');
	});
});

const REAL = [
	'plans/pcaet/TeT_export_plan_action.xlsx',
	'plans/pcaet/TeT_modele-import-pa.xlsx',
	'plans/pcaet/cc-nievre-et-somme_plan-actions_format-TeT.xlsx',
	'plans/pcaet/TeT_modele-import-pa.ods'
].map((path) => `../shared/data/${path}`);

describe.skipIf(!existsSync('../shared/data'))('le classeur rendu, sur des fichiers publics', () => {
	test.each(REAL)(
		'%s s’ouvre dans deux lecteurs, toutes ses valeurs intactes, toutes ses anomalies commentées',
		async (path) => {
			const bytes = readFileSync(path);
			const fichier = path.split('/').at(-1)!;
			const rapport = await report(bytes, fichier, 'pcaet');
			const done = await returnWorkbook(bytes, { rapport, anomalies: rapport.anomalies, corrections: [], le: LE });
			if (isRefusal(done)) throw new Error(done.refus);
			const original = await readWorkbook(bytes, fichier);
			if (isRefusal(original)) throw new Error(original.refus);
			const filled = (sheets: readonly { readonly rows: readonly unknown[] }[]) => sheets.map((s) => s.rows);
			expect(filled(await valuesOf(done.octets))).toEqual(filled(original.sheets));
			const book = read(done.octets);
			for (const a of rapport.anomalies)
				if (a.cellule && a.feuille) expect(said(book, a.feuille, a.cellule), a.cellule).toContain('Attendu');
			expect((await report(done.octets, fichier, 'pcaet')).anomalies).toEqual(rapport.anomalies);
		}
	);
});
