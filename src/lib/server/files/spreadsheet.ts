import { serialToDate } from 'hucre';
import type { CellRef, CellValue, MergedCells, Sheet } from '../../domain/import/sheet';
import { EVERY, tell } from '../progress';
import type { Archive } from './archive-guard';
import {
	cellBudget,
	cellTexts,
	dateCell,
	FORMULAS,
	MAX_SHEETS,
	MERGE_COST,
	textCell,
	TooManyCells,
	trimmedSheet
} from './cell-budget';
import { bareTag, readXlsxPackage, type XlsxPackage } from './xlsx-package';
import { attributeOf, scanXmlStream } from './xml-scan';

/** Time given to one workbook; a real plan takes less than a second. */
const DEADLINE_MS = 30_000;

/**
 * An .xlsx to sheets of cells, read as it is unpacked.
 * in     an archive weighed by `archive-guard`
 * out    every worksheet, hidden ones too; a merged cell keeps its value in its first cell only, and those that go down several rows are
 *        told in `fusions`
 * never  computes a formula: the value saved with it is read, and when none was saved the cell is told in `formules`
 * throws TooManyCells, or another error when a part is cut short; `workbook.ts` answers for it
 */
export async function readXlsxSheets(archive: Archive): Promise<Sheet[]> {
	const found = await readXlsxPackage(archive);
	if (found.sheets.length > MAX_SHEETS) throw new TooManyCells();
	const spend = cellBudget();
	const until = Date.now() + DEADLINE_MS;
	const texts = found.texts === null ? [] : await readTexts(archive, found.texts, until);
	const sheets: Sheet[] = [];
	for (const { nom, masquee, part } of found.sheets) {
		const formules: CellRef[] = [];
		const fusions: MergedCells[] = [];
		const rows = await readRows(archive, part, { ...found, cells: texts, formules, fusions }, spend, until);
		sheets.push({ ...trimmedSheet(nom, masquee, rows, fusions), ...(formules.length > 0 ? { formules } : {}) });
	}
	return sheets;
}

/** The texts that cells point at, as cells hold them; the pronunciation some are given is not part of them. */
async function readTexts(archive: Archive, part: string, until: number): Promise<CellValue[]> {
	const [texts, words]: [CellValue[], (text: string) => CellValue] = [[], cellTexts()];
	const bytes = await archive.stream(part);
	if (!bytes) return texts;
	let text = '';
	let reading = false;
	let aside = false;
	await scanXmlStream(bytes, {
		open(name, _attributes, alone) {
			const tag = bareTag(name);
			if (tag === 'si') {
				text = '';
				if (alone) texts.push(null);
			} else if (tag === 'rPh') aside = !alone;
			else if (tag === 't') reading = !aside && !alone;
		},
		close(name) {
			const tag = bareTag(name);
			if (tag === 't') reading = false;
			else if (tag === 'rPh') aside = false;
			else if (tag === 'si') {
				texts.push(words(unescaped(text)));
				if (texts.length % EVERY === 0 && Date.now() > until) throw new TooManyCells();
			}
		},
		text(said) {
			if (reading) text += said;
		}
	});
	return texts;
}

type Known = XlsxPackage & {
	readonly cells: readonly CellValue[];
	readonly formules: CellRef[];
	readonly fusions: MergedCells[];
};

