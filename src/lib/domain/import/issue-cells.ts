import { cellText, visible } from './cell';
import type { Issue } from '../issue';
import type { CellValue, MappedColumn, Sheet, Table } from './sheet';

/* The very cell an issue speaks of: three columns may bear the same header, only one is « D14 ». */

/** A table and the sheet its rows are in, row 1 first; a sheet put together from others says where its cells come from. */
export interface SourceTable extends Pick<Sheet, 'rows' | 'origines' | 'cellules'> {
	readonly table: Table;
}

export interface IssueCell {
	/** 0-based; null when the issue is about a whole row, a whole sheet, the file. */
	readonly index: number | null;
	/** Row of the cell in the file; that of the issue unless its sheet was put together from others. */
	readonly ligne: number | null;
	/** What the whole cell holds, with its line breaks; null for a blank or when the cells are not at hand. */
	readonly contenu: string | null;
}

const nowhere = (ligne: number | null): IssueCell => ({ index: null, ligne, contenu: null });

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
 * Finds the cell of issues given one after the other.
 * in     tables the issues come from; without rows, a header borne twice is not told apart
 * out    among equal headers, the column whose cell holds what was found; two issues of one kind never share it
 */
export function cellFinder(sources: readonly SourceTable[]): (issue: Issue) => IssueCell {
	const headers = new Map(sources.map(({ table }) => [table, byHeader(table)]));
	const taken = new Set<string>();
	return (issue) => {
		const { sheet, row, column, index } = issue.where;
		if (row === null) return nowhere(null);
		const source = sourceOf(sources, sheet, row);
		const cells = source?.rows[row - 1] ?? [];
		const at = (i: number): IssueCell => {
			const made = source?.origines?.[row - 1] !== undefined;
			const cell = made ? source?.cellules?.[row - 1]?.[i] : { ligne: row, colonne: i };
			return cell ? { index: cell.colonne, ligne: cell.ligne, contenu: contentIn(cells[i]) } : nowhere(row);
		};
		if (index !== undefined && index !== null) return at(index);
		if (!source) return nowhere(row);
		if (column === null) {
			const first = cells.findIndex((cell) => cellText(cell) !== '');
			const whole = ABOUT_A_ROW.has(issue.code) && row !== source.table.ligneEntete;
			return whole && first >= 0 ? at(first) : nowhere(row);
		}
		const equals = headers.get(source.table)?.get(column) ?? [];
		const key = (c: MappedColumn): string => `${issue.code}|${sheet}|${row}|${c.index}`;
		const free = equals.length > 1 ? equals.filter((c) => !taken.has(key(c))) : equals;
		const holds = (c: MappedColumn): boolean => cellText(cells[c.index] ?? null) === cellText(issue.found);
		const chosen =
			free.find(holds) ?? free.find((c) => cellText(cells[c.index] ?? null) !== '') ?? free[0] ?? equals[0];
		if (!chosen) return nowhere(row);
		if (equals.length > 1) taken.add(key(chosen));
		return at(chosen.index);
	};
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
