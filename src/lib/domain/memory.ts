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

/** A thing as text, for what is compared by all it says. */
export const asText = once((it: object): string => JSON.stringify(it));

export function sameFacts(a: readonly unknown[], b: readonly unknown[]): boolean {
	if (a === b) return true;
	if (a.length !== b.length) return false;
	for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
	return true;
}

/** The list kept last time when it holds the same things in the same order: what depends on it then still holds. */
export const sameList = <T>(memory: Memory, name: string, list: readonly T[]): readonly T[] =>
	keep(memory, name, list, () => list);

/** What a list no longer holds, and what it now does, each in its order. */
export interface Changes<T> {
	readonly gone: readonly T[];
	readonly come: readonly T[];
	/** Each that came stands where the one that went did. */
	readonly inPlace: boolean;
	/** Where what came stands in place of what went, when it all does in one place; null otherwise. */
	readonly at: number | null;
}

/** By the list of before, which nobody holds any longer than the next: not the other way, each would hold all those before it. */
const compares = new WeakMap<
	readonly object[],
	{ readonly now: readonly object[]; readonly changes: Changes<object> | null }
>();

/**
 * What came to a list of things, and what left it; many ask it of the same two lists.
 * in     two lists without repeats; as a rule nearly the same
 * out    null when what both hold is not in the same order
 */
export function changesIn<T extends object>(before: readonly T[], now: readonly T[]): Changes<T> | null {
	const known = compares.get(before);
	if (known?.now === now) return known.changes as Changes<T> | null;
	const changes = compared(before, now);
	compares.set(before, { now, changes });
	return changes;
}

function compared<T extends object>(before: readonly T[], now: readonly T[]): Changes<T> | null {
	let [from, until] = [0, 0];
	const shorter = Math.min(before.length, now.length);
	while (from < shorter && before[from] === now[from]) from++;
	while (until < shorter - from && before[before.length - 1 - until] === now[now.length - 1 - until]) until++;
	const [old, fresh] = [before.slice(from, before.length - until), now.slice(from, now.length - until)];
	if (old.length <= 1 && fresh.length <= 1)
		return { gone: old, come: fresh, inPlace: old.length === fresh.length, at: from };
	const [had, has] = [new Set(old), new Set(fresh)];
	const [left, kept] = [old.filter((one) => has.has(one)), fresh.filter((one) => had.has(one))];
	if (!sameFacts(left, kept)) return null;
	const inPlace = old.length === fresh.length && old.every((one, at) => has.has(one) === had.has(fresh[at]!));
	const [gone, come] = [old.filter((one) => !has.has(one)), fresh.filter((one) => !had.has(one))];
	return { gone, come, inPlace, at: left.length === 0 ? from : null };
}

/**
 * A list of some of the things of `all`, in the order of `all`, brought up to date.
 * in     `list`: some of those that were there before the changes; `come`: those to add, in the order of `all`
 */
export function broughtUp<T extends object>(
	list: readonly T[],
	{ gone, come, inPlace }: Omit<Changes<T>, 'at'>,
	all: readonly T[]
): readonly T[] {
	if (inPlace && gone.length === 1 && come.length === 1) {
		const at = list.indexOf(gone[0]!);
		if (at >= 0) return list.with(at, come[0]!);
	}
	const left = without(list, gone);
	if (come.length === 0) return left;
	const merged: T[] = [];
	let [next, own] = [0, 0];
	for (const one of all) {
		if (one === come[next]) merged.push(come[next++]!);
		else if (one === left[own]) merged.push(left[own++]!);
		if (next === come.length) break;
	}
	while (own < left.length) merged.push(left[own++]!);
	return merged;
}

/** The very same list when it holds none of them. */
function without<T>(list: readonly T[], gone: readonly T[]): readonly T[] {
	if (gone.length > 1) return list.filter((one) => !gone.includes(one));
	const at = gone.length === 0 ? -1 : list.indexOf(gone[0]!);
	return at < 0 ? list : list.toSpliced(at, 1);
}

interface Each<T, U> {
	readonly all: readonly T[];
	readonly said: readonly U[];
}

