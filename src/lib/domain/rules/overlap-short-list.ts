import type { Pair } from './overlap-pairs';
import { CROWD } from './overlap-features';

/* The best pairs of each action while very many are weighed; everything, as long as each has few. */

/** Pairs remembered per action of a crowd; far fewer are shown. */
const REMEMBERED = 50;

export const inThousandths = (score: number): number => Math.round(score * 1000);

export function shortList(n: number) {
	const crowded = n > CROWD;
	const best = { recoupement: floors(crowded ? n : 0), tension: floors(crowded ? n : 0) };
	const all: Pair[] = [];
	const known = numbersSeen();
	return {
		/** May an overlap of that score be among the best of one of them? */
		admits(i: number, j: number, exact: number): boolean {
			const score = inThousandths(exact);
			return best.recoupement.admits(i, score) || best.recoupement.admits(j, score);
		},
		add(i: number, j: number, exact: number, likeness: number, genre: Pair['genre']): void {
			const score = inThousandths(exact);
			const x = Math.min(i, j);
			const y = Math.max(i, j);
			const floor = crowded && genre !== 'doublon' ? best[genre] : null;
			// Most pairs of a crowd are neither's best: they are not even looked for.
			if (floor && !floor.admits(i, score) && !floor.admits(j, score)) return;
			if (!known.isNew(x * n + y)) return;
			floor?.hold(i, score);
			floor?.hold(j, score);
			all.push({ i: x, j: y, score: score / 1000, likeness, genre });
		},
		pairs: (): Pair[] => all
	};
}

/** Whole numbers from 0 on, told once. Asked of very many: they are in one array, at the first free place from their own on. */
function numbersSeen() {
	let bits = 10;
	let held = new Float64Array(1 << bits);
	let count = 0;
	/** Where it stands, or would. Held one higher: 0 is a free place. */
	const placeOf = (number: number): number => {
		let at = Math.imul(number | 0, 0x9e3779b1) >>> (32 - bits);
		while (held[at] !== 0 && held[at] !== number + 1) at = (at + 1) & (held.length - 1);
		return at;
	};
	return {
		isNew(number: number): boolean {
			const at = placeOf(number);
			if (held[at] !== 0) return false;
			held[at] = number + 1;
			if (++count * 2 < held.length) return true;
			const before = held;
			held = new Float64Array(1 << ++bits);
			for (const one of before) if (one !== 0) held[placeOf(one - 1)] = one;
			return true;
		}
	};
}

/** The best REMEMBERED scores of each action, in thousandths, highest first. */
function floors(n: number) {
	const held = new Int16Array(n * REMEMBERED);
	const counts = new Uint8Array(n);
	const admits = (i: number, score: number): boolean =>
		counts[i]! < REMEMBERED || score > held[(i + 1) * REMEMBERED - 1]!;
	return {
		admits,
		hold(i: number, score: number): void {
			if (!admits(i, score)) return;
			const start = i * REMEMBERED;
			let at = start + Math.min(counts[i]!, REMEMBERED - 1);
			if (counts[i]! < REMEMBERED) counts[i]!++;
			for (; at > start && held[at - 1]! < score; at--) held[at] = held[at - 1]!;
			held[at] = score;
		}
	};
}
