import { beforeAll, describe, expect, test } from 'vitest';
import type { Correction } from '../../src/lib/domain/import/choices';
import type { ImportReport } from '../../src/lib/domain/import/import-report';
import { isRefusal } from '../../src/lib/domain/issue';
import { open, type Db } from '../../src/lib/server/db/client';
import { readWorkbook } from '../../src/lib/server/files/workbook';
import { importDirect } from '../../src/lib/server/plans/import-document';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { returnWorkbook } from '../../src/lib/server/returned/return-workbook';
import { attribute, elementsIn, unescaped } from '../../src/lib/server/returned/xml-text';
import { ods, odsCell, odsRow } from '../fixtures/classeurs.build';
import { unzip } from '../fixtures/unzip';

const LE = '2026-11-22';
let db: Db;
beforeAll(async () => {
	db = await open(':memory:');
});

async function report(bytes: Uint8Array, fichier = 'plan.ods'): Promise<ImportReport> {
	const request = { bytes, fichier, territoire: '246200364', plan: 'plh', aBlanc: true, par: 'x', le: LE } as const;
	const done = await importDirect(db, loadReferentiel(), request);
	if (isRefusal(done)) throw new Error(done.refus);
	return done;
}

async function returned(bytes: Uint8Array, fichier = 'plan.ods', corrections: readonly Correction[] = []) {
	const rapport = await report(bytes, fichier);
	const done = await returnWorkbook(bytes, { rapport, anomalies: rapport.anomalies, corrections, le: LE });
	if (isRefusal(done)) throw new Error(done.refus);
	const files = await unzip(done.octets);
	return { ...done, rapport, files, xml: files.get('content.xml')! };
}

interface Seen {
	readonly note: string;
	/** Inside of the element of its style, its properties included. */
	readonly style: string;
	readonly tag: string;
	readonly xml: string;
}

/** The cells of a sheet as an OpenDocument reader places them: « C3 » → what it bears. */
function cellsOf(xml: string, feuille: string): Map<string, Seen> {
	const styles = new Map(
		elementsIn(xml, 0, xml.length, 'style:style').map((e) => [
			attribute(e.inside, 'style:name'),
			xml.slice(e.start, e.end)
		])
	);
	const table = elementsIn(xml, 0, xml.length, 'table:table').find(
		(e) => attribute(e.inside, 'table:name') === feuille
	)!;
	const seen = new Map<string, Seen>();
	let ligne = 1;
	for (const row of elementsIn(xml, table.contentStart, table.contentEnd, 'table:table-row')) {
		let colonne = 0;
		for (const cell of elementsIn(xml, row.contentStart, row.contentEnd)) {
			const [note] = elementsIn(xml, cell.contentStart, cell.contentEnd, 'office:annotation');
			const lines = note ? elementsIn(xml, note.contentStart, note.contentEnd, 'text:p') : [];
			const text = lines.map((p) => unescaped(xml.slice(p.contentStart, p.contentEnd))).join('\n');
			const name = attribute(cell.inside, 'table:style-name');
			seen.set(`${String.fromCharCode(65 + colonne)}${ligne}`, {
				note: text,
				style: styles.get(name) ?? '',
				tag: cell.tag,
				xml: xml.slice(cell.start, cell.end)
			});
			colonne += Number(attribute(cell.inside, 'table:number-columns-repeated') ?? 1);
		}
		ligne += Number(attribute(row.inside, 'table:number-rows-repeated') ?? 1);
	}
	return seen;
}

const rowsOf = async (bytes: Uint8Array) => {
	const book = await readWorkbook(bytes, 'x.ods');
	if (isRefusal(book)) throw new Error(book.refus);
	return book.sheets.filter((s) => !s.nom.startsWith('Anomalies'));
};

const NUMBER = (value: number, style: string): string =>
	`<table:table-cell table:style-name="${style}" table:formula="of:=SUM([.A1])" office:value-type="float" office:value="${value}"><text:p>${value}</text:p></table:table-cell>`;
const STYLES = [
	'<style:style style:name="co1" style:family="table-column"/>',
	'<style:style style:name="ce1" style:family="table-cell" style:parent-style-name="Montant" style:data-style-name="N106"><style:table-cell-properties fo:background-color="#ffff00" fo:border="0.06pt solid #000000"/><style:text-properties fo:font-weight="bold"/><style:map style:condition="is-true-formula(A1)" style:apply-style-name="Alerte"/></style:style>'
].join('');
const NOTED =
	'<table:table-cell table:style-name="ce1" office:value-type="string"><office:annotation office:display="true"><dc:creator>Service</dc:creator><text:p>Vu avec la région</text:p></office:annotation><text:p>beaucoup</text:p></table:table-cell>';
