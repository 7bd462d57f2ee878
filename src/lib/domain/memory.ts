/* What was worked out once still holds for as long as what it was worked out from is the very same. */

interface Kept {
	readonly from: readonly unknown[];
	readonly answer: unknown;
}

/** Answers of one territory, from one reading to the next, by the name of the question. */
export type Memory = Map<string, Kept>;

/**
 * The answer kept under that name, or a new one when anything it comes from has changed.
 * in     `from`: everything the answer depends on, compared by identity (texts and numbers by value)
 * never  an answer to other facts: what `make` reads must all be in `from`
 */
export function keep<T>(memory: Memory, name: string, from: readonly unknown[], make: () => T): T {
	const known = memory.get(name);
	if (known && sameFacts(known.from, from)) return known.answer as T;
	const answer = make();
	memory.set(name, { from, answer });
	return answer;
}

/** The same answer per object, for as long as the object lives. */
export type OwnMemory<K extends object> = WeakMap<K, Kept>;

export function keepFor<K extends object, T>(
	memory: OwnMemory<K>,
	owner: K,
	from: readonly unknown[],
	make: () => T
): T {
	const known = memory.get(owner);
	if (known && sameFacts(known.from, from)) return known.answer as T;
	const answer = make();
	memory.set(owner, { from, answer });
	return answer;
}

export const sameFacts = (a: readonly unknown[], b: readonly unknown[]): boolean =>
	a.length === b.length && a.every((one, i) => Object.is(one, b[i]));

/** The list kept last time when it holds the same things in the same order: what depends on it then still holds. */
export const sameList = <T>(memory: Memory, name: string, list: readonly T[]): readonly T[] =>
	keep(memory, name, list, () => list);
