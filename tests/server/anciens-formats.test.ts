import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import type { Workbook } from '../../src/lib/domain/import/sheet';
import { readWorkbook } from '../../src/lib/server/files/workbook';
import { xlsx } from '../fixtures/classeurs.build';

async function read(bytes: Uint8Array, name: string): Promise<Workbook> {
	const workbook = await readWorkbook(new Uint8Array(bytes), name);
	if (isRefusal(workbook)) throw new Error(workbook.refus);
	return workbook;
}
const page = (body: string): Promise<Workbook> => read(Buffer.from(`<html><body>${body}</body></html>`), 'export.xls');

describe('un ancien classeur .xls', () => {
	const rows = [
		['Titre', 'Budget', 'Début', 'Fait'],
		['Isoler l’école', 12000.5, new Date(Date.UTC(2025, 2, 12)), true],
		['Planter', 0, null, false]
	];
	const book = utils.book_new();
	utils.book_append_sheet(book, utils.aoa_to_sheet(rows, { cellDates: true, UTC: true }), 'Actions');
	utils.book_append_sheet(book, utils.aoa_to_sheet([['Listes']]), 'Listes');
	book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] };

	it('rend ses textes, ses nombres, ses dates, ses cases cochées et ses feuilles masquées', async () => {
		const workbook = await read(write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer, 'plan.xls');
		expect(workbook.format).toBe('xls');
		expect(workbook.sheets).toEqual([
			{
				nom: 'Actions',
				masquee: false,
				rows: [
					['Titre', 'Budget', 'Début', 'Fait'],
					['Isoler l’école', 12000.5, '2025-03-12', true],
					['Planter', 0, null, false]
				]
			},
			{ nom: 'Listes', masquee: true, rows: [['Listes']] }
		]);
	});
});

describe('une page web nommée .xls', () => {
	const head = '<tr><th>Titre<th>Service';

	it('rend son tableau, entités et retours à la ligne compris, et le dit', async () => {
		const workbook = await page(
			`<script>if (1<2) document.write("<table>")</script><table><caption>Actions 2025</caption>${head}<tr><td>L&rsquo;&eacute;cole &amp; la&nbsp;gare<br>phase&#32;2</td><td><b>Habi</b>tat<!-- <td>caché --></td></tr></table>`
		);
		expect(workbook.format).toBe('html');
		expect(workbook.sheets).toEqual([
			{
				nom: 'Actions 2025',
				masquee: false,
				rows: [
					['Titre', 'Service'],
					['L’école & la gare\nphase 2', 'Habitat']
				]
			}
		]);
		expect(workbook.issues?.[0]?.message).toMatch(/page web/);
	});

	it('garde ses colonnes alignées sous les cellules fusionnées', async () => {
		const workbook = await page(
			`<table><tr><td rowspan="2">Axe 1</td><td colspan=2>Isoler</td></tr><tr><td>a</td><td>b</td></tr></table>`
		);
		expect(workbook.sheets[0]!.rows).toEqual([
			['Axe 1', 'Isoler'],
			[null, 'a', 'b']
		]);
	});

	it('laisse de côté les tableaux de mise en page, garde celui qu’ils entourent', async () => {
		const workbook = await page(
			`<table><tr><td>Menu</td></tr><tr><td><table>${head}<tr><td>Isoler<td>Habitat</table></td></tr></table>`
		);
		expect(workbook.sheets.map((s) => s.rows)).toEqual([
			[
				['Titre', 'Service'],
				['Isoler', 'Habitat']
			]
		]);
	});
});

it('un classeur à macros se lit sans elles, et le dit', async () => {
	const bytes = xlsx('<row r="1"><c r="A1"><v>1</v></c></row>', [{ name: 'xl/vbaProject.bin', data: 'x' }]);
	const { issues } = await read(bytes, 'plan.xlsm');
	expect(issues?.map((i) => [i.severity, i.message])).toEqual([
		['info', 'Les macros de ce classeur n’ont été ni lues ni exécutées.']
	]);
});
