import type { CellValue, Sheet } from '../../domain/import/sheet';
import { cellBudget, dateCell, MAX_SHEETS, textCell, TooManyCells, trimmedSheet } from './cell-budget';

/* `content.xml` of an OpenDocument spreadsheet, read tag by tag: groups and header rows included, entities never expanded. */

type Attributes = Readonly<Record<string, string>>;

interface OpenCell {
	readonly attributes: Attributes;
	readonly covered: boolean;
	text: string;
	paragraphs: number;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Sheets of an ODS file.
 * in     text of `content.xml`
 * out    rows where the spreadsheet shows them, repeated rows and cells written out, blank tails dropped
 * throws TooManyCells when repeats add up to more than a workbook may hold
 */
export function readOdsSheets(xml: string): Sheet[] {
	const spend = cellBudget();
	const hiddenStyles = new Set<string>();
	const sheets: Sheet[] = [];
	let style = '';
	let tableDepth = 0;
	let aside = 0;
	let sheet: { nom: string; masquee: boolean; rows: CellValue[][] } | null = null;
	let row: { cells: CellValue[]; blanks: number; repeat: number } | null = null;
	let blankRows = 0;
	let cell: OpenCell | null = null;

	const endCell = (ended: OpenCell): void => {
		if (!row) return;
		const value = ended.covered ? null : valueOf(ended);
		const repeat = times(ended.attributes['table:number-columns-repeated']);
		if (value === null) {
			row.blanks += repeat;
			return;
		}
		spend(row.blanks + repeat);
		while (row.blanks > 0) {
			row.cells.push(null);
			row.blanks--;
		}
		for (let i = 0; i < repeat; i++) row.cells.push(value);
	};
	const endRow = (): void => {
		if (!sheet || !row) return;
		if (row.cells.length === 0) blankRows += row.repeat;
		else {
			spend(blankRows + row.repeat + row.cells.length * (row.repeat - 1));
			while (blankRows > 0) {
				sheet.rows.push([]);
				blankRows--;
			}
			for (let i = 0; i < row.repeat; i++) sheet.rows.push([...row.cells]);
		}
		row = null;
	};

	scan(xml, {
		open(tag, attributes, selfClosing) {
			if (aside > 0 || isAside(tag)) {
				if (!selfClosing) aside++;
				return;
			}
			if (tag === 'style:style') style = attributes()['style:name'] ?? '';
			else if (tag === 'style:table-properties' && attributes()['table:display'] === 'false') hiddenStyles.add(style);
			else if (tag === 'table:table') {
				if (!selfClosing) tableDepth++;
				if (tableDepth !== 1 || selfClosing) return;
				const found = attributes();
				sheet = {
					nom: found['table:name'] ?? `Feuille${sheets.length + 1}`,
					masquee: hiddenStyles.has(found['table:style-name'] ?? ''),
					rows: []
				};
				blankRows = 0;
			} else if (tableDepth !== 1) return;
			else if (tag === 'table:table-row') {
				row = { cells: [], blanks: 0, repeat: times(attributes()['table:number-rows-repeated']) };
				if (selfClosing) endRow();
			} else if (tag === 'table:table-cell' || tag === 'table:covered-table-cell') {
				cell = { attributes: attributes(), covered: tag !== 'table:table-cell', text: '', paragraphs: 0 };
				if (selfClosing) {
					endCell(cell);
					cell = null;
				}
			} else if (cell) {
				if (tag === 'text:p' && cell.paragraphs++ > 0) cell.text += '\n';
				else if (tag === 'text:s') cell.text += ' '.repeat(Math.min(100, times(attributes()['text:c'])));
				else if (tag === 'text:tab') cell.text += '\t';
				else if (tag === 'text:line-break') cell.text += '\n';
			}
		},
		close(tag) {
			if (aside > 0) aside--;
			else if (tag === 'table:table' && tableDepth > 0) {
				tableDepth--;
				if (tableDepth > 0 || !sheet) return;
				sheets.push(trimmedSheet(sheet.nom, sheet.masquee, sheet.rows));
				if (sheets.length > MAX_SHEETS) throw new TooManyCells();
				sheet = null;
			} else if (tableDepth !== 1) return;
			else if (tag === 'table:table-row') endRow();
			else if (cell && (tag === 'table:table-cell' || tag === 'table:covered-table-cell')) {
				endCell(cell);
				cell = null;
			}
		},
		text(text) {
			if (cell && aside === 0 && cell.paragraphs > 0) cell.text += text;
		}
	});
	return sheets;
}

/** Comments and drawings live inside cells and are not their value. */
const isAside = (tag: string): boolean =>
	tag === 'office:annotation' || tag.startsWith('draw:') || tag === 'table:shapes' || tag === 'table:tracked-changes';

const times = (repeat: string | undefined): number => Math.max(1, Math.trunc(Number(repeat ?? 1)) || 1);

function valueOf({ attributes, text }: OpenCell): CellValue {
	const type = attributes['office:value-type'] ?? attributes['calcext:value-type'];
	if (type === 'float' || type === 'currency' || type === 'percentage') {
		const value = Number(attributes['office:value'] ?? NaN);
		return Number.isFinite(value) ? value : textCell(text);
	}
	if (type === 'boolean') return attributes['office:boolean-value'] === 'true';
	if (type === 'date') {
		const written = attributes['office:date-value'] ?? '';
		return /^\d{4}-\d{2}-\d{2}/.test(written)
			? dateCell(new Date(`${written.slice(0, 10)}T00:00:00Z`))
			: textCell(text);
	}
	return textCell(text || (attributes['office:string-value'] ?? ''));
}

interface Handlers {
	readonly open: (tag: string, attributes: () => Attributes, selfClosing: boolean) => void;
	readonly close: (tag: string) => void;
	readonly text: (text: string) => void;
}

/** One pass, no backtracking: a malformed end stops the reading where it is. */
function scan(xml: string, handlers: Handlers): void {
	let at = 0;
	while (at < xml.length) {
		const start = xml.indexOf('<', at);
		if (start < 0) return;
		if (start > at) handlers.text(decode(xml.slice(at, start)));
		if (xml.startsWith('<!--', start)) at = after(xml, '-->', start);
		else if (xml.startsWith('<![CDATA[', start)) {
			at = after(xml, ']]>', start);
			handlers.text(xml.slice(start + 9, at - 3));
		} else if (xml[start + 1] === '?' || xml[start + 1] === '!') at = after(xml, '>', start);
		else {
			const end = tagEnd(xml, start + 1);
			const closing = xml[start + 1] === '/';
			const selfClosing = xml[end - 1] === '/';
			const body = xml.slice(start + (closing ? 2 : 1), selfClosing ? end - 1 : end);
			const tag = /^[^\s/]*/.exec(body)![0];
			if (closing) handlers.close(tag);
			else handlers.open(tag, () => attributesOf(body), selfClosing);
			at = end + 1;
		}
	}
}

function after(xml: string, mark: string, from: number): number {
	const found = xml.indexOf(mark, from);
	return found < 0 ? xml.length : found + mark.length;
}

function tagEnd(xml: string, from: number): number {
	for (let i = from; i < xml.length; i++) {
		const c = xml[i];
		if (c === '>') return i;
		if (c === '"' || c === "'") {
			i = xml.indexOf(c, i + 1);
			if (i < 0) return xml.length;
		}
	}
	return xml.length;
}

function attributesOf(body: string): Attributes {
	const found: Record<string, string> = {};
	for (const [, name, double, single] of body.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
		found[name!] = decode(double ?? single ?? '');
	return found;
}

const decode = (text: string): string =>
	text.includes('&')
		? text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (all, decimal, hex, name) => {
				if (name) return ENTITIES[name] ?? all;
				const code = decimal ? Number(decimal) : parseInt(hex, 16);
				return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
			})
		: text;
