import { COVERAGES, type Coverage } from './coverage';
import type { Cell, DimensionId, Matrix, Total } from './matrix';

/* Two layers of the same matrix: what there is more, what there is less. Nothing is said where one side is not assessed. */

export interface Ecart {
	/** Distinct actions here minus there; null: one side is not assessed, or has no such cell. */
	readonly actions: number | null;
	/** Whether the answer itself is stronger or weaker here. */
	readonly sens: 'mieux' | 'moins-bien' | null;
	/** What the other layer answers; null when it has no such cell. */
	readonly la: Coverage | null;
}

export interface Difference {
	readonly cells: readonly (readonly Ecart[])[];
	readonly rows: readonly (number | null)[];
	readonly columns: readonly (number | null)[];
	readonly all: number | null;
}

/** How the keys of each axis are set against each other: the same ones, all against one, or none against none. */
export type Sides = Readonly<Record<'rows' | 'columns', 'meme' | 'une-cle' | 'autre'>>;

/**
 * How two layers stand side by side.
 * in     `narrowed`: the dimension the second layer is held to (one quartier, one plan…); each key of the first is then set
 *        against that one. `elsewhere`: the second layer is another territory, whose quartiers are not these
 */
export function sidesOf(
	a: Matrix,
	b: Matrix,
	{ narrowed, elsewhere }: { readonly narrowed: DimensionId | null; readonly elsewhere: boolean }
): Sides {
	const side = (id: DimensionId, keys: number) =>
		elsewhere && id === 'quartier' ? 'autre' : id === narrowed && keys === 1 ? 'une-cle' : 'meme';
	return { rows: side(a.rows.id, b.rows.keys.length), columns: side(a.columns.id, b.columns.keys.length) };
}

/**
 * The first layer minus the second, cell by cell and total by total.
 * out    as many rows and columns as the first; null wherever a figure would be a guess
 */
export function compareMatrices(a: Matrix, b: Matrix, sides: Sides): Difference {
	const rowAt = a.rows.keys.map((k) => place(b.rows.keys, k.code, sides.rows));
	const columnAt = a.columns.keys.map((k) => place(b.columns.keys, k.code, sides.columns));
	const knownRow = (m: Matrix, r: number) => m.cells[r]?.some(isAssessed) ?? false;
	const knownColumn = (m: Matrix, c: number) => m.cells.some((row) => row[c] && isAssessed(row[c]));
	const partial = (axis: 'rows' | 'columns') => isPartial(a, sides, axis);
	const totals = (
		axis: 'rows' | 'columns',
		across: 'rows' | 'columns',
		at: readonly number[],
		known: typeof knownRow
	) =>
		a.totals[axis].map((total, i) => {
			const other = partial(across) ? undefined : b.totals[axis][at[i]!];
			return other && known(a, i) && known(b, at[i]!) ? total.actions.length - other.actions.length : null;
		});
	return {
		cells: a.cells.map((row, r) => row.map((cell, c) => ecart(cell, b.cells[rowAt[r]!]?.[columnAt[c]!]))),
		rows: totals('rows', 'columns', rowAt, knownRow),
		columns: totals('columns', 'rows', columnAt, knownColumn),
		all: partial('rows') || partial('columns') ? null : a.totals.all.actions.length - b.totals.all.actions.length
	};
}

const place = (keys: Matrix['rows']['keys'], code: string, side: Sides['rows']): number =>
	side === 'autre' ? -1 : side === 'une-cle' ? 0 : keys.findIndex((k) => k.code === code);

/** A total over every quartier against one quartier would say nothing. */
const isPartial = (a: Matrix, sides: Sides, axis: 'rows' | 'columns'): boolean =>
	sides[axis] === 'une-cle' && a[axis].keys.length > 1;

/**
 * The actions of one figure in both layers.
 * in     positions of its row and column in the first; null for a total over them
 * out    null when the second has no such figure
 */
export function placeBeside(
	a: Matrix,
	b: Matrix,
	sides: Sides,
	row: number | null,
	column: number | null
): { readonly ici: readonly string[]; readonly la: readonly string[]; readonly evaluee: boolean } | null {
	if ((row === null && isPartial(a, sides, 'rows')) || (column === null && isPartial(a, sides, 'columns'))) return null;
	const other = (axis: 'rows' | 'columns', i: number | null) =>
		i === null ? null : place(b[axis].keys, a[axis].keys[i]!.code, sides[axis]);
	const [ici, la] = [figureAt(a, row, column), figureAt(b, other('rows', row), other('columns', column))];
	if (!ici || !la) return null;
	const evaluee = someAssessed(a, row, column) && someAssessed(b, other('rows', row), other('columns', column));
	return { ici: ici.actions, la: la.actions, evaluee };
}

/** Is the cell, or some cell of the total, assessed? */
const someAssessed = ({ cells }: Matrix, row: number | null, column: number | null): boolean =>
	(row === null ? cells : [cells[row]!]).some((line) => (column === null ? line : [line[column]!]).some(isAssessed));

const figureAt = ({ cells, totals }: Matrix, row: number | null, column: number | null): Cell | Total | undefined =>
	row === null
		? column === null
			? totals.all
			: totals.columns[column]
		: column === null
			? totals.rows[row]
			: cells[row]?.[column];

export const isAssessed = (cell: Pick<Cell, 'coverage'>): boolean => cell.coverage !== 'saisie-incomplete';

function ecart(here: Cell, there: Cell | undefined): Ecart {
	if (!there) return { actions: null, sens: null, la: null };
	if (!isAssessed(here) || !isAssessed(there)) return { actions: null, sens: null, la: there.coverage };
	const step = COVERAGES.indexOf(there.coverage) - COVERAGES.indexOf(here.coverage);
	return {
		actions: here.actions.length - there.actions.length,
		sens: step > 0 ? 'mieux' : step < 0 ? 'moins-bien' : null,
		la: there.coverage
	};
}
