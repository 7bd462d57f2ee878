import { remember } from '../remember';
import { stems } from '../stem';

/* Titles held against each other by their rare words. */

export interface TitleIndex {
	/** Cosine of two titles, words weighed by rarity, 0 to 1. */
	readonly cosine: (i: number, j: number) => number;
	/** Roots both titles hold. */
	readonly shared: (i: number, j: number) => readonly string[];
	/** Titles that share a word rare enough to be worth a look. */
	readonly neighbours: (i: number) => readonly number[];
	readonly roots: (i: number) => readonly string[];
	/** Titles that hold a word. */
	readonly holders: (root: string) => readonly number[];
}

const SMALL = new Set(
	'de du des d la le les l a au aux en et ou par pour sur un une dans avec son sa ses leur leurs qui que vers plus'.split(
		' '
	)
);
/** A word that more titles hold brings no candidate by itself. */
const COMMON = 40;

const rootsOf = remember((title) => [...new Set(stems(title).filter((w) => w.length > 1 && !SMALL.has(w)))], {
	texts: 20_000,
	characters: 400
});

/**
 * Makes titles ready to be compared.
 * in     titles as written, in the order of the actions
 */
export function titleIndex(titles: readonly string[]): TitleIndex {
	const roots = titles.map(rootsOf);
	const rank = new Map<string, number>();
	const holders: number[][] = [];
	// Numbers in order: two titles are held against each other in one walk.
	const words = roots.map((own, i) => {
		const ranks = own.map((word) => {
			const at = rank.get(word) ?? holders.push([]) - 1;
			rank.set(word, at);
			holders[at]!.push(i);
			return at;
		});
		return ranks.sort((a, b) => a - b);
	});
	// Squared once: this is read for every pair that is weighed.
	const rarity = Float64Array.from(holders, (list) => Math.log(1 + titles.length / list.length) ** 2);
	const norms = words.map((own) => Math.sqrt(own.reduce((sum, w) => sum + rarity[w]!, 0)));
	return {
		cosine(i, j) {
			const [own, other] = [words[i]!, words[j]!];
			let product = 0;
			for (let x = 0, y = 0; x < own.length && y < other.length;) {
				const [w, v] = [own[x]!, other[y]!];
				if (w === v) product += rarity[w]!;
				if (w <= v) x++;
				if (v <= w) y++;
			}
			return product === 0 ? 0 : Math.min(1, product / (norms[i]! * norms[j]!));
		},
		shared: (i, j) => roots[i]!.filter((w) => roots[j]!.includes(w)),
		neighbours(i) {
			const found: number[] = [];
			for (const word of words[i]!) if (holders[word]!.length <= COMMON) for (const j of holders[word]!) found.push(j);
			return found;
		},
		roots: (i) => roots[i]!,
		holders: (root) => holders[rank.get(root) ?? -1] ?? []
	};
}

/** Titles whose neighbours may not be the same, once a few have changed: those, and the holders of a word now rare, or no longer. */
export function reworded(before: TitleIndex, now: TitleIndex, changed: readonly number[]): number[] {
	const words = new Set(changed.flatMap((i) => [...before.roots(i), ...now.roots(i)]));
	const isCommon = (index: TitleIndex, word: string) => index.holders(word).length > COMMON;
	const turned = [...words].filter((word) => isCommon(before, word) !== isCommon(now, word));
	return [...new Set([...changed, ...turned.flatMap((word) => now.holders(word))])];
}
