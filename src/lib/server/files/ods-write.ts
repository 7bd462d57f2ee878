import {
	linesOf,
	type GridColumn,
	type GridMenu,
	type GridRow,
	type GridSheet,
	type GridStyle
} from '../../domain/gabarits/grid-sheet';
import { columnName } from '../../domain/import/issue-cells';
import type { GridCell } from '../../domain/gabarits/write-rows';
import { datedArchive } from '../exports/export-archive';
import { quotedSheet } from './sheet-on-paper';
import { writeZip } from './zip-write';

/* OpenDocument spreadsheets with drop-downs and help in the cells, which no library we have writes. */

const MIMETYPE = 'application/vnd.oasis.opendocument.spreadsheet';
const NAMESPACES = [
	['office', 'urn:oasis:names:tc:opendocument:xmlns:office:1.0'],
	['style', 'urn:oasis:names:tc:opendocument:xmlns:style:1.0'],
	['text', 'urn:oasis:names:tc:opendocument:xmlns:text:1.0'],
	['table', 'urn:oasis:names:tc:opendocument:xmlns:table:1.0'],
	['fo', 'urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0'],
	['number', 'urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0'],
	['config', 'urn:oasis:names:tc:opendocument:xmlns:config:1.0'],
	['of', 'urn:oasis:names:tc:opendocument:xmlns:of:1.2'],
	['ooo', 'http://openoffice.org/2004/office']
]
	.map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
	.join(' ');
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
/** Centimetres of one character at the default size. */
const CHARACTER = 0.2;
/** Centimetres of one line. */
const LINE = 0.5;

/** Sheets as an .ods workbook; texts are texts, whatever they begin with. */
export function writeGridOds(sheets: readonly GridSheet[], day: string): Uint8Array {
	const bytes = writeZip([
		{ nom: 'mimetype', contenu: MIMETYPE, brut: true },
		{ nom: 'META-INF/manifest.xml', contenu: manifest() },
		{ nom: 'content.xml', contenu: content(sheets) },
		{ nom: 'styles.xml', contenu: `${HEAD}<office:document-styles ${NAMESPACES} office:version="1.3"/>` },
		{ nom: 'settings.xml', contenu: settings(sheets) }
	]);
	return datedArchive(bytes, day);
}

const manifest = (): string => {
	const entry = (path: string, type: string): string =>
		`<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${type}"/>`;
	const files = ['content.xml', 'styles.xml', 'settings.xml'].map((path) => entry(path, 'text/xml'));
	return `${HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">${entry('/', MIMETYPE)}${files.join('')}</manifest:manifest>`;
};

function content(sheets: readonly GridSheet[]): string {
	const menus = sheets.flatMap((sheet, s) => sheet.menus.map((menu, m) => validation(sheet, menu, `v${s}_${m}`)));
	return [
		`${HEAD}<office:document-content ${NAMESPACES} office:version="1.3">`,
		`<office:automatic-styles>${dataStyles}${styles(sheets)}</office:automatic-styles>`,
		'<office:body><office:spreadsheet>',
		menus.length ? `<table:content-validations>${menus.join('')}</table:content-validations>` : '',
		...sheets.map(table),
		filters(sheets),
		'</office:spreadsheet></office:body></office:document-content>'
	].join('');
}

const dataStyles = [
	'<number:currency-style style:name="d-euros"><number:number number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/><number:text> </number:text><number:currency-symbol number:language="fr" number:country="FR">€</number:currency-symbol></number:currency-style>',
	'<number:number-style style:name="d-nombre"><number:number number:decimal-places="2" number:min-decimal-places="0" number:min-integer-digits="1"/></number:number-style>',
	'<number:date-style style:name="d-date"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>',
	'<number:text-style style:name="d-texte"><number:text-content/></number:text-style>'
].join('');

const LOOKS: Readonly<Record<GridStyle, { readonly text: string; readonly fill: string | null }>> = {
	titre: { text: 'fo:font-weight="bold" fo:font-size="14pt"', fill: null },
	prose: { text: '', fill: null },
	banniere: { text: 'fo:font-weight="bold"', fill: 'EAEDE8' },
	entete: { text: 'fo:font-weight="bold"', fill: 'EAEDE8' },
	exemple: { text: 'fo:font-style="italic" fo:color="#5b615c"', fill: 'F3F3F0' },
	ligne: { text: '', fill: null }
};

