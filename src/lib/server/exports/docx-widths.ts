/* How wide the columns of a table of a Word document are, so that it is as short as it can be. */

export interface WrittenColumn {
	readonly titre: string;
	/** Left for a person to write in. */
	readonly aRemplir: boolean;
	/** One text a line. */
	readonly textes: readonly string[];
}

/** Width of a character of a table, margins of a cell, in twentieths of a point: measured on Calibri 9, a little generous. */
const CHARACTER = 112;
const MARGINS = 200;
/** The same for a short word, which must not be cut: a few wide letters fill it, or the font that stands for Calibri. */
const WIDE = 128;
const SHORT = 8;
/** What a line loses where it is cut between two words. */
const LOST = 2 * CHARACTER;
/** No longer word is kept whole. */
const LONGEST = 22;
/** Characters that a person writes in a column left to be filled in. */
const TO_WRITE = 26;
/** Width given at a time. */
const STEP = 120;

/**
 * No word is cut; what is left goes, little by little, to the column that makes the table tallest.
 * in     `page`: width of the table, in twentieths of a point
 * out    one width a column, their sum at most `page`
 */
export function columnWidths(columns: readonly WrittenColumn[], page: number): number[] {
	const lengths = columns.map((c) => c.textes.map((t) => (c.aRemplir ? TO_WRITE : t.length)));
	const least = columns.map((c) => {
		const words = [c.titre, ...c.textes].flatMap((t) => t.split(/[ \n]/).map((w) => w.length));
		const longest = Math.min(LONGEST, Math.max(c.aRemplir ? 13 : 4, ...words));
		return longest * (longest > SHORT ? CHARACTER : WIDE) + MARGINS;
	});
	const all = least.reduce((sum, n) => sum + n, 0);
	const widths = least.map((n) => Math.floor(n * Math.min(1, page / all)));
	for (let spare = page - all; spare >= STEP; spare -= STEP) widths[tallest(lengths, widths)]! += STEP;
	return widths;
}

/** The column whose texts, at these widths, make most of the height of the lines; a very tall line weighs more than several low ones. */
function tallest(lengths: readonly (readonly number[])[], widths: readonly number[]): number {
	const burden = widths.map(() => 0);
	for (const r of lengths[0]?.keys() ?? []) {
		// Not whole lines: a text about to leave one is held as tall as it is.
		const tall = lengths.map(
			(column, i) => (column[r]! * CHARACTER) / Math.max(CHARACTER, widths[i]! - MARGINS - LOST)
		);
		const at = tall.indexOf(Math.max(...tall));
		// A table that already holds on single lines is spread by the lengths of its texts.
		burden[at]! += Math.max(0, tall[at]! - 1) ** 2 + tall[at]! / 1000;
	}
	return burden.indexOf(Math.max(...burden));
}
