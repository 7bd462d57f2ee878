import type { CubeLinks } from './cube';

/*
 * The sheet a cube is added up on: one for all territories, wiped as its cells are kept. Plain functions over number arrays:
 * closures made anew for each cube would be compiled anew.
 */

/** Cells that hold something, by rank. */
export interface CubeCells {
	readonly rangs: Uint32Array;
	readonly actions: Uint16Array;
	readonly sansMontant: Uint16Array;
	/** Sums of the stated costs, in cents: `BASES` numbers a cell, HT, TTC and unsaid, never added together. */
	readonly cents: Float64Array;
	/** Bases that some cost of the cell is in, a bit each: a sum of zero is not a blank. */
	readonly bases: Uint8Array;
}

/** How many sums a cell has. */
export const BASES = 3;

export interface CubeSheet {
	/** Cells of a line (an enjeu and a plan), and the words of 32 bits that say which of them hold something. */
	readonly perLine: number;
	readonly words: number;
	readonly filled: Int32Array;
	readonly actions: Uint16Array;
	readonly sansMontant: Uint16Array;
	readonly cents: Float64Array;
	readonly bases: Uint8Array;
	readonly kept: CubeCells;
	/** How many cells are kept so far. */
	n: number;
}

/** The sheet of the last cube: made of large blank arrays, that the system takes longer to give than the cube to fill. */
let spare: CubeSheet | null = null;

/**
 * A blank sheet; `keptCells` gives it back once its cells are copied. One that is never given back is forgotten.
 * in     lines at most at once, cells of each, and how many cells at most will hold something over the whole cube
 */
export function takeSheet(lines: number, perLine: number, most: number): CubeSheet {
	const [size, words] = [lines * perLine, Math.ceil(perLine / 32)];
	const held = spare;
	spare = null;
	if (held && held.actions.length >= size && held.filled.length >= lines * words && held.kept.rangs.length >= most)
		return { ...held, perLine, words, n: 0 };
	return {
		...{ perLine, words, filled: new Int32Array(lines * words), n: 0 },
		actions: new Uint16Array(size),
		sansMontant: new Uint16Array(size),
		cents: new Float64Array(size * BASES),
		bases: new Uint8Array(size),
		kept: {
			rangs: new Uint32Array(most),
			actions: new Uint16Array(most),
			sansMontant: new Uint16Array(most),
			cents: new Float64Array(most * BASES),
			bases: new Uint8Array(most)
		}
	};
}

/** Where each key of an axis is: the lines it is away from the start of a row, or its place in a line. */
export interface CubePlaces {
	readonly enjeux: Int32Array;
	readonly plans: Int32Array;
	readonly dispositifs: Int32Array;
}

/** Counts the actions of a territory, whose quartiers start at those lines. */
export function addTo(sheet: CubeSheet, part: CubeLinks, starts: Int32Array, places: CubePlaces): void {
	const { perLine, words, filled, actions, sansMontant, cents, bases } = sheet;
	const { enjeux, plans, dispositifs } = places;
	const { links, cents: costs, bases: costBases } = part;
	for (let at = 0, action = 0; at < links.length; action++) {
		const quartier = at + 2;
		const enjeu = quartier + links[quartier - 1]! + 1;
		const fund = enjeu + links[enjeu - 1]! + 1;
		const end = fund + links[fund - 1]!;
		const plan = plans[links[at]!]!;
		const cost = costs[action]!;
		const stated = !Number.isNaN(cost);
		const base = costBases[action]!;
		for (let q = quartier; q < enjeu - 1; q++)
			for (let e = enjeu; e < fund - 1; e++) {
				const line = starts[links[q]!]! + enjeux[links[e]!]! + plan;
				for (let f = fund; f < end; f++) {
					const place = dispositifs[links[f]!]!;
					const i = line * perLine + place;
					filled[line * words + (place >>> 5)]! |= 1 << place;
					actions[i]!++;
					if (stated) {
						cents[i * BASES + base]! += cost;
						bases[i]! |= 1 << base;
					} else sansMontant[i]!++;
				}
			}
		at = end;
	}
}

/** Keeps the cells of the first lines that hold something, in order, ranked from that one on, and leaves the sheet blank. */
export function keepCells(sheet: CubeSheet, lines: number, from: number): void {
	const { perLine, words, filled, actions, sansMontant, cents, bases, kept } = sheet;
	let n = sheet.n;
	for (let w = 0; w < lines * words; w++) {
		let bits = filled[w]!;
		if (bits === 0) continue;
		filled[w] = 0;
		const first = Math.floor(w / words) * perLine + (w % words) * 32;
		for (; bits !== 0; bits &= bits - 1) {
			// Rank of the lowest bit that is set.
			const i = first + 31 - Math.clz32(bits & -bits);
			kept.rangs[n] = from + i;
			kept.actions[n] = actions[i]!;
			kept.sansMontant[n] = sansMontant[i]!;
			kept.bases[n] = bases[i]!;
			for (let b = 0; b < BASES; b++) {
				kept.cents[n * BASES + b] = cents[i * BASES + b]!;
				cents[i * BASES + b] = 0;
			}
			n++;
			actions[i] = 0;
			sansMontant[i] = 0;
			bases[i] = 0;
		}
	}
	sheet.n = n;
}

/** The cells kept, copied; the sheet, blank again, serves the next cube. */
export function keptCells(sheet: CubeSheet): CubeCells {
	const { n, kept } = sheet;
	spare = sheet;
	return {
		rangs: kept.rangs.slice(0, n),
		actions: kept.actions.slice(0, n),
		sansMontant: kept.sansMontant.slice(0, n),
		cents: kept.cents.slice(0, n * BASES),
		bases: kept.bases.slice(0, n)
	};
}