const BLANK = '<table:table-cell table:number-columns-repeated="3"/>';
/** A plan as LibreOffice writes it: a banner over two columns, runs of equal cells and rows, groups, a comment, a formula. */
const PLAN = [
	'<table:table table:name="Plan d’actions &amp; suivi"><table:table-column table:style-name="co1" table:default-cell-style-name="Défaut plan" table:number-columns-repeated="16384"/>',
	`<table:table-row><table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>Programme &gt; essai</text:p></table:table-cell><table:covered-table-cell/></table:table-row>`,
	`<table:table-header-rows>${odsRow('N°', 'Titre', 'Coût HT', 'Statut', 'Priorité')}</table:table-header-rows>`,
	'<table:table-row-group>',
	`<table:table-row>${odsCell('1')}${odsCell('Isoler l’école')}${NOTED}<table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>Dans les tuyaux</text:p></table:table-cell></table:table-row>`,
	`<table:table-row table:number-rows-repeated="3"><table:table-cell/>${odsCell('Planter des arbres')}${NUMBER(12, 'ce1')}${odsCell('En rêve')}<table:table-cell table:number-columns-repeated="16380"/></table:table-row>`,
	'</table:table-row-group>',
	`<table:table-row>${odsCell('3')}${BLANK}</table:table-row>`,
	'<table:table-row table:number-rows-repeated="1048569"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
	'</table:table><table:table table:name="Listes"><table:table-row><table:table-cell/></table:table-row></table:table>',
	'<table:named-expressions/>'
].join('');
const SHEET = 'Plan d’actions & suivi';
const MORE = [
	{ name: 'settings.xml', data: '<?xml version="1.0"?><!-- à garder -->' },
	{ name: 'Thumbnails/thumbnail.png', data: '\u0089PNG' }
];
const plan = (): Uint8Array => ods(PLAN, STYLES, MORE);

