import { cellText, visible } from './cell';
import type { Issue } from '../issue';
import type { CellValue, MappedColumn, Sheet, SourceCell, Table } from './sheet';

/* The very cell an issue speaks of: three columns may bear the same header, only one is « D14 ». */

/** A table and the sheet its rows are in, row 1 first; a sheet put together from others says where its cells come from. */
export interface SourceTable extends Pick<Sheet, 'rows' | 'origines' | 'cellules'> {
	readonly table: Table;
}

export interface IssueCell {
	/** Sheet of the file: a row put together from others is in none of its own. */
	readonly feuille: string | null;
	/** 0-based; null when the issue is about a whole row, a whole sheet, the file. */
	readonly index: number | null;
	/** Row of the cell in the file; that of the issue unless its sheet was put together from others. */
	readonly ligne: number | null;
	/** What the whole cell holds, with its line breaks; null for a blank or when the cells are not at hand. */
	readonly contenu: string | null;
}

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
	const rowOf = rowFinder(sources);
	const taken = new Set<string>();
	return (issue) => {
		const { sheet, column, index } = issue.where;
		const found = rowOf(sheet, issue.where.row);
		if (!found) return { feuille: sheet, index: index ?? null, ligne: issue.where.row, contenu: null };
		const { source, row } = found;
		const cells = source.rows[row - 1] ?? [];
		const made = source.origines && (source.cellules?.[row - 1] ?? []);
		const nowhere: IssueCell = made
			? {
					feuille: made.flat()[0]?.feuille ?? sheet,
					index: null,
					ligne: source.origines?.[row - 1]?.ligne ?? null,
					contenu: null
				}
			: { feuille: sheet, index: null, ligne: row, contenu: null };
		const at = (i: number): IssueCell => {
			const cell = made
				? partHolding(made[i] ?? [], issue.found)
				: { feuille: sheet, ligne: row, colonne: i, contenu: cells[i] };
			if (!cell) return nowhere;
			return { feuille: cell.feuille, index: cell.colonne, ligne: cell.ligne, contenu: contentIn(cell.contenu) };
		};
		if (index !== undefined && index !== null) return at(index);
		if (column === null) {
			const first = cells.findIndex((cell) => cellText(cell) !== '');
			const whole = ABOUT_A_ROW.has(issue.code) && row !== source.table.ligneEntete;
			return whole && first >= 0 ? at(first) : nowhere;
		}
		const equals = headers.get(source.table)?.get(column) ?? [];
		const key = (c: MappedColumn): string => `${issue.code}|${sheet}|${row}|${c.index}`;
		const free = equals.length > 1 ? equals.filter((c) => !taken.has(key(c))) : equals;
		const holds = (c: MappedColumn): boolean => cellText(cells[c.index] ?? null) === cellText(issue.found);
		const chosen =
			free.find(holds) ?? free.find((c) => cellText(cells[c.index] ?? null) !== '') ?? free[0] ?? equals[0];
		if (!chosen) return nowhere;
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

/**
 * Finds the row of a table an issue speaks of.
 * in     sheet and row as the table has them, or as the file has them for a row put together from there
 */
export function rowFinder(
	sources: readonly SourceTable[]
): (sheet: string | null, row: number | null) => { readonly source: SourceTable; readonly row: number } | null {
	const made = new Map(
		sources.flatMap((source) =>
			(source.origines ?? []).flatMap((o, i) =>
				o ? [[`${o.ligne}|${o.feuille}`, { source, row: i + 1 }] as const] : []
			)
		)
	);
	return (sheet, row) => {
		if (row === null) return null;
		const source = sources.find(
			({ table }) =>
				(sheet === null || table.feuille === sheet) &&
				row >= table.ligneEntete &&
				row <= (table.derniereLigne ?? Infinity)
		);
		return source ? { source, row } : (made.get(`${row}|${sheet}`) ?? null);
	};
}

/** Among the cells one is made of, the one that holds what was found. */
const partHolding = (parts: readonly SourceCell[], found: string | null): SourceCell | undefined =>
	parts.find((part) => found !== null && cellText(part.contenu).includes(cellText(found))) ?? parts[0];
