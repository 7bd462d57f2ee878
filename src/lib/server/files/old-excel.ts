import type { CellObject, WorkSheet } from '@e965/xlsx';
import type { CellValue, Sheet } from '../../domain/import/sheet';
import { EVERY, tell } from '../progress';
import { cellBudget, dateCell, MAX_SHEETS, MERGE_COST, textCell, TooManyCells, trimmedSheet } from './cell-budget';

/* The old Excel format (.xls). Its reader accepts any bytes: it is only given those that hold a workbook. */

const DAY = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);
/** Days between the two calendars Excel counts from. */
const SINCE_1904 = 1_462;

/** Thrown when the workbook has a password; `workbook.ts` answers for it. */
export class Locked extends Error {}

/** Whether an OLE2 file holds a workbook: the stream that Excel 97 names « Workbook », and Excel 95 « Book ». */
export const holdsWorkbook = (bytes: Uint8Array): boolean =>
	['Workbook', 'Book'].some((stream) => Buffer.from(bytes).includes(Buffer.from(`${stream}\0`, 'utf16le')));

/**
 * XLS bytes to sheets of cells.
 * in     an OLE2 file that `holdsWorkbook`
 * out    every worksheet, hidden ones too; a merged cell keeps its value in its first cell only, and those that go down several rows are
 *        told in `fusions`
 * never  computes a formula: the value saved with it is read
 * throws Locked, TooManyCells, or what the library throws; `workbook.ts` answers for it
 */
export async function readOldExcel(bytes: Uint8Array): Promise<Sheet[]> {
	// A large library for a rare format: nobody else waits for it.
	const { read, SSF } = await import('@e965/xlsx');
	let book;
	try {
		book = read(bytes, {
			type: 'buffer',
			dense: true,
			cellNF: true,
			cellText: false,
			cellFormula: false,
			cellHTML: false
		});
	} catch (error) {
		if (error instanceof Error && error.message === 'File is password-protected') throw new Locked();
		throw error;
	}
	if (book.SheetNames.length > MAX_SHEETS) throw new TooManyCells();
	const since1904 = Boolean(book.Workbook?.WBProps?.date1904);
	const isDate = (format: unknown): boolean => typeof format === 'string' && SSF.is_date(format);
	const spend = cellBudget();
	return book.SheetNames.map((nom, i) => {
		const hidden = Boolean(book.Workbook?.Sheets?.[i]?.Hidden);
		const data = ((book.Sheets[nom] as WorkSheet)['!data'] ?? []) as (CellObject[] | undefined)[];
		const rows: CellValue[][] = [];
		for (const [r, cells = []] of data.entries()) {
			if (r % EVERY === 0) tell('lecture', r);
			spend(Math.max(1, cells.length));
			rows.push(Array.from(cells, (cell) => valueOf(cell, since1904, isDate)));
		}
		const fusions = ((book.Sheets[nom] as WorkSheet)['!merges'] ?? []).flatMap(({ s, e }) => {
			if (e.r <= s.r) return [];
			spend(MERGE_COST);
			return [{ ligne: s.r + 1, colonne: s.c, hauteur: e.r - s.r + 1 }];
		});
		return trimmedSheet(nom, hidden, rows, fusions);
	});
}

function valueOf(cell: CellObject | undefined, since1904: boolean, isDate: (format: unknown) => boolean): CellValue {
	if (!cell || cell.t === 'e' || cell.t === 'z') return null;
	if (typeof cell.v === 'number' && isDate(cell.z))
		return dateCell(new Date(EPOCH + Math.round((cell.v + (since1904 ? SINCE_1904 : 0)) * DAY)));
	if (typeof cell.v === 'string') return textCell(cell.v);
	return typeof cell.v === 'number' || typeof cell.v === 'boolean' ? cell.v : null;
}
