import { readXlsx, streamXlsxRows } from 'hucre/xlsx';
import type { CellValue, Sheet } from '../../domain/import/sheet';
import { EVERY, tell } from '../progress';
import { cellBudget, dateCell, MAX_SHEETS, textCell, TooManyCells, trimmedSheet } from './cell-budget';

/** Time given to one workbook; a real plan takes less than a second. */
const DEADLINE_MS = 30_000;

/**
 * XLSX bytes to sheets of cells.
 * in     bytes already weighed by `archive-guard`
 * out    every worksheet, hidden ones too; a merged cell keeps its value in its first cell only
 * never  computes a formula: the value saved with it is read, and nothing when none was saved
 * throws what hucre throws, and TooManyCells; `workbook.ts` answers for it
 */
export async function readXlsxSheets(bytes: Uint8Array): Promise<Sheet[]> {
	const infos: { name: string; hidden: boolean }[] = [];
	await readXlsx(bytes, {
		sheets: (info) => {
			infos.push({ name: info.name, hidden: Boolean(info.hidden || info.veryHidden) });
			return false;
		}
	});
	if (infos.length > MAX_SHEETS) throw new TooManyCells();

	const spend = cellBudget();
	const until = Date.now() + DEADLINE_MS;
	const sheets: Sheet[] = [];
	for (const [index, { name, hidden }] of infos.entries())
		sheets.push(trimmedSheet(name, hidden, await readRows(bytes, index, spend, until)));
	return sheets;
}

async function readRows(
	bytes: Uint8Array,
	sheet: number,
	spend: (cells: number) => void,
	until: number
): Promise<CellValue[][]> {
	const rows: CellValue[][] = [];
	try {
		for await (const { index, values } of streamXlsxRows(bytes, { sheet })) {
			if (!Number.isInteger(index) || index < 0) continue;
			const cells = values.map(toCell);
			while (cells.length > 0 && cells.at(-1) === null) cells.pop();
			spend(cells.length + Math.max(1, index + 1 - rows.length));
			if (Date.now() > until) throw new TooManyCells();
			if (index % EVERY === 0) tell('lecture', index);
			while (rows.length < index) rows.push([]);
			rows[index] = cells;
		}
	} catch (error) {
		// A chart that has a sheet of its own is listed among the sheets and has no rows.
		if (!(error instanceof Error && error.message.includes('missing worksheet file'))) throw error;
	}
	return rows;
}

function toCell(value: string | number | boolean | Date | null): CellValue {
	if (value instanceof Date) return dateCell(value);
	if (typeof value === 'string') return textCell(value);
	return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
