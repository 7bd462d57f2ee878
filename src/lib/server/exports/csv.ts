import { guardFormula } from '../../domain/formula-guard';

/* CSV as French spreadsheets open it: UTF-8 with its mark, semicolons, decimal commas, nothing that runs. */

export type CsvCell = string | number | null;

const cell = (value: CsvCell): string => {
	if (value === null) return '';
	if (typeof value === 'number') return String(value).replace('.', ',');
	const text = guardFormula(value);
	// Quoted as soon as any spreadsheet, with any separator, could cut it in two and run what follows.
	return /[";,|\n\r\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Rows of cells; the first row is the header. */
export const writeCsv = (rows: readonly (readonly CsvCell[])[]): string =>
	`\ufeff${rows.map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`;
