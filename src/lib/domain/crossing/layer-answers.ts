import { isAssessed, type Sides } from './compare';
import { COVERAGES, type Coverage } from './coverage';
import type { Matrix } from './matrix';

/* Two layers side by side, in one glance: how many lines of the matrix have which answer, here and there. */

export interface LayerAnswers {
	/** What is counted: rows, or columns when the rows of the two layers are not the same ones. */
	readonly axe: 'rows' | 'columns';
	/** Best answer of a line, how many lines have it here, and there; those that neither has are left out. */
	readonly reponses: readonly (readonly [answer: Coverage, ici: number, la: number])[];
}

/**
 * Counts the lines of two layers by their best assessed answer.
 * in     `sides`: how the keys of each axis are set against each other (`sidesOf`)
 * out    null when neither axis has the same keys in both. A line without any assessed cell is « saisie incomplète », never a
 *        zero; a line that only one layer has is not counted: the two sums are equal
 */
export function answersBeside(a: Matrix, b: Matrix, sides: Sides): LayerAnswers | null {
	const axe = (['rows', 'columns'] as const).find((axis) => sides[axis] === 'meme');
	if (!axe) return null;
	const there = new Map(b[axe].keys.map((key, i) => [key.code, bestOf(b, axe, i)]));
	const pairs = a[axe].keys.flatMap((key, i) => {
		const la = there.get(key.code);
		return la === undefined ? [] : [[bestOf(a, axe, i), la] as const];
	});
	const reponses = COVERAGES.map((answer) => {
		const [ici, la] = [0, 1].map((side) => pairs.filter((pair) => pair[side] === answer).length);
		return [answer, ici!, la!] as const;
	}).filter(([, ici, la]) => ici + la > 0);
	return { axe, reponses };
}

/** Best assessed answer of a line; « saisie incomplète » when none of its cells is assessed. */
export function bestOf(matrix: Matrix, axe: LayerAnswers['axe'], at: number): Coverage {
	const cells = axe === 'rows' ? matrix.cells[at]! : matrix.cells.map((row) => row[at]!);
	const known = cells.filter(isAssessed).map((cell) => COVERAGES.indexOf(cell.coverage));
	return known.length ? COVERAGES[Math.min(...known)]! : 'saisie-incomplete';
}