/** Name of a cell style: what the row is, what the column holds, the fill of a header. */
function styleName(style: GridStyle, column: GridColumn | undefined): string {
	const head = style === 'entete' || style === 'banniere';
	return `c-${style}-${head ? (column?.couleur ?? 'EAEDE8') : (column?.genre ?? 'texte')}`;
}

function styles(sheets: readonly GridSheet[]): string {
	const named = new Map<string, string>();
	sheets.forEach((sheet, s) => {
		named.set(`t${s}`, `style:family="table"><style:table-properties table:display="${!sheet.masquee}"/>`);
		sheet.colonnes.forEach((column, c) => {
			const width = (column.largeur * CHARACTER).toFixed(2);
			named.set(
				`w${s}-${c}`,
				`style:family="table-column"><style:table-column-properties style:column-width="${width}cm"/>`
			);
			for (const style of ['ligne', ...new Set(sheet.lignes.map((l) => l.style))] as const)
				named.set(styleName(style, column), cellStyle(style, column));
		});
	});
	for (const lines of new Set(sheets.flatMap((sheet) => sheet.lignes.map((row) => linesOf(row, sheet.colonnes)))))
		named.set(
			`r${lines}`,
			`style:family="table-row"><style:table-row-properties style:row-height="${(lines * LINE).toFixed(2)}cm" style:use-optimal-row-height="false"/>`
		);
	return [...named].map(([name, body]) => `<style:style style:name="${name}" ${body}</style:style>`).join('');
}

function cellStyle(style: GridStyle, column: GridColumn): string {
	const head = style === 'entete' || style === 'banniere';
	const fill = head ? (column.couleur ?? LOOKS[style].fill) : LOOKS[style].fill;
	const wrap = style === 'titre' ? '' : ' fo:wrap-option="wrap"';
	const data = head || style === 'titre' || style === 'prose' ? '' : ` style:data-style-name="d-${column.genre}"`;
	const background = fill ? ` fo:background-color="#${fill.toLowerCase()}"` : '';
	return `style:family="table-cell"${data}><style:table-cell-properties style:vertical-align="top"${wrap}${background}/><style:text-properties ${LOOKS[style].text}/>`;
}

function table(sheet: GridSheet, s: number): string {
	const columns = sheet.colonnes.map(
		(column, c) =>
			`<table:table-column table:style-name="w${s}-${c}" table:default-cell-style-name="${styleName('ligne', column)}"/>`
	);
	const lastMenu = Math.max(-1, ...sheet.menus.map((m) => m.a));
	const rows = sheet.lignes.map((row, r) => tableRow(sheet, s, row, r));
	// Rows to fill in: one element for all those that have the same drop-downs.
	const blank = lastMenu - sheet.lignes.length + 1;
	if (blank > 0) rows.push(tableRow(sheet, s, { style: 'ligne', cellules: [] }, sheet.lignes.length, blank));
	return `<table:table table:name="${escape(sheet.nom)}" table:style-name="t${s}">${columns.join('')}${rows.join('')}</table:table>`;
}

function tableRow(sheet: GridSheet, s: number, row: GridRow, r: number, repeat = 1): string {
	const cells = sheet.colonnes.map((column, c) => {
		const menu = sheet.menus.findIndex((m) => m.colonne === c && m.de <= r && r <= m.a);
		const value = row.cellules[c] ?? null;
		const attributes = [
			`table:style-name="${styleName(row.style, column)}"`,
			...(menu >= 0 ? [`table:content-validation-name="v${s}_${menu}"`] : [])
		];
		const span = row.style === 'prose' && c === 0 ? sheet.colonnes.length : 1;
		if (span > 1) attributes.push(`table:number-columns-spanned="${span}"`);
		return cell(value, attributes.join(' '), row.style === 'prose' && c > 0);
	});
	const repeated = repeat > 1 ? ` table:number-rows-repeated="${repeat}"` : '';
	const look = r < sheet.lignes.length ? ` table:style-name="r${linesOf(row, sheet.colonnes)}"` : '';
	return `<table:table-row${look}${repeated}>${cells.join('')}</table:table-row>`;
}

