import { middleOf } from './map-sketch';

/* Numbers of quartiers on a small fixed drawing: each on its quartier, or close to it when another stands there. */

export interface PlacedNumber {
	readonly code: string;
	readonly at: readonly [x: number, y: number];
	/** The middle of its quartier, when the number had to stand aside. */
	readonly of: readonly [x: number, y: number] | null;
}

/** Two digits, in heights of a letter, with what keeps them apart. */
const WIDE = 1.5;
const HIGH = 1.25;
/** Steps tried around, in heights of a letter. */
const FURTHEST = 12;
const AROUND = Array.from({ length: 16 }, (_, i) => (i * Math.PI) / 8);

/** in     outlines of the sketch by code; height of a letter in its units. out    as many numbers, none over another */
export function placeNumbers(
	traces: readonly (readonly [code: string, trace: string])[],
	letter: number
): PlacedNumber[] {
	const taken: (readonly [number, number])[] = [];
	const free = ([x, y]: readonly [number, number]) =>
		taken.every(([tx, ty]) => Math.abs(tx - x) >= WIDE * letter || Math.abs(ty - y) >= HIGH * letter);
	return traces.map(([code, trace]) => {
		const middle = middleOf(trace);
		const tried = Array.from({ length: FURTHEST }, (_, step) =>
			AROUND.map((angle): readonly [number, number] => [
				middle[0] + Math.cos(angle) * (step + 1) * letter,
				middle[1] + Math.sin(angle) * (step + 1) * letter
			])
		).flat();
		const at = free(middle) ? middle : (tried.find(free) ?? middle);
		taken.push(at);
		return { code, at, of: at === middle ? null : middle };
	});
}