describe('un ODS rendu', () => {
	test('est le même ODS : chaque cellule en cause porte sa phrase et un fond, sur son propre style', async () => {
		const { xml, rapport, nom, genre } = await returned(plan());
		expect([nom, genre]).toEqual(['plan - relu.ods', 'original']);
		const cells = cellsOf(xml, SHEET);
		const told = rapport.anomalies.flatMap((a) => a.cellule ?? []);
		expect(told).toEqual(expect.arrayContaining(['C3', 'D3', 'D4', 'D5', 'D6', 'B7']));
		for (const cell of told) {
			expect(cells.get(cell)?.note, cell).toMatch(/Attendu\u00a0: /);
			expect(cells.get(cell)?.style, cell).toContain('fo:background-color="#');
		}
		expect(cells.get('C3')!.style).toMatch(
			/style:parent-style-name="Montant" style:data-style-name="N106"><style:table-cell-properties fo:background-color="#\w{6}" fo:border="0.06pt solid #000000"><\/style:table-cell-properties><style:text-properties fo:font-weight="bold"\/><style:map/
		);
		expect(cells.get('C3')!.style).not.toContain('#ffff00');
		expect(cells.get('D4')!.style).toContain('style:parent-style-name="Défaut plan"');
		expect(cells.get('C4')!.style).toContain('#ffff00');
	});

	test('garde toutes ses valeurs, ses formules, ses suites de cellules et de lignes, ses autres fichiers', async () => {
		const [before, after] = [plan(), await returned(plan())];
		expect(await rowsOf(after.octets)).toEqual(await rowsOf(before));
		expect(after.xml.match(/of:=SUM/g)).toHaveLength(3);
		expect(after.xml).toContain('table:number-rows-repeated="1048569"');
		expect(after.xml.match(/table:number-columns-repeated="16380"/g)).toHaveLength(3);
		const others = (files: ReadonlyMap<string, string>) => [...files].filter(([name]) => name !== 'content.xml');
		expect(others(after.files)).toEqual(others(await unzip(before)));
		expect([...after.files.keys()][0]).toBe('mimetype');
	});

	test('ajoute sa phrase au commentaire que la cellule avait déjà, et l’en retire au retour suivant', async () => {
		const first = await returned(plan());
		expect(cellsOf(first.xml, SHEET).get('C3')!.note).toMatch(/^Vu avec la région\n— Croisée —\n/);
		const again = await returned(first.octets, first.nom);
		expect(again.nom).toBe('plan - relu.ods');
		expect(again.rapport.anomalies).toEqual(first.rapport.anomalies);
		expect(cellsOf(again.xml, SHEET).get('C3')!.note).toBe(cellsOf(first.xml, SHEET).get('C3')!.note);
		expect(again.xml.match(/<office:annotation/g)).toHaveLength(first.xml.match(/<office:annotation/g)!.length);
		expect(again.xml.match(/table:name="Anomalies/g)).toHaveLength(1);
		expect(again.xml.match(/anomalies_croisee/g)).toHaveLength(1);
	});

	test('perd ses marques une fois les cellules corrigées', async () => {
		const { octets } = await returned(plan());
		const rapport = { fichier: 'plan - relu.ods', lues: 5, acceptees: 5, rejetees: 0, ignorees: 0 };
		const done = await returnWorkbook(octets, { rapport, anomalies: [], corrections: [], le: LE });
		if (isRefusal(done)) throw new Error(done.refus);
		const xml = (await unzip(done.octets)).get('content.xml')!;
		const cells = [...cellsOf(xml, SHEET).values()];
		expect(cells.map((c) => c.note).filter(Boolean)).toEqual(['Vu avec la région']);
		expect(cells.filter((c) => /#(?:f4c2cd|fbe7be|d7e6f2|d3ebe5)/.test(c.style))).toEqual([]);
	});

	test('finit par une feuille « Anomalies » où chaque ligne mène à sa cellule, et un texte en « = » reste un texte', async () => {
		const { xml, rapport, octets } = await returned(
			ods(
				`<table:table table:name="L'essai">${odsRow('Titre', 'Coût HT')}${odsRow('=1+1 Isoler', '=beaucoup')}</table:table>`
			)
		);
		const book = await readWorkbook(octets, 'x.ods');
		if (isRefusal(book)) throw new Error(book.refus);
		expect(book.sheets.map((s) => s.nom)).toEqual(["L'essai", 'Anomalies']);
		const { rows } = book.sheets[1]!;
		const header = rows.findIndex((row) => row[0] === 'Gravité');
		expect(rows.slice(header + 1)).toHaveLength(rapport.anomalies.length);
		expect(rows.flat()).toContain('=beaucoup');
		expect(xml).toContain(`xlink:href="#'L''essai'.B2"`);
		expect(xml).not.toContain('table:formula');
	});

	test('dit sur la cellule visible ce qui est relevé dans une cellule fusionnée avec elle', async () => {
		const merged = (text: string): string =>
			`<table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="2" office:value-type="string"><text:p>${text}</text:p></table:table-cell><table:covered-table-cell/>`;
		const hidden = '<table:covered-table-cell table:number-columns-repeated="2"/>';
		const bytes = ods(
			`<table:table table:name="A">${odsRow('Titre', 'Statut', 'Coût HT')}<table:table-row>${odsCell('Isoler')}${merged('En cours')}</table:table-row><table:table-row>${odsCell('Planter')}${hidden}</table:table-row></table:table>`
		);
		const correction = { feuille: 'A', ligne: 3, colonne: 2, valeur: '12', avant: null };
		const cells = cellsOf((await returned(bytes, 'a.ods', [correction])).xml, 'A');
		expect(cells.get('B2')!.note).toMatch(
			/^Pour information\. Colonne «\u00a0Statut\u00a0»[^]+\n\nC3, fusionnée avec cette cellule\u00a0: Corrigé à l’écran/
		);
		expect(cells.get('B3')!.note).toBe('');
	});

	test('marque aussi une cellule que le fichier n’écrit pas', async () => {
		const bytes = ods(`<table:table table:name="A">${odsRow('Titre', 'Coût HT')}${odsRow('Isoler')}</table:table>`);
		const correction = { feuille: 'A', ligne: 2, colonne: 3, valeur: '12', avant: null };
		const { xml, octets } = await returned(bytes, 'a.ods', [correction]);
		expect(cellsOf(xml, 'A').get('D2')!.note).toContain('Corrigé à l’écran');
		expect(await rowsOf(octets)).toEqual(await rowsOf(bytes));
	});
});
