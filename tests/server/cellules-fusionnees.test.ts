import { utils, write } from '@e965/xlsx';
import { Document, Packer, Paragraph, Table, TableCell, TableRow, VerticalMergeType } from 'docx';
import { writeXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layoutOf } from '../../src/lib/domain/gabarits/gabarit';
import { isRefusal } from '../../src/lib/domain/issue';
import { open, type Db } from '../../src/lib/server/db/client';
import { readWorkbook } from '../../src/lib/server/files/workbook';
import { readPlan, type ReadPlan } from '../../src/lib/server/plans/import-reading';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { ods } from '../fixtures/classeurs.build';

/* A cell merged over several rows says the same thing of each of them, whatever the program that wrote the file. */

type Cell = string | number | null;
/** First row, column, rows covered; the row from 0. */
type Merge = readonly [number, number, number];

const ref = loadReferentiel();
let db: Db;
beforeAll(async () => {
	db = await open(':memory:');
});
afterAll(() => db.destroy());

const excel = (rows: Cell[][], merges: readonly Merge[]): Promise<Uint8Array> =>
	writeXlsx({
		sheets: [
			{
				name: 'Programme',
				rows,
				merges: merges.map(([row, col, tall]) => ({
					...{ startRow: row, startCol: col, endRow: row + tall - 1, endCol: col }
				}))
			}
		]
	});

/** As LibreOffice writes it: the cells under the first one are « covered ». */
function libreOffice(rows: Cell[][], merges: readonly Merge[]): Uint8Array {
	const cell = (value: Cell, r: number, c: number): string => {
		const own = merges.find(([row, col]) => row === r && col === c);
		if (merges.some(([row, col, tall]) => col === c && r > row && r < row + tall)) return '<table:covered-table-cell/>';
		const span = own ? ` table:number-rows-spanned="${own[2]}" table:number-columns-spanned="1"` : '';
		if (value === null) return `<table:table-cell${span}/>`;
		return typeof value === 'number'
			? `<table:table-cell${span} office:value-type="float" office:value="${value}"><text:p>${value}</text:p></table:table-cell>`
			: `<table:table-cell${span} office:value-type="string"><text:p>${value}</text:p></table:table-cell>`;
	};
	const written = rows.map(
		(row, r) => `<table:table-row>${row.map((v, c) => cell(v, r, c)).join('')}</table:table-row>`
	);
	return ods(`<table:table table:name="Programme">${written.join('')}</table:table>`);
}

function oldExcel(rows: Cell[][], merges: readonly Merge[]): Uint8Array {
	const book = utils.book_new();
	const sheet = utils.aoa_to_sheet(rows);
	sheet['!merges'] = merges.map(([r, c, tall]) => ({ s: { r, c }, e: { r: r + tall - 1, c } }));
	utils.book_append_sheet(book, sheet, 'Programme');
	return new Uint8Array(write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer);
}

function webPage(rows: Cell[][], merges: readonly Merge[]): Uint8Array {
	const covered = (r: number, c: number): boolean =>
		merges.some(([row, col, tall]) => col === c && r > row && r < row + tall);
	const cell = (value: Cell, r: number, c: number): string => {
		const tall = merges.find(([row, col]) => row === r && col === c)?.[2] ?? 1;
		return covered(r, c) ? '' : `<td rowspan="${tall}">${value ?? ''}</td>`;
	};
	const written = rows.map((row, r) => `<tr>${row.map((v, c) => cell(v, r, c)).join('')}</tr>`);
	return new TextEncoder().encode(`<html><body><table>${written.join('')}</table></body></html>`);
}

function word(rows: Cell[][], merges: readonly Merge[]): Promise<Uint8Array> {
	const cell = (value: Cell, r: number, c: number): TableCell => {
		const inside = merges.find(([row, col, tall]) => col === c && r >= row && r < row + tall);
		const merge = inside?.[0] === r ? VerticalMergeType.RESTART : VerticalMergeType.CONTINUE;
		return new TableCell({
			children: [new Paragraph(String(value ?? ''))],
			...(inside ? { verticalMerge: merge } : {})
		});
	};
	const table = new Table({
		rows: rows.map((row, r) => new TableRow({ children: row.map((v, c) => cell(v, r, c)) }))
	});
	return Packer.toBuffer(new Document({ sections: [{ children: [table] }] }));
}

async function plan(bytes: Uint8Array): Promise<ReadPlan> {
	const read = await readPlan(db, ref, { bytes, fichier: 'plan', territoire: '200072460', plan: 'contrat-de-ville' });
	if (isRefusal(read)) throw new Error(read.refus);
	const { lues, acceptees, rejetees, ignorees } = read.report;
	expect(lues).toBe(acceptees + rejetees + ignorees);
	return read;
}
const said = ({ report }: ReadPlan, colonne: string) =>
	report.anomalies.filter((a) => a.colonne === colonne && a.code === 'valeur-suspecte');

