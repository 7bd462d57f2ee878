import { sumAmounts, type Budget } from './budget';
import {
	coverageFrom,
	coverageState,
	mergeStates,
	type Coverage,
	type CoverageContext,
	type CoverageState
} from './coverage';
import { changesIn, sameFacts, type Memory } from '../memory';
import { heldAmounts, keysReader, sortedAgain, sortedIn, type Amounts, type Sorted } from './matrix-cells';
import type { PlacedAction } from './place';

export type { Budget };

export const DIMENSIONS = ['transition', 'ville', 'croises', 'quartier', 'plan', 'dispositif', 'nature'] as const;
export type DimensionId = (typeof DIMENSIONS)[number];

export interface DimensionKey {
	readonly code: string;
	readonly libelle: string;
}

/** One way to sort actions; an action may fall under several keys, or none. */
export interface Dimension {
	readonly id: DimensionId;
	readonly keys: readonly DimensionKey[];
	readonly keysOf: (action: PlacedAction) => readonly string[];
	/** Keys it might fall under if what is unknown were known; said only where it can weigh on coverage. */
	readonly maybeOf?: (action: PlacedAction) => readonly string[];
}

export interface Cell {
	/** Ids of distinct actions, in document order. */
	readonly actions: readonly string[];
	readonly coverage: Coverage;
	/** What the coverage is concluded from: what is certain, what is possible. */
	readonly etat: CoverageState;
	readonly budget: Budget;
}

/** `actions` counts distinct actions: less than the sum of the cells when an action falls in several. */
export interface Total {
	readonly code: string;
	readonly actions: readonly string[];
	readonly budget: Budget;
}

/** Never sparse: one cell per row key × column key, in référentiel order. */
export interface Matrix {
	readonly rows: { readonly id: DimensionId; readonly keys: readonly DimensionKey[] };
	readonly columns: { readonly id: DimensionId; readonly keys: readonly DimensionKey[] };
	readonly cells: readonly (readonly Cell[])[];
	readonly totals: { readonly rows: readonly Total[]; readonly columns: readonly Total[]; readonly all: Total };
	/** Amount each action states, null when blank: what every budget above is summed from. */
	readonly montants: Amounts;
}

export type MatrixContext = Omit<CoverageContext, 'croise'>;

const NOTHING_KNOWN: CoverageState = { connu: 'aucune', possible: 'aucune', suffisant: false };

/**
 * Crosses placed actions along two dimensions.
 * in     placed actions of one territory; dropped actions are left out. `memory`: of an earlier crossing along the same two
 *        dimensions, so that a cell of the same actions is not worked out again
 * out    one cell per row key × column key, in référentiel order; totals over distinct actions
 * empty  actions: [] and coverage 'aucune' or 'saisie-incomplete'
 * never  throws; a missing budget is counted, not taken as 0; an action counted twice in a total
 * ref    data/enjeux.yaml, data/financements/
 */
export function buildMatrix(
	actions: readonly PlacedAction[],
	rows: Dimension,
	columns: Dimension,
	context: MatrixContext,
	memory: Memory = new Map()
): Matrix {
	const name = `matrice ${rows.id} ${columns.id}`;
	const kept = memory.get(name);
	const before = kept?.from[0] === context ? (kept.answer as Before) : null;
	const both = [keysReader(rows), keysReader(columns)] as const;
	const changes = before && changesIn(before.actions, actions);
	const amounts = heldAmounts(actions, memory);
	const held = changes
		? sortedAgain(before.held, changes, actions, both)
		: sortedIn(actions, rows.keys.length, columns.keys.length, both);
	const cells = rows.keys.map((row, i) =>
		columns.keys.map((column, j): Cell => {
			const { candidates, inside } = held[i]![j]!;
			const known = before && before.held[i]![j]!;
			if (known && (known === held[i]![j] || sameFacts(candidates, known.candidates)))
				return before.matrix.cells[i]![j]!;
			const narrow = { ...context, ...narrowed(rows.id, row.code), ...narrowed(columns.id, column.code) };
			const ids = inside.map((placed) => placed.action.id);
			const was = before?.matrix.cells[i]![j]!.actions;
			return cell(was && sameFacts(was, ids) ? was : ids, stateOf(inside, candidates, narrow), amounts);
		})
	);
	const matrix = withTotals(rows, columns, cells, amounts, before?.matrix);
	memory.set(name, { from: [context], answer: { actions, held, matrix } satisfies Before });
	return matrix;
}

