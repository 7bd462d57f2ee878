import type { Matrix } from './matrix';

/* Two quartiers of one town often have the same answers, from the same actions: told, or one reads twice what is said once. */

export interface AlikeQuartier {
	readonly code: string;
	/** Crossings answered otherwise there, or by other actions, in their order. */
	readonly differents: readonly string[];
}

/**
 * The other quartiers, from the most alike to the least.
 * in     crossings × quartiers; the column of the one read
 * out    none of those whose every answer waits for an entry, nor when the one read is such
 */
export function alikeQuartiers({ rows, columns, cells }: Matrix, at: number): AlikeQuartier[] {
	const assessed = (column: number) => cells.some((row) => row[column]!.coverage !== 'saisie-incomplete');
	if (!assessed(at)) return [];
	return columns.keys
		.flatMap(({ code }, column) => {
			if (column === at || !assessed(column)) return [];
			const differents = rows.keys.filter((_, i) => !sameAnswer(cells[i]![at]!, cells[i]![column]!)).map((x) => x.code);
			return [{ code, differents }];
		})
		.sort((a, b) => a.differents.length - b.differents.length);
}

type Answer = Pick<Matrix['cells'][number][number], 'coverage' | 'actions'>;

/** The same degree, by the same actions. */
const sameAnswer = (a: Answer, b: Answer): boolean =>
	a.coverage === b.coverage && a.actions.length === b.actions.length && a.actions.every((id) => b.actions.includes(id));