const HEAD: Cell[] = ['Quartier', 'Thématique', 'Intitulé de l’action', 'Porteur', 'Coût total', 'Statut'];
const ROWS: Cell[][] = [
	HEAD,
	['La Butte', 'Santé', 'Marche du matin', 'Office des sports', 1000, 'En cours'],
	[null, null, 'Cuisine de saison', 'Centre social', 2000, 'En cours'],
	[null, 'Emploi', 'Forum des métiers', 'Mission locale', 3000, 'En cours'],
	['Le Port', 'Santé', 'Dépistage au marché', 'Centre de santé', 4000, 'En cours'],
	[null, null, 'Groupe de parole', 'Centre de santé', 5000, 'En cours']
];
const MERGES: readonly Merge[] = [
	[1, 0, 3],
	[4, 0, 2],
	[1, 1, 2],
	[4, 1, 2]
];

describe('une cellule fusionnée sur plusieurs lignes', () => {
	it.each([
		['un classeur Excel', excel],
		['un classeur LibreOffice', libreOffice],
		['un ancien classeur .xls', oldExcel],
		['une page web', webPage],
		['un document Word', word]
	])('vaut pour chacune dans %s', async (_, make) => {
		const { drafts } = await plan(await make(ROWS, MERGES));
		expect(drafts.map((d) => [d.quartiers[0], d.secteurs[0], d.budget?.euros])).toEqual([
			['La Butte', 'Santé', 1000],
			['La Butte', 'Santé', 2000],
			['La Butte', 'Emploi', 3000],
			['Le Port', 'Santé', 4000],
			['Le Port', 'Santé', 5000]
		]);
	});

	it('se dit une fois par colonne, avec ses cellules', async () => {
		const read = await plan(await excel(ROWS, MERGES));
		expect(said(read, 'Quartier')).toMatchObject([
			{
				gravite: 'info',
				cellule: 'A2',
				trouve: 'La Butte',
				message:
					'Colonne «\u00a0Quartier\u00a0»\u00a0: les cellules fusionnées valent pour toutes les lignes couvertes\u202f; 3\u00a0lignes remplies, «\u00a0La Butte\u00a0» (A2 à A4) et «\u00a0Le Port\u00a0» (A5 à A6).'
			}
		]);
		expect(said(read, 'Thématique')).toHaveLength(1);
	});

	it('n’a rien à voir avec des cases laissées vides : le quartier d’une ligne sans quartier reste inconnu', async () => {
		const { drafts, report } = await plan(await excel(ROWS, []));
		expect(drafts.map((d) => d.quartiers)).toEqual([['La Butte'], [], [], ['Le Port'], []]);
		expect(report.anomalies.filter((a) => a.colonne === 'Quartier' && a.code === 'valeur-suspecte')).toEqual([]);
	});

	it('ne remplit ni une ligne vide, ni un total, ni une case déjà écrite', async () => {
		const rows = [...ROWS.slice(0, 3), [], ['', '', 'Total', '', 3000], ...ROWS.slice(3)];
		rows[2] = ['Le Port', null, 'Cuisine de saison', 'Centre social', 2000, 'En cours'];
		const { drafts, report } = await plan(await excel(rows, [[1, 0, 5]]));
		expect(drafts.map((d) => d.quartiers)).toEqual([['La Butte'], ['Le Port'], ['La Butte'], ['Le Port'], []]);

		expect(report.rejetees).toBe(0);
	});

	it('porte aussi un porteur, une date, un état, et le nom d’un financeur', async () => {
		const rows: Cell[][] = [
			['Intitulé de l’action', 'Porteur', 'Date de début', 'Statut', 'Financeur', 'Montant demandé'],
			['Marche du matin', 'Office des sports', '01/03/2026', 'En cours', 'Région', 1000],
			['Cuisine de saison', null, null, null, null, 2000]
		];
		const { drafts } = await plan(
			await excel(
				rows,
				[1, 2, 3, 4].map((column): Merge => [1, column, 2])
			)
		);
		expect(drafts[1]).toMatchObject({
			porteur: 'Office des sports',
			statut: 'en-cours',
			dates: { debut: '2026-03-01' }
		});
		expect(drafts[1]!.financements).toMatchObject([{ libelle: 'Région', demande: 2000 }]);
	});

	it('garde l’axe qu’une case vide, sous elle, reprend de plus haut', async () => {
		const rows: Cell[][] = [
			['Axe', 'Intitulé de l’action', 'Porteur'],
			['1. Santé', 'Marche du matin', 'Office des sports'],
			[null, 'Cuisine de saison', 'Centre social'],
			[null, 'Groupe de parole', 'Centre de santé'],
			['2. Emploi', 'Forum des métiers', 'Mission locale'],
			[null, 'Chantier école', 'Régie']
		];
		const read = await plan(await excel(rows, [[1, 0, 2]]));
		expect(read.drafts.map((d) => d.axe)).toEqual(['1. Santé', '1. Santé', '1. Santé', '2. Emploi', '2. Emploi']);
		expect(said(read, 'Axe').map((a) => [a.gravite, a.cellule])).toEqual([
			['info', 'A2'],
			['info', 'A4']
		]);
	});
});

