import type { Money } from '../money';
import { broughtUp, changesIn, once, type Changes, type Memory } from '../memory';
import { isActive } from './coverage';
import type { Dimension } from './matrix';
import type { PlacedAction } from './place';

/* Which cells of a matrix each action falls in, all of them or only the few that changed. */

export type Amounts = ReadonlyMap<string, Money | null>;

/** Actions of a cell: those that might be there, those that surely are. */
interface InCell {
	readonly candidates: readonly PlacedAction[];
	readonly inside: readonly PlacedAction[];
}

type KeysOf = (placed: PlacedAction) => Keys;
type Both = readonly [rowsOf: KeysOf, columnsOf: KeysOf];

/** Which actions each cell holds, by row then column. */
export type Sorted = readonly (readonly InCell[])[];

/** Each cell an action may be in; `sure`: it surely is. */
function eachCellOf(
	placed: PlacedAction,
	[rowsOf, columnsOf]: Both,
	visit: (row: number, column: number, sure: boolean) => void
): void {
	if (!isActive(placed)) return;
	const [own, other] = [rowsOf(placed), columnsOf(placed)];
	for (let r = 0; r < own.at.length; r++)
		for (let c = 0; c < other.at.length; c++) visit(own.at[r]!, other.at[c]!, r < own.sure && c < other.sure);
}

/** Amounts of the actions that count; the very same as at the last reading when none of them is another one. */
export function heldAmounts(actions: readonly PlacedAction[], memory: Memory): Amounts {
	const known = memory.get('montants')?.answer as Held | undefined;
	const changes = known && changesIn(known.actions, actions);
	const amounts = (changes?.inPlace && amountsAgain(known!.amounts, changes)) || amountsOf(actions);
	memory.set('montants', { from: [], answer: { actions, amounts } satisfies Held });
	return amounts;
}

interface Held {
	readonly actions: readonly PlacedAction[];
	readonly amounts: Amounts;
}

function amountsOf(actions: readonly PlacedAction[]): Amounts {
	const amounts = new Map<string, Money | null>();
	for (const placed of actions) if (isActive(placed)) amounts.set(placed.action.id, placed.action.budget);
	return amounts;
}

/** The same, but for those that state another amount; null when others count. */
function amountsAgain(before: Amounts, { gone, come }: Changes<PlacedAction>): Amounts | null {
	let amounts: Map<string, Money | null> | null = null;
	for (const [k, old] of gone.entries()) {
		const now = come[k]!;
		if (old.action.id !== now.action.id || isActive(old) !== isActive(now)) return null;
		if (isActive(now) && !isSameAmount(old.action.budget, now.action.budget))
			(amounts ??= new Map(before)).set(now.action.id, now.action.budget);
	}
	return amounts ?? before;
}

const isSameAmount = (a: Money | null, b: Money | null): boolean =>
	a === b || (a !== null && b !== null && a.euros === b.euros && a.base === b.base && a.max === b.max);

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
	return held;
}

/** The same, where a few actions came or went: the cells none of them may be in are as they were. */
export function sortedAgain(
	before: Sorted,
	{ gone, come, inPlace }: Changes<PlacedAction>,
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
	return before.map((row, i) =>
		fresh[i] === undefined
			? row
			: row.map((cell, j): InCell => {
					const own = fresh[i]![j];
					if (!own) return cell;
					return {
						candidates: broughtUp(cell.candidates, { gone, come: own.candidates, inPlace }, actions),
						inside: broughtUp(cell.inside, { gone, come: own.inside, inPlace }, actions)
					};
				})
	);
}

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
