import type { CellValue, MergedCells, Sheet } from '../../domain/import/sheet';
import { remember } from '../../domain/remember';

/** Cells a workbook may hold, blanks between filled cells included: about ten thousand rows of two hundred columns. */
export const MAX_CELLS = 3_000_000;
export const MAX_SHEETS = 100;
/** Formulas without a value kept to be told; the others are as many blanks. */
export const FORMULAS = 1_000;

/** Thrown inside the readers only; `workbook.ts` turns it into a refusal. */
export class TooManyCells extends Error {}

/** Counts what is being kept, so that a small file cannot fill the memory. */
export function cellBudget(): (cells: number) => void {
	let left = MAX_CELLS;
	return (cells) => {
		left -= cells;
		if (left < 0) throw new TooManyCells();
	};
}

const DAY = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);

/**
 * A date cell as the domain wants it: `YYYY-MM-DD`, time dropped.
 * A year typed in a cell formatted as a date is shown as a day of 1905: it comes back as the number that was typed.
 */
export function dateCell(date: Date): CellValue {
	const time = date.getTime();
	if (!Number.isFinite(time)) return null;
	const serial = (time - EPOCH) / DAY;
	if (serial >= 1990 && serial <= 2100 && Number.isInteger(serial)) return serial;
	const iso = date.toISOString();
	return serial < 2 ? iso.slice(11, 16) : iso.slice(0, 10);
}

/** Below, a piece cut from a text is a text of its own. */
const SHORT = 13;

/** A text cut from a large one keeps the whole of it in memory: this one stands alone. */
function alone(text: string): string {
	if (text.length < SHORT) return text;
	// Half a pair of UTF-16 has no UTF-8.
	const encoding = /[\ud800-\udfff]/.test(text) ? 'utf16le' : 'utf8';
	return Buffer.from(text, encoding).toString(encoding);
}

/** Cells of one file: words that come back in every row are kept once, the others stand alone. */
export const cellTexts = (): ((text: string) => CellValue) =>
	remember((text) => textCell(alone(text)), { texts: 5_000, characters: 40 });

/** Text with its own line breaks; blanks of any kind are null. */
export function textCell(text: string): CellValue {
	return text.trim() === '' ? null : text.replace(/\r\n?/g, '\n');
}

/** What one merge costs of the budget of cells. */
export const MERGE_COST = 10;

/** Same rows without the blanks at the end of each and without the blank rows at the end; `fusions` only when there are some. */
export function trimmedSheet(
	nom: string,
	masquee: boolean,
	rows: CellValue[][],
	fusions: readonly MergedCells[] = []
): Sheet {
	for (const row of rows) while (row.length > 0 && (row.at(-1) ?? null) === null) row.pop();
	while (rows.length > 0 && rows.at(-1)!.length === 0) rows.pop();
	return { nom, masquee, rows, ...(fusions.length > 0 ? { fusions } : {}) };
}