function cell(value: GridCell, attributes: string, covered = false): string {
	if (covered) return '<table:covered-table-cell/>';
	if (value === null) return `<table:table-cell ${attributes}/>`;
	if (typeof value === 'number')
		return `<table:table-cell ${attributes} office:value-type="float" office:value="${value}"><text:p>${value}</text:p></table:table-cell>`;
	if (typeof value === 'object')
		return `<table:table-cell ${attributes} office:value-type="date" office:date-value="${value.date}"><text:p>${value.date.split('-').reverse().join('/')}</text:p></table:table-cell>`;
	return `<table:table-cell ${attributes} office:value-type="string">${paragraphs(value)}</table:table-cell>`;
}

/** Lines of a text as a cell or a comment holds them. */
export const paragraphs = (text: string): string =>
	text
		.split('\n')
		.map((line) => `<text:p>${inline(line)}</text:p>`)
		.join('');

/** Spaces in a row and tabs have their own elements: a reader may fold the others. */
const inline = (line: string): string =>
	escape(line)
		.replace(/\t/g, '<text:tab/>')
		.replace(/^ | (?= )| $/g, '<text:s/>');

const escape = (text: string): string =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		// What XML cannot hold at all.
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');

function validation(sheet: GridSheet, menu: GridMenu, name: string): string {
	const { source, libre, titre, aide } = menu;
	const letter = source && columnName(source.colonne);
	const list =
		source &&
		`of:cell-content-is-in-list([$${quotedSheet(source.feuille)}.$${letter}$${source.de + 1}:.$${letter}$${source.a + 1}])`;
	const condition = list ? ` table:condition="${list}"` : '';
	const base = ` table:base-cell-address="$${escape(quotedSheet(sheet.nom))}.$${columnName(menu.colonne)}$${menu.de + 1}"`;
	const help = `<table:help-message table:title="${escape(titre)}" table:display="true">${paragraphs(aide)}</table:help-message>`;
	const error = source
		? `<table:error-message table:display="${!libre}" table:message-type="warning">${paragraphs('Cette valeur n’est pas dans la liste. La garder quand même\u202f?')}</table:error-message>`
		: '';
	return `<table:content-validation table:name="${name}"${condition} table:allow-empty-cell="true" table:display-list="unsorted"${base}>${help}${error}</table:content-validation>`;
}

function filters(sheets: readonly GridSheet[]): string {
	const ranges = sheets.flatMap((sheet, s) => {
		const header = sheet.lignes.findIndex((l) => l.style === 'entete');
		if (!sheet.filtre || header < 0) return [];
		const name = quotedSheet(sheet.nom);
		const last = columnName(sheet.colonnes.length - 1);
		const address = `${name}.A${header + 1}:${name}.${last}${Math.max(header + 2, sheet.lignes.length)}`;
		return [
			`<table:database-range table:name="filtre${s}" table:target-range-address="${escape(address)}" table:display-filter-buttons="true"/>`
		];
	});
	return ranges.length ? `<table:database-ranges>${ranges.join('')}</table:database-ranges>` : '';
}

/** Headers that stay in sight. */
function settings(sheets: readonly GridSheet[]): string {
	const item = (name: string, type: string, value: string | number | boolean): string =>
		`<config:config-item config:name="${name}" config:type="${type}">${value}</config:config-item>`;
	const views = sheets.map(({ nom, figees: { lignes, colonnes } }) => {
		const items = [
			item('HorizontalSplitMode', 'short', colonnes ? 2 : 0),
			item('VerticalSplitMode', 'short', lignes ? 2 : 0),
			item('HorizontalSplitPosition', 'int', colonnes),
			item('VerticalSplitPosition', 'int', lignes),
			item('ActiveSplitRange', 'short', lignes && colonnes ? 3 : lignes ? 2 : 1),
			item('PositionRight', 'int', colonnes),
			item('PositionBottom', 'int', lignes)
		];
		return `<config:config-item-map-entry config:name="${escape(nom)}">${lignes || colonnes ? items.join('') : ''}</config:config-item-map-entry>`;
	});
	const active = item('ActiveTable', 'string', escape(sheets.find((s) => !s.masquee)?.nom ?? ''));
	return `${HEAD}<office:document-settings ${NAMESPACES} office:version="1.3"><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>${item('ViewId', 'string', 'view1')}<config:config-item-map-named config:name="Tables">${views.join('')}</config:config-item-map-named>${active}</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>`;
}
