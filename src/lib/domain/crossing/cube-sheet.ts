/* The sheet a cube is added up on: one for all territories, wiped as its cells are kept. */

/** Cells that hold something, by rank. */
export interface CubeCells {
	readonly rangs: Uint32Array;
	readonly actions: Uint16Array;
	readonly sansMontant: Uint16Array;
	/** Sum of the stated costs, in cents. */
	readonly cents: Float64Array;
}

/**
 * in     `rows` quartiers at most at once, of `perRow` cells, in lines of `perLine` (an enjeu and a plan); `most` cells at most
 *        will hold something
 * out    `add` counts an action of that cost (NaN: not stated) in a cell of the line that starts there; `keep` takes the cells
 *        of the first rows that hold something, in order, from that rank on, and leaves the sheet blank
 */
export function sheetOf(rows: number, perRow: number, perLine: number, most: number) {
	const size = rows * perRow;
	const [actions, sansMontant, cents] = [new Uint16Array(size), new Uint16Array(size), new Float64Array(size)];
	/** Lines that something fell in: the others are not even looked at. */
	const touched = new Uint8Array(size / perLine);
	const out = {
		rangs: new Uint32Array(most),
		actions: new Uint16Array(most),
		sansMontant: new Uint16Array(most),
		cents: new Float64Array(most)
	};
	let n = 0;
	return {
		add(line: number, at: number, cost: number): void {
			const i = line + at;
			touched[line / perLine] = 1;
			actions[i]!++;
			if (Number.isNaN(cost)) sansMontant[i]!++;
			else cents[i]! += cost;
		},
		keep(count: number, from: number): void {
			const lines = (count * perRow) / perLine;
			for (let line = 0; line < lines; line++) {
				if (touched[line] === 0) continue;
				touched[line] = 0;
				for (let i = line * perLine; i < (line + 1) * perLine; i++) {
					if (actions[i] === 0) continue;
					out.rangs[n] = from + i;
					out.actions[n] = actions[i]!;
					out.sansMontant[n] = sansMontant[i]!;
					out.cents[n++] = cents[i]!;
					actions[i] = sansMontant[i] = cents[i] = 0;
				}
			}
		},
		kept: (): CubeCells => ({
			rangs: out.rangs.subarray(0, n),
			actions: out.actions.subarray(0, n),
			sansMontant: out.sansMontant.subarray(0, n),
			cents: out.cents.subarray(0, n)
		})
	};
}
