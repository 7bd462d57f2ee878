/** Dates are already `YYYY-MM-DD` text, booleans stay booleans, blank is null (never '' and never 0). */
export type CellValue = string | number | boolean | null;

/** Ordinary spaces only, one at a time, none at the ends: what a reader of the cell sees on one line. */
export const oneLine = (text: string): string =>
	text
		.replace(/[\u200b-\u200d\ufeff]/g, '')
		.replace(/\s+/g, ' ')
		.trim();

/** A cell as text on one line; '' for a blank. */
export const cellText = (cell: CellValue): string =>
	cell === null ? '' : typeof cell === 'boolean' ? (cell ? 'oui' : 'non') : oneLine(String(cell));
