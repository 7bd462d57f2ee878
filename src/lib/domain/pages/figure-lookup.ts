import type { Coverage } from '../crossing/coverage';
import type { DimensionId, Matrix } from '../crossing/matrix';

/* Which figure of a matrix an address names: a cell, a row or column total, the whole. */

export interface FigureKey {
	readonly axe: DimensionId;
	readonly code: string;
	readonly libelle: string;
}

export interface FoundFigure {
	readonly row: FigureKey | null;
	readonly column: FigureKey | null;
	readonly actions: readonly string[];
	/** null for a total. */
	readonly coverage: Coverage | null;
	/** Positions; null over a whole axis. */
	readonly r: number | null;
	readonly c: number | null;
}

/** in     « X04.QN05962M », « X04 », « T04.P01 », « T04 », « P01 », « tout »; null when it names nothing of this matrix */
export function lookUpFigure({ rows, columns, cells, totals }: Matrix, id: string): FoundFigure | null {
	const key = (axis: Matrix['rows'], i: number): FigureKey => ({ axe: axis.id, ...axis.keys[i]! });
	if (id === 'tout' || id === rows.id)
		return { row: null, column: null, actions: totals.all.actions, coverage: null, r: null, c: null };
	const r = rows.keys.findIndex((k) => k.code === id);
	if (r >= 0) return { row: key(rows, r), column: null, actions: totals.rows[r]!.actions, coverage: null, r, c: null };
	const c = columns.keys.findIndex((k) => k.code === id);
	if (c >= 0)
		return { row: null, column: key(columns, c), actions: totals.columns[c]!.actions, coverage: null, r: null, c };
	// Codes of measures hold dots: the pair is looked for, not cut.
	for (const [i, row] of rows.keys.entries())
		for (const [j, column] of columns.keys.entries())
			if (id === `${row.code}.${column.code}`) {
				const { actions, coverage } = cells[i]![j]!;
				return { row: key(rows, i), column: key(columns, j), actions, coverage, r: i, c: j };
			}
	return null;
}
