import { compareMatrices, isAssessed, type Difference, type Sides } from '../crossing/compare';
import type { Coverage } from '../crossing/coverage';
import type { DimensionId, DimensionKey, Matrix } from '../crossing/matrix';
import type { SilentFunding } from '../crossing/view-matrix';
import type { Share } from './page-model';

/* A matrix as a page draws it: figures and answers only. The actions behind a figure are sent when it is opened. */

/** Difference with the other layer, where there is one and both sides are assessed. */
export interface EcartBrief {
	readonly e?: number;
	readonly s?: 'mieux' | 'moins-bien';
	/** What the other layer answers. */
	readonly la?: Coverage;
}

export interface FigureBrief extends EcartBrief {
	/** Distinct actions. */
	readonly n: number;
	readonly c: Coverage;
	/** Actions that say nothing of their money: the figure is « at least ». */
	readonly m?: number;
	/** What was signed there is to be read again. */
	readonly r?: 1;
	/** Why the answer is to be confirmed. */
	readonly d?: string;
}

/** null: no cell of the row or column is assessed. */
export interface TotalBrief extends EcartBrief {
	readonly n: number | null;
	readonly m?: number;
}

export interface FiguresBrief {
	readonly lignes: DimensionId;
	readonly colonnes: DimensionId;
	readonly rows: readonly DimensionKey[];
	readonly columns: readonly DimensionKey[];
	readonly cells: readonly (readonly FigureBrief[])[];
	readonly totals: {
		readonly rows: readonly TotalBrief[];
		readonly columns: readonly TotalBrief[];
		readonly all: TotalBrief;
	};
	/** Whether figures carry their difference with another layer. */
	readonly comparee: boolean;
}

export function figuresOf(
	matrix: Matrix,
	share: Share,
	other: { readonly matrix: Matrix; readonly sides: Sides } | null = null,
	silent: SilentFunding | null = null,
	/** « X04.QN05962M »: crossings whose signature is to be read again. */
	toReview: ReadonlySet<string> = new Set(),
	/** Why the answer of a cell is to be confirmed; null when it is sure. */
	doubtOf: (r: number, c: number) => string | null = () => null
): FiguresBrief {
	const difference = other && compareMatrices(matrix, other.matrix, other.sides);
	const { rows, columns, cells, totals } = matrix;
	const quiet = (r: number | null, c: number | null) => {
		const m = silent ? silentAt(matrix, silent, r, c).length : 0;
		return m > 0 ? { m } : {};
	};
	const review = (row: string, column: string) =>
		toReview.has(`${row}.${column}`) || toReview.has(`${column}.${row}`) ? { r: 1 as const } : {};
	const doubt = (r: number, c: number) => {
		const d = doubtOf(r, c);
		return d ? { d } : {};
	};
	// A total that is only « at least » is said even where no cell can be concluded from.
	const total = (n: number, known: boolean, e: number | null | undefined, more: { readonly m?: number }): TotalBrief =>
		share({ n: known || more.m ? n : null, ...(e && { e }), ...more });
	return {
		lignes: rows.id,
		colonnes: columns.id,
		rows: rows.keys,
		columns: columns.keys,
		cells: cells.map((row, r) =>
			row.map((cell, c) =>
				share({
					...{ n: cell.actions.length, c: cell.coverage },
					...{ ...ecartBrief(difference, r, c), ...quiet(r, c), ...review(rows.keys[r]!.code, columns.keys[c]!.code) },
					...doubt(r, c)
				})
			)
		),
		totals: {
			rows: totals.rows.map((t, r) =>
				total(t.actions.length, cells[r]!.some(isAssessed), difference?.rows[r], quiet(r, null))
			),
			columns: totals.columns.map((t, c) =>
				total(
					t.actions.length,
					cells.some((row) => isAssessed(row[c]!)),
					difference?.columns[c],
					quiet(null, c)
				)
			),
			all: total(totals.all.actions.length, cells.flat().some(isAssessed), difference?.all, quiet(null, null))
		},
		comparee: difference !== null
	};
}

/** The silent actions of one figure; null for a total over an axis. */
export function silentAt(
	matrix: Pick<Matrix, 'rows' | 'columns'>,
	{ axe, parCle, toutes }: SilentFunding,
	r: number | null,
	c: number | null
): readonly string[] {
	const at = axe === 'rows' ? r : c;
	return at === null ? toutes : (parCle.get(matrix[axe].keys[at]!.code) ?? []);
}

/** Cells of a column without a structuring answer, among those assessed. */
export function unansweredIn({ cells }: Pick<FiguresBrief, 'cells'>, column: number) {
	const known = cells.map((row) => row[column]!.c).filter((c) => c !== 'saisie-incomplete');
	return { sans: known.filter((c) => c !== 'structurante').length, total: known.length };
}

/** « 19 à 20 sur 20 », from the quartier that has the fewest to the one that has the most; '' when none is assessed. */
export function unansweredRange(figures: Pick<FiguresBrief, 'cells' | 'columns'>): string {
	const known = figures.columns.map((_, i) => unansweredIn(figures, i)).filter((u) => u.total > 0);
	if (known.length === 0) return '';
	const between = (of: readonly number[]) => [...new Set([Math.min(...of), Math.max(...of)])].join(' à ');
	return `${between(known.map((u) => u.sans))} sur ${between(known.map((u) => u.total))}`;
}

function ecartBrief(difference: Difference | null, r: number, c: number): EcartBrief {
	const ecart = difference?.cells[r]?.[c];
	if (!ecart) return {};
	const { actions, sens, la } = ecart;
	return { ...(actions && { e: actions }), ...(sens && { s: sens }), ...(la && { la }) };
}

/**
 * The matrix without the keys that no action bears, and how many they were: a list of a hundred measures of funding,
 * of which a plan names ten, would hide them.
 */
export function heldKeys(matrix: Matrix, axis: 'rows' | 'columns'): { matrix: Matrix; vides: number } {
	const held = matrix.totals[axis].map((total) => total.actions.length > 0);
	if (matrix[axis].id !== 'dispositif' || held.every(Boolean)) return { matrix, vides: 0 };
	const keep = <T>(list: readonly T[]) => list.filter((_, i) => held[i]);
	const { cells, totals } = matrix;
	return {
		matrix: {
			...matrix,
			[axis]: { ...matrix[axis], keys: keep(matrix[axis].keys) },
			cells: axis === 'rows' ? keep(cells) : cells.map(keep),
			totals: { ...totals, [axis]: keep(totals[axis]) }
		},
		vides: held.filter((h) => !h).length
	};
}
