import type { CellRef, CellValue, MergedCells, Sheet } from '../../domain/import/sheet';
import {
	cellBudget,
	cellTexts,
	dateCell,
	FORMULAS,
	MAX_SHEETS,
	MERGE_COST,
	TooManyCells,
	trimmedSheet
} from './cell-budget';
import { scanXmlStream, type Attributes } from './xml-scan';

/* `content.xml` of an OpenDocument spreadsheet, read tag by tag: groups and header rows included, entities never expanded. */

interface OpenCell {
	readonly attributes: Attributes;
	readonly covered: boolean;
	text: string;
	paragraphs: number;
}

/**
 * Sheets of an ODS file.
 * in     bytes of `content.xml`, as they are unpacked
 * out    rows where the spreadsheet shows them, repeated rows and cells written out, blank tails dropped; a merged cell
 *        keeps its value in its first cell only, and those that go down several rows are told in `fusions`
 * never  computes a formula: the value saved with it is read, and when none was saved the cell is told in `formules`
 * throws TooManyCells when repeats add up to more than a workbook may hold
 */
export async function readOdsSheets(content: AsyncIterable<Uint8Array>): Promise<Sheet[]> {
	const [spend, words] = [cellBudget(), cellTexts()];
	const hiddenStyles = new Set<string>();
	const sheets: Sheet[] = [];
	let style = '';
	let tableDepth = 0;
	let aside = 0;
	let sheet: {
		nom: string;
		masquee: boolean;
		rows: CellValue[][];
		formules: CellRef[];
		fusions: MergedCells[];
	} | null = null;
	let row: { cells: CellValue[]; blanks: number; repeat: number } | null = null;
	let blankRows = 0;
	let cell: OpenCell | null = null;

	const endCell = (ended: OpenCell): void => {
		if (!row) return;
		const value = ended.covered ? null : valueOf(ended, words);
		const repeat = times(ended.attributes['table:number-columns-repeated']);
		if (value === null) {
			if (sheet && isUnsaved(ended) && sheet.formules.length < FORMULAS)
				sheet.formules.push({
					ligne: sheet.rows.length + blankRows + 1,
					colonne: row.cells.length + row.blanks
				});
			row.blanks += repeat;
			return;
		}
		spend(row.blanks + repeat);
		while (row.blanks > 0) {
			row.cells.push(null);
			row.blanks--;
		}
		const hauteur = times(ended.attributes['table:number-rows-spanned']);
		if (sheet && hauteur > 1) {
			spend(MERGE_COST);
			sheet.fusions.push({ ligne: sheet.rows.length + blankRows + 1, colonne: row.cells.length, hauteur });
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

	await scanXmlStream(content, {
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
					rows: [],
					formules: [],
					fusions: []
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
				const { nom, masquee, rows, formules, fusions } = sheet;
				sheets.push({ ...trimmedSheet(nom, masquee, rows, fusions), ...(formules.length > 0 ? { formules } : {}) });
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

/** Comments, notes and drawings live inside cells and are not their value. */
const isAside = (tag: string): boolean =>
	tag === 'office:annotation' ||
	tag === 'text:note' ||
	tag.startsWith('draw:') ||
	tag === 'table:shapes' ||
	tag === 'table:tracked-changes';

/** A formula that gives an empty text has saved it: its type is « string ». */
const isUnsaved = ({ attributes, covered }: OpenCell): boolean =>
	!covered && attributes['table:formula'] !== undefined && typeOf(attributes) !== 'string';

const typeOf = (attributes: Attributes): string | undefined =>
	attributes['office:value-type'] ?? attributes['calcext:value-type'];

const times = (repeat: string | undefined): number => Math.max(1, Math.trunc(Number(repeat ?? 1)) || 1);

function valueOf({ attributes, text }: OpenCell, words: (text: string) => CellValue): CellValue {
	const type = typeOf(attributes);
	if (type === 'float' || type === 'currency' || type === 'percentage') {
		const value = Number(attributes['office:value'] ?? NaN);
		return Number.isFinite(value) ? value : words(text);
	}
	if (type === 'boolean') return attributes['office:boolean-value'] === 'true';
	if (type === 'date') {
		const written = attributes['office:date-value'] ?? '';
		return /^\d{4}-\d{2}-\d{2}/.test(written) ? dateCell(new Date(`${written.slice(0, 10)}T00:00:00Z`)) : words(text);
	}
	return words(text || (attributes['office:string-value'] ?? ''));
}