async function readRows(
	archive: Archive,
	part: string,
	known: Known,
	spend: (cells: number) => void,
	until: number
): Promise<CellValue[][]> {
	const rows: CellValue[][] = [];
	// A chart that has a sheet of its own is listed among the sheets and has no cells.
	const bytes = await archive.stream(part);
	if (!bytes) return rows;
	let [index, column, type, style, value, inline] = [-1, -1, '', -1, '', ''];
	let row: CellValue[] | null = null;
	let within: 'v' | 't' | null = null;
	let aside = false;
	let whole = false;
	let formula = false;

	const endRow = (ended: CellValue[]): void => {
		while (ended.length > 0 && ended.at(-1) === null) ended.pop();
		if (!Number.isInteger(index) || index < 0) return;
		spend(ended.length + Math.max(1, index + 1 - rows.length));
		if (index % EVERY === 0) {
			if (Date.now() > until) throw new TooManyCells();
			tell('lecture', index);
		}
		while (rows.length < index) rows.push([]);
		rows[index] = ended;
	};
	const endCell = (cells: CellValue[]): void => {
		const read = type === 'inlineStr' ? textCell(unescaped(inline)) : valueOf(type, style, value, known);
		if (read === null) {
			// A formula that gives an empty text has saved it: « str ».
			if (formula && type !== 'str' && known.formules.length < FORMULAS)
				known.formules.push({ ligne: index + 1, colonne: column });
			return;
		}
		if (column > LAST_COLUMN) throw new TooManyCells();
		while (cells.length < column) cells.push(null);
		cells[column] = read;
	};

	await scanXmlStream(bytes, {
		open(name, _attributes, alone, body) {
			const tag = bareTag(name);
			if (tag === 'c' && row) {
				const ref = attributeOf(body, 'r');
				column = ref === null ? column + 1 : columnOf(ref);
				type = attributeOf(body, 't') ?? 'n';
				style = Number(attributeOf(body, 's') ?? -1);
				value = inline = '';
				formula = false;
			} else if (tag === 'v') within = alone ? null : 'v';
			else if (tag === 'f') formula = true;
			else if (tag === 't') within = alone || aside ? null : 't';
			else if (tag === 'rPh') aside = !alone;
			else if (tag === 'row') {
				const ref = attributeOf(body, 'r');
				index = ref === null ? index + 1 : Number(ref) - 1;
				column = -1;
				row = alone ? null : [];
			} else if (tag === 'mergeCell') {
				const merged = mergedIn(attributeOf(body, 'ref'));
				if (merged) {
					spend(MERGE_COST);
					known.fusions.push(merged);
				}
			}
		},
		close(name) {
			const tag = bareTag(name);
			if (tag === 'v' || tag === 't') within = null;
			else if (tag === 'rPh') aside = false;
			else if (tag === 'c' && row) endCell(row);
			else if (tag === 'row' && row) {
				endRow(row);
				row = null;
			} else if (tag === 'worksheet' || tag === 'chartsheet' || tag === 'dialogsheet') whole = true;
		},
		text(said) {
			if (within === 'v') value += said;
			else if (within === 't') inline += said;
		}
	});
	if (!whole) throw new Error('sheet cut short');
	return rows;
}

/** XFD, the last column of a spreadsheet. */
const LAST_COLUMN = 16_383;

/** « AB12 » → 27 */
function columnOf(ref: string): number {
	let column = 0;
	for (let i = 0; i < ref.length; i++) {
		// Small letters are read as capitals.
		const letter = ref.charCodeAt(i) & 0xdf;
		if (letter < 65 || letter > 90) break;
		column = column * 26 + letter - 64;
	}
	return column - 1;
}

/** « B2:C4 » → three rows from B2; null for cells merged along one row only. */
function mergedIn(ref: string | null): MergedCells | null {
	const [, first = '', top, bottom] = /^([A-Z]+)(\d+):[A-Z]+(\d+)$/i.exec((ref ?? '').replace(/\$/g, '')) ?? [];
	const hauteur = Number(bottom) - Number(top) + 1;
	return hauteur > 1 ? { ligne: Number(top), colonne: columnOf(first), hauteur } : null;
}

function valueOf(type: string, style: number, written: string, { cells, dates, since1904 }: Known): CellValue {
	if (type === 's') return cells[Number(written)] ?? null;
	if (type === 'b') return written === '' ? null : /^(?:1|true)$/i.test(written.trim());
	if (type === 'str') return textCell(unescaped(written));
	if (type === 'e') return textCell(written);
	if (written === '') return null;
	if (type === 'd')
		return /^\d{4}-\d{2}-\d{2}/.test(written)
			? dateCell(new Date(`${written.slice(0, 10)}T00:00:00Z`))
			: textCell(written);
	const number = Number(written);
	if (Number.isNaN(number)) return textCell(written);
	if (dates[style]) return dateCell(serialToDate(number, since1904));
	return Number.isFinite(number) ? number : null;
}

/** « _x000D_ » is how a workbook writes a character that XML does not hold. */
const unescaped = (text: string): string =>
	text.includes('_x')
		? text.replace(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
		: text;
