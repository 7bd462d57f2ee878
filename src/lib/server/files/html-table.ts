import type { CellValue, MergedCells, Sheet } from '../../domain/import/sheet';
import { cellBudget, MERGE_COST, textCell, TooManyCells, trimmedSheet } from './cell-budget';

/* The tables of a web page. Many web applications call « export Excel » an HTML page named .xls. */

interface OpenTable {
	readonly rows: CellValue[][];
	readonly fusions: MergedCells[];
	/** Columns still covered by a cell of a row above: index → rows left. */
	readonly covered: Map<number, number>;
	cell: { text: string; columns: number; rows: number } | null;
	caption: string;
}

/** Widest and tallest merged cell believed. */
const SPAN = 1_000;
const MAX_TABLES = 1_000;
const HIDDEN = /^(?:script|style|head|template|noscript|svg|object|iframe)$/;
const BREAKS = /^(?:br|p|div|li|tr)$/;
/** &nbsp; to &yuml;, in the order of their codes from 160. */
const LATIN =
	'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
const ENTITIES = new Map<string, string>([
	...LATIN.split(' ').map((name, i): [string, string] => [name, String.fromCharCode(160 + i)]),
	...Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", euro: '€', oelig: 'œ', OElig: 'Œ' }),
	...Object.entries({ rsquo: '’', lsquo: '‘', ldquo: '“', rdquo: '”', ndash: '–', mdash: '—', hellip: '…', bull: '•' })
]);

/**
 * Tables of a web page, in the order they open; a page laid out in tables gives those that hold rows and columns.
 * in     text of the page
 * out    one sheet per table of at least two rows and two columns; every value stays text
 * never  runs a script, follows a link, or opens an entity of the page's own
 * throws TooManyCells
 */
export function readHtmlTables(html: string): Sheet[] {
	const spend = cellBudget();
	const found: OpenTable[] = [];
	const open: OpenTable[] = [];
	let hidden: string | null = null;
	let caption = false;

	for (const { name, closing, attributes, text } of tokens(html)) {
		const table = open.at(-1);
		if (hidden !== null) {
			if (closing && name === hidden) hidden = null;
			continue;
		}
		if (name === null) {
			if (table?.cell) table.cell.text += decode(text).replace(/\s+/g, ' ');
			else if (table && caption) table.caption += decode(text);
		} else if (HIDDEN.test(name)) {
			if (!closing) hidden = name;
		} else if (name === 'table' && !closing) {
			if (found.length >= MAX_TABLES) throw new TooManyCells();
			const opened: OpenTable = { rows: [], fusions: [], covered: new Map(), cell: null, caption: '' };
			found.push(opened);
			open.push(opened);
		} else if (table) {
			if (/^(?:td|th|tr|table)$/.test(name)) endCell(table, spend);
			if (name === 'table') open.pop();
			else if (name === 'tr' && !closing) table.rows.push([]);
			else if (name === 'caption') caption = !closing;
			else if (/^t[dh]$/.test(name) && !closing) {
				if (table.rows.length === 0) table.rows.push([]);
				table.cell = { text: '', columns: span(attributes, 'colspan'), rows: span(attributes, 'rowspan') };
			} else if (table.cell && BREAKS.test(name) && (closing || name === 'br')) table.cell.text += '\n';
		}
	}
	for (const table of open) endCell(table, spend);
	return found
		.filter(({ rows }) => rows.filter((row) => row.filter((cell) => cell !== null).length > 1).length > 1)
		.map(({ rows, fusions, caption: said }, i) =>
			trimmedSheet(said.replace(/\s+/g, ' ').trim() || `Tableau ${i + 1}`, false, rows, fusions)
		);
}

/** A merged cell keeps its value in its first place only; the others are blank and the columns stay aligned; down several rows, it is told. */
function endCell(table: OpenTable, spend: (cells: number) => void): void {
	const { cell, covered } = table;
	if (!cell) return;
	table.cell = null;
	const row = table.rows.at(-1)!;
	const skip = (): void => {
		for (let left = covered.get(row.length) ?? 0; left > 0; left = covered.get(row.length) ?? 0) {
			covered.set(row.length, left - 1);
			row.push(null);
		}
	};
	skip();
	spend(cell.columns);
	if (cell.rows > 1) {
		spend(MERGE_COST);
		table.fusions.push({ ligne: table.rows.length, colonne: row.length, hauteur: cell.rows });
	}
	for (let i = 0; i < cell.columns; i++) {
		if (cell.rows > 1) covered.set(row.length, cell.rows - 1);
		row.push(i === 0 ? textCell(cell.text.replace(/ *\n */g, '\n').trim()) : null);
	}
}

interface Token {
	/** Name of a tag, in lower case; null for text. */
	readonly name: string | null;
	readonly closing: boolean;
	readonly attributes: string;
	readonly text: string;
}

/** Tags and texts in order, in one pass over the page. */
function* tokens(html: string): Generator<Token> {
	for (let at = 0; at < html.length;) {
		const tag = html.indexOf('<', at);
		const end = tag < 0 ? html.length : tag;
		if (end > at) yield { name: null, closing: false, attributes: '', text: html.slice(at, end) };
		if (tag < 0) return;
		const close = html.startsWith('<!--', tag) ? html.indexOf('-->', tag + 4) + 2 : html.indexOf('>', tag + 1);
		if (close <= tag) return;
		const [, slash = '', name = '', attributes = ''] =
			/^<(\/?)([a-z][\w:-]{0,30})([\s\S]{0,2000})/i.exec(html.slice(tag, Math.min(close, tag + 2_000))) ?? [];
		if (name) yield { name: name.toLowerCase(), closing: slash === '/', attributes, text: '' };
		at = close + 1;
	}
}

const span = (attributes: string, name: string): number => {
	const wanted = Number(new RegExp(`\\b${name}\\s*=\\s*["']?\\s*(\\d{1,6})`, 'i').exec(attributes)?.[1] ?? 1);
	return Math.min(Math.max(wanted, 1), SPAN);
};

const decode = (text: string): string =>
	text.includes('&')
		? text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, (all, decimal, hex, name) => {
				if (name) return ENTITIES.get(name) ?? all;
				const code = decimal ? Number(decimal) : parseInt(hex, 16);
				return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
			})
		: text;
