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
	/** How much a word weighs: the rarer, the more. */
	readonly weight: (root: string) => number;
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

/** Of a building, « thermique » and « énergétique » say the same. */
const [THERMAL, ENERGY] = [stem('thermique'), stem('énergétique')];

/** « sportif » and « sportives » are one word to a reader, and two roots to the stemmer. */
const oneForm = (root: string): string => (root === THERMAL ? ENERGY : root.replace(/iv$/, 'if'));

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

/** Up to there, how rare a word is depends on the very number of titles that hold it; beyond, on steps of a seventh, that one title more seldom passes. */
const COUNTED = 8;
const STEP = Math.log(8 / 7);

/** How many titles hold a word, as its rarity is weighed: what one edit does not change, nothing weighs again. */
const heldBy = (titles: number): number =>
	titles <= COUNTED ? titles : COUNTED * Math.exp(Math.round(Math.log(titles / COUNTED) / STEP) * STEP);

/** Do so many titles weigh a word otherwise than so many others, or bring other titles beside its own? */
export const weighsOtherwise = (held: number, holds: number): boolean =>
	heldBy(held) !== heldBy(holds) || turned(held, holds);

/** Rarity is weighed in whole units this small: sums are then exact, in whatever order the words come. */
const UNIT = 2 ** 32;

/** An index made earlier, and where each title stood in it (-1: nowhere); not said: each where it is. */
interface Earlier {
	readonly titles: TitleIndex;
	readonly was?: Int32Array | undefined;
}

/**
 * Makes titles ready to be compared.
 * in     titles as written, in the order of the actions; `before`: an index of which a few titles have changed since
 */
export function titleIndex(titles: readonly string[], before?: Earlier): TitleIndex {
	const known = before && parts.get(before.titles);
	const was = before?.was ?? (known?.titles.length === titles.length ? Int32Array.from(titles.keys()) : null);
	const changed = known && was ? changedIn(titles, known.titles, was) : null;
	const few = changed && changed.length <= titles.length / 8 && known!.rank.size <= 2 * known!.first + 100;
	const made = few ? wordsAgain(known!, titles, changed, was!) : wordsOf(titles);
	const index = indexOf(made);
	parts.set(index, made);
	return index;
}

const parts = new WeakMap<TitleIndex, Parts>();

function changedIn(titles: readonly string[], before: readonly string[], was: Int32Array): number[] {
	const changed: number[] = [];
	for (let i = 0; i < titles.length; i++) if (titles[i] !== before[was[i]!]) changed.push(i);
	return changed;
}

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

function wordsAgain(before: Parts, titles: readonly string[], changed: readonly number[], was: Int32Array): Parts {
	const { rank, first } = before;
	const anew = new Set(changed);
	const to = new Int32Array(before.titles.length).fill(-1);
	for (let i = 0; i < was.length; i++) if (!anew.has(i)) to[was[i]!] = i;
	const roots = titles.map((title, i) => (anew.has(i) ? titleRoots(title) : before.roots[was[i]!]!));
	const words = roots.map((own, i) =>
		anew.has(i) ? own.map((word) => numbered(word, rank)).sort((a, b) => a - b) : before.words[was[i]!]!
	);
	const still = to.every((now, old) => now === old || now === -1);
	const left = new Set<number>();
	for (let old = 0; old < to.length; old++) if (to[old] === -1) for (const at of before.words[old]!) left.add(at);
	const holders = before.holders.map((held, at) => {
		if (still && !left.has(at)) return held;
		const moved: number[] = [];
		for (const old of held) if (to[old] !== -1) moved.push(to[old]!);
		return moved;
	});
	for (const i of changed) for (const at of words[i]!) holders[at] = [...(holders[at] ?? []), i].sort((a, b) => a - b);
	return { titles, roots, words, rank, holders, first };
}

function indexOf({ titles, roots, words, rank, holders }: Parts): TitleIndex {
	// Squared once: this is read for every pair that is weighed.
	const bySize: number[] = [0];
	const ofSize = (size: number): number => Math.round(Math.log(1 + titles.length / heldBy(size)) ** 2 * UNIT);
	const rarity = new Float64Array(holders.length);
	for (let w = 0; w < holders.length; w++) rarity[w] = bySize[holders[w]!.length] ??= ofSize(holders[w]!.length);
	// Words of all titles, one title after the other: read for every pair that is weighed.
	const starts = new Int32Array(words.length + 1);
	for (let i = 0; i < words.length; i++) starts[i + 1] = starts[i]! + words[i]!.length;
	const all = new Int32Array(starts[words.length]!);
	const norms = new Float64Array(words.length);
	for (let i = 0, at = 0; i < words.length; i++) {
		let sum = 0;
		for (const w of words[i]!) {
			all[at++] = w;
			sum += rarity[w]!;
		}
		norms[i] = Math.sqrt(sum);
	}
	return {
		// A list made on the way, for two numbers at once, would be most of what an edit has to clear away.
		cosine(i, j) {
			let x = starts[i]!;
			let y = starts[j]!;
			const endX = starts[i + 1]!;
			const endY = starts[j + 1]!;
			let product = 0;
			while (x < endX && y < endY) {
				const w = all[x]!;
				const v = all[y]!;
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
		weight: (root) => rarity[rank.get(root) ?? -1] ?? 0,
		roots: (i) => roots[i]!,
		holders: (root) => holders[rank.get(root) ?? -1] ?? []
	};
}

/** Is a word that so many titles held, and so many now hold, rare where it was common, or the other way? */
const turned = (held: number, holds: number): boolean => held > COMMON !== holds > COMMON;

/**
 * Titles whose neighbours may not be the same, once a few have changed: those, and the holders of a word now rare, or no longer.
 * in     positions of those that went, before, and of those that came, now; `differs`: of how many titles held and hold a word
 */
export function reworded(
	before: TitleIndex,
	now: TitleIndex,
	gone: readonly number[],
	come: readonly number[],
	differs: (held: number, holds: number) => boolean = turned
): number[] {
	const titles = new Set(come);
	const words = new Set<string>();
	for (const i of gone) for (const word of before.roots(i)) words.add(word);
	for (const i of come) for (const word of now.roots(i)) words.add(word);
	for (const word of words) {
		const holders = now.holders(word);
		if (differs(before.holders(word).length, holders.length)) for (const i of holders) titles.add(i);
	}
	return [...titles];
}
