import { remember } from './remember';

/* French words as files write them: with or without accents, capitals, ligatures, typographic apostrophes. */

const LIGATURES: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o' };

/**
 * Lower case, no accent, no ligature; anything that is neither letter nor digit becomes a space.
 * out    same words in the same order; « l’École » → "l ecole"; spaces may repeat (see `plain`)
 * never  throws; '' stays ''
 */
export function fold(text: string): string {
	const lower = text.toLowerCase();
	// Outside the first plane a letter takes two signs: those texts are rare, and folded whole.
	return /[\ud800-\udfff]/.test(lower) ? foldWhole(lower) : lower.replace(/[^a-z0-9 ]/g, foldSign);
}

const foldWhole = (lower: string): string =>
	lower
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/[œæßø]/g, (letter) => LIGATURES[letter] ?? letter)
		.replace(/[^\p{L}\p{N}]/gu, ' ');

/** A few hundred signs make every French text. */
const foldSign = remember(foldWhole);

/** Folded text with single spaces and none at the ends: what headers and names are compared by. */
export const plain: (text: string) => string = remember((text) => fold(text).replace(/  +/g, ' ').trim(), {
	texts: 4_000
});

/**
 * Number of letters to add, remove, change or swap with their neighbour to go from a to b (optimal string alignment).
 * in     compared as they are: fold both first to ignore accents and case
 */
export function distance(a: string, b: string): number {
	if (a === b) return 0;
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
				best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
			row.push(best);
		}
		beforeLast = last;
		last = row;
	}
	return last[b.length] ?? 0;
}

/** Likeness of two texts once folded: 1 when they read the same, 0 when every letter differs; 0 when one is empty. */
export function similarity(a: string, b: string): number {
	const left = plain(a);
	const right = plain(b);
	if (left === '' || right === '') return 0;
	return 1 - distance(left, right) / Math.max(left.length, right.length);
}