/**
 * What is read of each thing of a list, read again only of those that were not there at the last reading.
 * in     a list without repeats; `read` reads nothing but the thing and what `from` holds
 * out    the very same list as at the last reading when it says the same
 */
export function readEach<T extends object, U>(
	memory: Memory,
	name: string,
	from: readonly unknown[],
	all: readonly T[],
	read: (one: T) => U
): readonly U[] {
	const known = memory.get(name);
	const before = known && sameFacts(known.from, from) ? (known.answer as Each<T, U>) : null;
	if (before?.all === all) return before.said;
	const changes = before && changesIn(before.all, all);
	const said = changes ? readAgain(before, changes, all, read) : sameSaid(before, all.map(read));
	memory.set(name, { from, answer: { all, said } satisfies Each<T, U> });
	return said;
}

const sameSaid = <U>(before: { readonly said: readonly U[] } | null, now: readonly U[]): readonly U[] =>
	before && sameFacts(before.said, now) ? before.said : now;

/** Beyond, a list is written anew rather than opened. */
const FEW = 50;

/** Answers in place of those that no longer hold; the very same list when they say the same. null: too many came, or not in one place. */
export function inTheirPlace<U>(
	said: readonly U[],
	{ gone, come, at }: Pick<Changes<unknown>, 'gone' | 'come' | 'at'>,
	fresh: () => readonly U[]
): readonly U[] | null {
	if (at === null || come.length > FEW) return null;
	const now = fresh();
	const same = now.length === gone.length && now.every((one, k) => Object.is(one, said[at + k]));
	return same ? said : said.toSpliced(at, gone.length, ...now);
}

function readAgain<T extends object, U>(
	before: Each<T, U>,
	changes: Changes<T>,
	all: readonly T[],
	read: (one: T) => U
): readonly U[] {
	const { come } = changes;
	const placed = inTheirPlace(before.said, changes, () => come.map(read));
	if (placed) return placed;
	const said: U[] = [];
	let [next, was] = [0, 0];
	for (const one of all) {
		if (one === come[next]) {
			said.push(read(one));
			next++;
			continue;
		}
		while (before.all[was] !== one) was++;
		said.push(before.said[was++]!);
	}
	return sameSaid(before, said);
}

/** Things by the keys each falls under, in their order. */
export type Groups<T> = ReadonlyMap<string, readonly T[]>;

interface Grouped<T> {
	readonly all: readonly T[];
	readonly groups: Groups<T>;
}

/**
 * Things by the keys each falls under; the very same list as at the last reading under a key where none came or went.
 * in     `keysOf` reads nothing but the thing and what `from` holds
 */
export function groupedBy<T extends object>(
	memory: Memory,
	name: string,
	from: readonly unknown[],
	all: readonly T[],
	keysOf: (one: T) => readonly string[]
): Groups<T> {
	const known = memory.get(name);
	const before = known && sameFacts(known.from, from) ? (known.answer as Grouped<T>) : null;
	if (before?.all === all) return before.groups;
	const changes = before && changesIn(before.all, all);
	const groups = changes ? regrouped(before.groups, changes, all, keysOf) : group(all, keysOf);
	memory.set(name, { from, answer: { all, groups } satisfies Grouped<T> });
	return groups;
}

export function group<T>(all: readonly T[], keysOf: (one: T) => readonly string[]): Groups<T> {
	const groups = new Map<string, T[]>();
	for (const one of all)
		for (const key of keysOf(one)) {
			const own = groups.get(key);
			if (!own) groups.set(key, [one]);
			else if (own.at(-1) !== one) own.push(one);
		}
	return groups;
}

function regrouped<T extends object>(
	before: Groups<T>,
	{ gone, come, inPlace }: Changes<T>,
	all: readonly T[],
	keysOf: (one: T) => readonly string[]
): Groups<T> {
	const fresh = group(come, keysOf);
	const touched = new Set([...fresh.keys(), ...gone.flatMap(keysOf)]);
	if (touched.size === 0) return before;
	const groups = new Map(before);
	for (const key of touched) {
		const own = broughtUp(before.get(key) ?? [], { gone, come: fresh.get(key) ?? [], inPlace }, all);
		if (own.length > 0) groups.set(key, own);
		else groups.delete(key);
	}
	return groups;
}
