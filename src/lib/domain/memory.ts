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

/** A reading that depends on one object alone, made once for as long as that object lives. */
export function once<K extends object, T>(read: (owner: K) => T): (owner: K) => T {
	const known = new WeakMap<K, T>();
	return (owner) => {
		const found = known.get(owner);
		if (found !== undefined) return found;
		const made = read(owner);
		known.set(owner, made);
		return made;
	};
}

export function sameFacts(a: readonly unknown[], b: readonly unknown[]): boolean {
	if (a === b) return true;
	if (a.length !== b.length) return false;
	for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
	return true;
}

/** The list kept last time when it holds the same things in the same order: what depends on it then still holds. */
export const sameList = <T>(memory: Memory, name: string, list: readonly T[]): readonly T[] =>
	keep(memory, name, list, () => list);

/**
 * What one list of things holds and the other does not, each of them said.
 * in     two lists without repeats; as a rule nearly the same
 * out    null when what both hold is not in the same order
 */
export function changedIn<T extends object>(before: readonly T[], now: readonly T[]): readonly T[] | null {
	let [from, until] = [0, 0];
	const shorter = Math.min(before.length, now.length);
	while (from < shorter && before[from] === now[from]) from++;
	while (until < shorter - from && before[before.length - 1 - until] === now[now.length - 1 - until]) until++;
	const [old, fresh] = [before.slice(from, before.length - until), now.slice(from, now.length - until)];
	const [had, has] = [new Set(old), new Set(fresh)];
	const [left, kept] = [old.filter((one) => has.has(one)), fresh.filter((one) => had.has(one))];
	if (!sameFacts(left, kept)) return null;
	return [...old.filter((one) => !has.has(one)), ...fresh.filter((one) => !had.has(one))];
}
