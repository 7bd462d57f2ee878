/** Dates are already `YYYY-MM-DD` text, booleans stay booleans, blank is null (never '' and never 0). */
export type CellValue = string | number | boolean | null;

/** Marks that no one sees: soft hyphens, zero-width spaces, directions of writing, byte order. */
const UNSEEN = /[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Text without the marks that no one sees; line breaks are kept. */
export const visible = (text: string): string => text.replace(UNSEEN, '');

/** Nearly every cell is already on one line: a look is cheaper than a copy. */
const UNEVEN = /[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\s\s|[^\S ]/;

/** Ordinary spaces only, one at a time, none at the ends: what a reader of the cell sees on one line. */
export const oneLine = (text: string): string => (UNEVEN.test(text) ? visible(text).replace(/\s+/g, ' ') : text).trim();

/** A cell as text on one line; '' for a blank. */
export const cellText = (cell: CellValue): string =>
	cell === null ? '' : typeof cell === 'boolean' ? (cell ? 'oui' : 'non') : oneLine(String(cell));