describe('une cellule fusionnée de notre modèle', () => {
	it('vaut pour chaque ligne, dans les colonnes que lui seul a comme dans les autres', async () => {
		const headers = layoutOf(ref.gabarits, ref.plans, 'contrat-de-ville', { lignes: 3, modele: true }).map(
			(c) => c.entete
		);
		const row = (cells: Readonly<Record<string, string>>): Cell[] => headers.map((h) => cells[h] ?? null);
		const titre = headers.find((h) => h.startsWith('Intitulé'))!;
		const merged = ['Structure porteuse', 'Quartier 1', 'Publics'];
		const read = await plan(
			await excel(
				[
					headers,
					row({ [titre]: 'Marche du matin', [merged[0]!]: 'Office', [merged[1]!]: 'La Butte', [merged[2]!]: 'Élèves' }),
					row({ [titre]: 'Cuisine de saison' })
				],
				merged.map((header): Merge => [1, headers.indexOf(header), 2])
			)
		);
		expect(read.drafts.map((d) => [d.porteur, d.quartiers, d.publics])).toEqual([
			['Office', ['La Butte'], ['Élèves']],
			['Office', ['La Butte'], ['Élèves']]
		]);
		expect(merged.map((colonne) => said(read, colonne).length)).toEqual([1, 1, 1]);
	});
});

describe('un montant dans une cellule fusionnée', () => {
	const rows: Cell[][] = [
		['N°', 'Intitulé de l’action', 'Porteur', 'Coût total', 'Subvention Région demandée', 'ETP'],
		[1, 'Marche du matin', 'Office des sports', 9000, 3000, 1.5],
		[null, 'Cuisine de saison', 'Centre social', null, null, null],
		[null, 'Groupe de parole', 'Centre de santé', null, null, null],
		[4, 'Forum des métiers', 'Mission locale', 500, null, 0.2]
	];
	const merges = [0, 3, 4, 5].map((column): Merge => [1, column, 3]);

	it('ne se compte qu’une fois : trois actions ne coûtent pas trois fois la même somme', async () => {
		const { drafts } = await plan(await excel(rows, merges));
		expect(drafts.map((d) => d.budget?.euros ?? null)).toEqual([9000, null, null, 500]);
		expect(drafts.flatMap((d) => d.financements).map((l) => l.demande)).toEqual([3000]);
		expect(drafts.map((d) => [d.reference, d.etp])).toEqual([
			['1', 1.5],
			[null, null],
			[null, null],
			['4', 0.2]
		]);
	});

	it('se dit, et la part de chaque action est demandée', async () => {
		const read = await plan(await excel(rows, merges));
		expect(said(read, 'Coût total')).toMatchObject([
			{
				gravite: 'a-verifier',
				cellule: 'D2',
				trouve: '9000',
				message:
					'Colonne «\u00a0Coût total\u00a0»\u00a0: un montant est dans une cellule fusionnée sur plusieurs actions\u202f; il reste à la première, pour n’être compté qu’une fois\u00a0: «\u00a09000\u00a0» (D2 à D4).'
			}
		]);
		expect(said(read, 'Subvention Région demandée')).toHaveLength(1);
		expect(said(read, 'ETP')[0]!.message).toMatch(/un chiffre est dans une cellule fusionnée/);
		expect(said(read, 'N°')[0]!.message).toMatch(/deux actions n’ont jamais le même/);
	});

	it('fusionné avec son titre, est celui d’une seule action : rien n’est à demander', async () => {
		const one: Cell[][] = [
			['Intitulé de l’action', 'Porteur', 'Coût total', 'Financeur', 'Montant demandé'],
			['Ferme urbaine', 'Terre d’Ombelle', 12000, 'P147', 4000],
			[null, null, null, 'Département', 3000],
			['Forum des métiers', 'Mission locale', 500, 'P147', 200]
		];
		const read = await plan(
			await excel(
				one,
				[0, 1, 2].map((column): Merge => [1, column, 2])
			)
		);
		expect(read.drafts.map((d) => [d.titre, d.budget?.euros, d.financements.length])).toEqual([
			['Ferme urbaine', 12000, 2],
			['Forum des métiers', 500, 1]
		]);
		expect(said(read, 'Coût total')).toEqual([]);
	});
});

describe('les cellules fusionnées d’une feuille', () => {
	it('sont dites avec elle, celles d’une seule ligne exceptées', async () => {
		const bytes = await writeXlsx({
			sheets: [
				{
					name: 'P',
					rows: [
						['Programme', null],
						['Axe', 'Titre'],
						['1', 'a'],
						[null, 'b']
					],
					merges: [
						{ startRow: 0, startCol: 0, endRow: 0, endCol: 1 },
						{ startRow: 2, startCol: 0, endRow: 3, endCol: 0 }
					]
				}
			]
		});
		const workbook = await readWorkbook(bytes, 'p.xlsx');
		if (isRefusal(workbook)) throw new Error(workbook.refus);
		expect(workbook.sheets[0]!.fusions).toEqual([{ ligne: 3, colonne: 0, hauteur: 2 }]);
	});
});
