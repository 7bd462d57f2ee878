import { remember } from '../remember';
import { stem, stems } from '../stem';

/* Titles held against each other by their rare words. */

export interface TitleIndex {
	/** Cosine of two titles, words weighed by rarity, 0 to 1. */
	readonly cosine: (i: number, j: number) => number;
	/** Roots both titles hold. */
	readonly shared: (i: number, j: number) => readonly string[];
	/** Titles that share a word rare enough to be worth a look, once for each such word; those that come after one of them, when it is said. */
	readonly neighbours: (i: number, meet: (j: number) => void, after?: number) => void;
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

/** « sportif » and « sportives » are one word to a reader, and two roots to the stemmer. */
const oneForm = (root: string): string => root.replace(/iv$/, 'if');

/** Root of one word, as titles are compared by. */
export const titleRoot = (word: string): string => oneForm(stem(word));

/** Roots of a title, each once: what small words say is left out. */
export const titleRoots = remember(
	(title) => [
		...new Set(
			stems(title)
				.map(oneForm)
				.filter((w) => w.length > 1 && !SMALL.has(w))
		)
	],
	{ texts: 20_000, characters: 400 }
);

/** Words by their number, and by title: what an index is made of, and made again from. */
interface Parts {
	readonly titles: readonly string[];
	readonly roots: readonly (readonly string[])[];
	/** Numbers of the words of each title, in order: two titles are held against each other in one walk. */
	readonly words: readonly (readonly number[])[];
	/** Only added to. */
	readonly rank: Map<string, number>;
	readonly holders: readonly (readonly number[])[];
	/** Words that were numbered when all titles were read. */
	readonly first: number;
}

/** Rarity is weighed in whole units this small: sums are then exact, in whatever order the words come. */
const UNIT = 2 ** 32;

/**
 * Makes titles ready to be compared.
 * in     titles as written, in the order of the actions; `before`: an index of which a few titles have changed since
 */
export function titleIndex(titles: readonly string[], before?: TitleIndex): TitleIndex {
	const known = before && parts.get(before);
	const changed =
		known?.titles.length === titles.length ? titles.flatMap((t, i) => (t === known.titles[i] ? [] : [i])) : null;
	const few = changed && changed.length <= titles.length / 8 && known!.rank.size <= 2 * known!.first + 100;
	const made = few ? wordsAgain(known!, titles, changed) : wordsOf(titles);
	const index = indexOf(made);
	parts.set(index, made);
	return index;
}

const parts = new WeakMap<TitleIndex, Parts>();

function wordsOf(titles: readonly string[]): Parts {
	const rank = new Map<string, number>();
	const holders: number[][] = [];
	const roots = titles.map(titleRoots);
	const words = roots.map((own, i) => {
		const numbers = own.map((word) => numbered(word, rank));
		for (const at of numbers) (holders[at] ??= []).push(i);
		return numbers.sort((a, b) => a - b);
	});
	return { titles, roots, words, rank, holders, first: rank.size };
}

function numbered(word: string, rank: Map<string, number>): number {
	const known = rank.get(word);
	if (known !== undefined) return known;
	rank.set(word, rank.size);
	return rank.size - 1;
}

function wordsAgain(before: Parts, titles: readonly string[], changed: readonly number[]): Parts {
	const { rank, first } = before;
	const [roots, words, holders] = [[...before.roots], [...before.words], [...before.holders]];
	for (const i of changed) {
		for (const at of words[i]!) holders[at] = holders[at]!.filter((held) => held !== i);
		roots[i] = titleRoots(titles[i]!);
		words[i] = roots[i]!.map((word) => numbered(word, rank)).sort((a, b) => a - b);
		for (const at of words[i]!) holders[at] = [...(holders[at] ?? []), i].sort((a, b) => a - b);
	}
	return { titles, roots, words, rank, holders, first };
}

function indexOf({ titles, roots, words, rank, holders }: Parts): TitleIndex {
	// Squared once: this is read for every pair that is weighed.
	const rarity = Float64Array.from(holders, (list) =>
		list === undefined || list.length === 0 ? 0 : Math.round(Math.log(1 + titles.length / list.length) ** 2 * UNIT)
	);
	const norms = Float64Array.from(words, (own) => {
		let sum = 0;
		for (const w of own) sum += rarity[w]!;
		return Math.sqrt(sum);
	});
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
		neighbours(i, meet, after = -1) {
			for (const word of words[i]!)
				if (holders[word]!.length <= COMMON) for (const j of holders[word]!) if (j > after) meet(j);
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
