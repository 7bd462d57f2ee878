import type { CellMark, ListLine } from '../../domain/import/cell-marks';

/* What is to be written in a workbook given back, whatever its format. */

export interface Marking {
	/** By name of sheet. */
	readonly marks: ReadonlyMap<string, readonly CellMark[]>;
	readonly head: readonly string[];
	readonly lines: readonly ListLine[];
	/** Sheet of an earlier list of ours, to be written over. */
	readonly oldList: string | null;
}

/** Comments beyond that many make a workbook that no one can open; the cells are still coloured and listed. */
export const MAX_COMMENTS = 5_000;
