import { cellText, visible } from './cell';
import type { Issue } from '../issue';
import type { CellValue, MappedColumn, Table } from './sheet';

/* The very cell an issue speaks of: three columns may bear the same header, only one is « D14 ». */

/** A table and the rows of its sheet, row 1 first. */
export interface SourceTable {
	readonly table: Table;
	readonly rows: readonly (readonly CellValue[])[];
}

export interface IssueCell {
	/** 0-based; null when the issue is about a whole row, a whole sheet, the file. */
	readonly index: number | null;
	/** What the whole cell holds, with its line breaks; null for a blank or when the cells are not at hand. */
	readonly contenu: string | null;
}

const NOWHERE: IssueCell = { index: null, contenu: null };

const contentIn = (cell: CellValue | undefined): string | null =>
	(typeof cell === 'string' ? visible(cell).trim() : cellText(cell ?? null)) || null;

/** 0 → « A », 27 → « AB ». */
export function columnName(index: number): string {
	const last = String.fromCharCode(65 + (index % 26));
	return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}

/** Name of a cell as a spreadsheet shows it: column 3, row 14 → « D14 ». */
export const cellName = (index: number, ligne: number): string => `${columnName(index)}${ligne}`;

/**
 * Finds the cell of each issue, in order.
 * in     tables the issues come from; without rows, a header borne twice is not told apart
 * out    among equal headers, the column whose cell holds what was found; two issues of one kind never share it
 */
export function cellsOfIssues(issues: readonly Issue[], sources: readonly SourceTable[]): IssueCell[] {
	const headers = new Map(sources.map(({ table }) => [table, byHeader(table)]));
	const taken = new Set<string>();
	return issues.map((issue) => {
		const { sheet, row, column, index } = issue.where;
		if (row === null) return NOWHERE;
		const source = sourceOf(sources, sheet, row);
		const cells = source?.rows[row - 1] ?? [];
		const at = (i: number): IssueCell => ({ index: i, contenu: contentIn(cells[i]) });
		if (index !== undefined && index !== null) return at(index);
		if (!source) return NOWHERE;
		if (column === null)
			return ABOUT_A_ROW.has(issue.code) && row !== source.table.ligneEntete ? first(cells) : NOWHERE;
		const equals = headers.get(source.table)?.get(column) ?? [];
		const key = (c: MappedColumn): string => `${issue.code}|${sheet}|${row}|${c.index}`;
		const free = equals.length > 1 ? equals.filter((c) => !taken.has(key(c))) : equals;
		const holds = (c: MappedColumn): boolean => cellText(cells[c.index] ?? null) === cellText(issue.found);
		const chosen =
			free.find(holds) ?? free.find((c) => cellText(cells[c.index] ?? null) !== '') ?? free[0] ?? equals[0];
		if (!chosen) return NOWHERE;
		if (equals.length > 1) taken.add(key(chosen));
		return at(chosen.index);
	});
}

/** Rows set aside as a whole: their first words stand for them. */
const ABOUT_A_ROW: ReadonlySet<Issue['code']> = new Set([
	'ligne-hors-territoire',
	'ligne-filtree',
	'ligne-de-consigne',
	'ligne-ecartee',
	'doublon',
	'titre-absent'
]);

function first(cells: readonly CellValue[]): IssueCell {
	const index = cells.findIndex((cell) => cellText(cell) !== '');
	return index < 0 ? NOWHERE : { index, contenu: contentIn(cells[index]) };
}

function byHeader({ colonnes }: Table): ReadonlyMap<string, readonly MappedColumn[]> {
	const found = new Map<string, MappedColumn[]>();
	for (const column of colonnes) {
		const known = found.get(column.entete);
		if (known) known.push(column);
		else found.set(column.entete, [column]);
	}
	return found;
}

const sourceOf = (sources: readonly SourceTable[], sheet: string | null, row: number): SourceTable | undefined =>
	sources.find(
		({ table }) =>
			(sheet === null || table.feuille === sheet) &&
			row >= table.ligneEntete &&
			row <= (table.derniereLigne ?? Infinity)
	);