/**
 * Puts two matrices of the same dimensions together: those of two territories, or of two sets of plans.
 * out    the same matrix as if it had been built from the union; an action found in both counts once. Associative
 * never  drops a key: rows and columns known by one side only are kept, their other side being « nothing known »
 */
export function mergeMatrices(a: Matrix, b: Matrix): Matrix {
	const amounts: Amounts = new Map([...a.montants, ...b.montants]);
	const rowKeys = unionKeys(a.rows.keys, b.rows.keys);
	const columnKeys = unionKeys(a.columns.keys, b.columns.keys);
	const [fromA, fromB] = [cellReader(a), cellReader(b)];
	const cells = rowKeys.map((row) =>
		columnKeys.map((column): Cell => {
			const [left, right] = [fromA(row.code, column.code), fromB(row.code, column.code)];
			if (!left || !right) return left ?? right ?? cell([], NOTHING_KNOWN, amounts);
			return cell([...new Set([...left.actions, ...right.actions])], mergeStates(left.etat, right.etat), amounts);
		})
	);
	return withTotals({ id: a.rows.id, keys: rowKeys }, { id: a.columns.id, keys: columnKeys }, cells, amounts);
}

/** A crossing worked out earlier, in the same context: its keys are the same. */
interface Before {
	readonly held: Sorted;
	readonly actions: readonly PlacedAction[];
	readonly matrix: Matrix;
}

/** What may be there only weighs on what is possible, however well it answers. */
function stateOf(inside: readonly PlacedAction[], candidates: readonly PlacedAction[], context: CoverageContext) {
	const whole = coverageState(candidates, context);
	return inside.length === candidates.length ? whole : { ...whole, connu: coverageState(inside, context).connu };
}

/** A quartier key narrows the place asked about; a crossing key says which half-carried actions count as diffuse. */
function narrowed(id: DimensionId, code: string): Partial<CoverageContext> {
	if (id === 'quartier') return { quartiers: [code] };
	if (id === 'croises') return { croise: code };
	// The plan of the key is entered: nothing in it really is nothing.
	return id === 'plan' ? { minPlans: 1 } : {};
}

const cell = (actions: readonly string[], etat: CoverageState, amounts: Amounts): Cell => ({
	actions,
	coverage: coverageFrom(etat),
	etat,
	budget: budgetOf(actions, amounts)
});

const budgetOf = (ids: readonly string[], amounts: Amounts): Budget =>
	sumAmounts(ids.map((id) => amounts.get(id) ?? null));

function withTotals(
	rows: Pick<Dimension, 'id' | 'keys'>,
	columns: Pick<Dimension, 'id' | 'keys'>,
	cells: readonly (readonly Cell[])[],
	amounts: Amounts,
	before?: Matrix
): Matrix {
	const total = (code: string, of: readonly Pick<Cell, 'actions'>[]): Total => {
		const seen = new Set<string>();
		for (const cell of of) for (const id of cell.actions) seen.add(id);
		const actions = [...seen];
		return { code, actions, budget: budgetOf(actions, amounts) };
	};
	/** The same actions, at the same amounts: the same sum. */
	const isSame = (one: Pick<Cell, 'actions'>, was: Pick<Cell, 'actions'>): boolean =>
		one === was || (amounts === before?.montants && one.actions === was.actions);
	const rowTotals = rows.keys.map((key, i) => {
		const own = cells[i] ?? [];
		const same = before && own.every((one, j) => isSame(one, before.cells[i]![j]!));
		return same ? before.totals.rows[i]! : total(key.code, own);
	});
	return {
		rows: { id: rows.id, keys: rows.keys },
		columns: { id: columns.id, keys: columns.keys },
		cells,
		totals: {
			rows: rowTotals,
			columns: columns.keys.map((key, j) => {
				const same = before && cells.every((row, i) => isSame(row[j]!, before.cells[i]![j]!));
				const own = () => cells.map((row) => row[j]!);
				return same ? before.totals.columns[j]! : total(key.code, own());
			}),
			all: before && sameFacts(rowTotals, before.totals.rows) ? before.totals.all : total('*', rowTotals)
		},
		montants: amounts
	};
}

const unionKeys = (a: readonly DimensionKey[], b: readonly DimensionKey[]): DimensionKey[] => [
	...a,
	...b.filter((key) => !a.some((other) => other.code === key.code))
];

function cellReader(matrix: Matrix): (row: string, column: string) => Cell | undefined {
	const rows = new Map(matrix.rows.keys.map((key, i) => [key.code, i]));
	const columns = new Map(matrix.columns.keys.map((key, j) => [key.code, j]));
	return (row, column) => matrix.cells[rows.get(row) ?? -1]?.[columns.get(column) ?? -1];
}
