import { stems } from '../text';

/* Titles held against each other by their rare words. */

export interface TitleIndex {
	/** Cosine of two titles, words weighed by rarity, 0 to 1. */
	readonly cosine: (i: number, j: number) => number;
	/** Roots both titles hold. */
	readonly shared: (i: number, j: number) => readonly string[];
	/** Titles that share a word rare enough to be worth a look. */
	readonly neighbours: (i: number) => Iterable<number>;
}

const SMALL = new Set(
	'de du des d la le les l a au aux en et ou par pour sur un une dans avec son sa ses leur leurs qui que vers plus'.split(
		' '
	)
);
/** A word that more titles hold brings no candidate by itself. */
const COMMON = 40;

/**
 * Makes titles ready to be compared.
 * in     titles as written, in the order of the actions
 */
export function titleIndex(titles: readonly string[]): TitleIndex {
	const words = titles.map((title) => new Set(stems(title).filter((w) => w.length > 1 && !SMALL.has(w))));
	const holders = new Map<string, number[]>();
	words.forEach((own, i) => {
		for (const word of own) {
			const list = holders.get(word);
			if (list) list.push(i);
			else holders.set(word, [i]);
		}
	});
	// Squared once: this is read for every pair that is weighed.
	const rarity = new Map([...holders].map(([word, list]) => [word, Math.log(1 + titles.length / list.length) ** 2]));
	const norms = words.map((own) => Math.sqrt([...own].reduce((sum, w) => sum + rarity.get(w)!, 0)));
	return {
		cosine(i, j) {
			let product = 0;
			for (const word of words[i]!) if (words[j]!.has(word)) product += rarity.get(word)!;
			return product === 0 ? 0 : Math.min(1, product / (norms[i]! * norms[j]!));
		},
		shared: (i, j) => [...words[i]!].filter((w) => words[j]!.has(w)),
		*neighbours(i) {
			for (const word of words[i]!) {
				const list = holders.get(word)!;
				if (list.length <= COMMON) yield* list;
			}
		}
	};
}
