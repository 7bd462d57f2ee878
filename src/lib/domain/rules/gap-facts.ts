import { count } from '../french';

/* The facts of a proof: the first ones are shown, all of them are compared. */

const SHOWN = 8;

const whole = new WeakMap<readonly string[], () => readonly string[]>();

/** A long list of proofs stays readable: the first ones, and how many more. */
export const facts = (all: readonly string[]): string[] => factsOf(all, itself);
const itself = (said: string): string => said;

/**
 * The same, of which only the first ones are written out.
 * in     `write`: kept for as long as the facts are, so it holds nothing but what it writes with
 */
export function factsOf<T>(all: readonly T[], write: (one: T) => string): string[] {
	const more = all.length - SHOWN;
	const first = all.slice(0, SHOWN).map(write);
	if (more <= 0) return first;
	const shown = [...first, `et ${count(more, 'autre action', 'autres actions')}`];
	whole.set(shown, () => all.map(write));
	return shown;
}

/** Lists of facts one after the other, without losing those that are not shown. */
export function joinedFacts(...parts: readonly (readonly string[])[]): string[] {
	const shown = parts.flat();
	if (parts.some((part) => whole.has(part))) whole.set(shown, () => parts.flatMap(everyFact));
	return shown;
}

/** Every fact of a list, those it does not show included. */
export const everyFact = (shown: readonly string[]): readonly string[] => whole.get(shown)?.() ?? shown;

/** « et 3 autres actions »: the end of a shortened list, kept with decisions of former versions. */
export const isRest = (fact: string): boolean => /^et [\d\s]+autres? actions?$/.test(fact);
