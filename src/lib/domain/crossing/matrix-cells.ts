import type { Money } from '../money';
import { broughtUp, once, type Changes } from '../memory';
import type { Dimension } from './matrix';
import type { PlacedAction } from './place';

/* Which cells of a matrix each action falls in, all of them or only the few that changed. */

export type Amounts = Readonly<Record<string, Money | null>>;

/** Actions of a cell: those that might be there, those that surely are. */
interface Held {
	readonly candidates: readonly PlacedAction[];
	readonly inside: readonly PlacedAction[];
}

type KeysOf = (placed: PlacedAction) => Keys;
type Both = readonly [rowsOf: KeysOf, columnsOf: KeysOf];

/** Which actions each cell holds, by row then column, and the amount of those that surely are in one. */
export interface Sorted {
	readonly held: readonly (readonly Held[])[];
	readonly amounts: Amounts;
}

/** Each cell an action may be in; `sure`: it surely is. */
function eachCellOf(
	placed: PlacedAction,
	[rowsOf, columnsOf]: Both,
	visit: (row: number, column: number, sure: boolean) => void
): void {
	if (placed.action.statut === 'abandonne') return;
	const [own, other] = [rowsOf(placed), columnsOf(placed)];
	for (let r = 0; r < own.at.length; r++)
		for (let c = 0; c < other.at.length; c++) visit(own.at[r]!, other.at[c]!, r < own.sure && c < other.sure);
}

/** Is an action surely in a cell? Its amount is then one of the matrix. */
const isInside = (placed: PlacedAction, [rowsOf, columnsOf]: Both): boolean =>
	placed.action.statut !== 'abandonne' && rowsOf(placed).sure > 0 && columnsOf(placed).sure > 0;

const amountsOf = (actions: readonly PlacedAction[], both: Both): Amounts => {
	const amounts: Record<string, Money | null> = {};
	for (const placed of actions) if (isInside(placed, both)) amounts[placed.action.id] = placed.action.budget;
	return amounts;
};

export function sortedIn(actions: readonly PlacedAction[], height: number, width: number, both: Both): Sorted {
	const held = Array.from({ length: height }, () =>
		Array.from({ length: width }, () => ({ candidates: [] as PlacedAction[], inside: [] as PlacedAction[] }))
	);
	for (const placed of actions)
		eachCellOf(placed, both, (i, j, sure) => {
			const cell = held[i]![j]!;
			cell.candidates.push(placed);
			if (sure) cell.inside.push(placed);
		});
	return { held, amounts: amountsOf(actions, both) };
}

/** The same, where a few actions came or went: the cells none of them may be in are as they were. */
export function sortedAgain(
	before: Sorted & { readonly actions: readonly PlacedAction[] },
	{ gone, come }: Changes<PlacedAction>,
	actions: readonly PlacedAction[],
	both: Both
): Sorted {
	const fresh: { readonly candidates: PlacedAction[]; readonly inside: PlacedAction[] }[][] = [];
	const at = (i: number, j: number) => ((fresh[i] ??= [])[j] ??= { candidates: [], inside: [] });
	for (const placed of gone) eachCellOf(placed, both, at);
	for (const placed of come)
		eachCellOf(placed, both, (i, j, sure) => {
			at(i, j).candidates.push(placed);
			if (sure) at(i, j).inside.push(placed);
		});
	const held = before.held.map((row, i) =>
		fresh[i] === undefined
			? row
			: row.map((cell, j): Held => {
					const own = fresh[i]![j];
					if (!own) return cell;
					return {
						candidates: broughtUp(cell.candidates, { gone, come: own.candidates }, actions),
						inside: broughtUp(cell.inside, { gone, come: own.inside }, actions)
					};
				})
	);
	// Written again in the order of the actions, unless each is where it was.
	const still = gone.length === come.length && gone.length <= FEW && gone.every((p, k) => isThere(p, come[k]!));
	if (!still) return { held, amounts: amountsOf(actions, both) };
	const others = come.filter((p, k) => isInside(p, both) && !isSameAmount(p.action.budget, gone[k]!.action.budget));
	return { held, amounts: others.length > 0 ? { ...before.amounts, ...amountsOf(others, both) } : before.amounts };

	function isThere(old: PlacedAction, now: PlacedAction): boolean {
		if (old.action.id !== now.action.id || isInside(old, both) !== isInside(now, both)) return false;
		return before.actions.indexOf(old) === actions.indexOf(now);
	}
}

/** More come and go at once only when a file is read. */
const FEW = 20;

const isSameAmount = (a: Money | null, b: Money | null): boolean =>
	a === b || (a !== null && b !== null && a.euros === b.euros && a.base === b.base && a.max === b.max);

/** Positions of the keys an action falls under: the first `sure` ones surely, the others maybe. */
interface Keys {
	readonly at: readonly number[];
	readonly sure: number;
}

/** Keys of an action, read once per dimension. */
export const keysReader = once((dimension: Dimension): ((placed: PlacedAction) => Keys) => {
	const known = new Map(dimension.keys.map((key, i) => [key.code, i]));
	const addTo = (at: number[], codes: readonly string[]): void => {
		for (const code of codes) {
			const position = known.get(code);
			if (position !== undefined && !at.includes(position)) at.push(position);
		}
	};
	return once((placed) => {
		const at: number[] = [];
		addTo(at, dimension.keysOf(placed));
		const sure = at.length;
		if (dimension.maybeOf) addTo(at, dimension.maybeOf(placed));
		return { at, sure };
	});
});
