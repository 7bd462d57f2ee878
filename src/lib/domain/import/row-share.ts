import { cellText } from './cell';
import { number } from '../french';
import { cellsOf, textOf } from './row-values';
import type { CellValue, MappedColumn, Table } from './sheet';
import { plain } from '../text';

/* A share written as a number: a spreadsheet that shows « 25 % » keeps 0,25. */

const figure = (cell: CellValue): number | null => {
	const text = cellText(cell);
	return /^\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : null;
};

const saysShare = (header: string): boolean =>
	header.includes('%') || /\b(?:parts?|taux|pourcentages?)\b/.test(plain(header));

/** Whether the numbers of a column are shares of 1: its header says a share, and none is beyond 1. */
export function holdsFractions(header: string, cells: readonly CellValue[]): boolean {
	const figures = cells.flatMap((cell) => figure(cell) ?? []);
	return saysShare(header) && figures.length > 0 && figures.every((value) => value <= 1);
}

/** What a row says of its share, joined; a number under « Part » or « % » is written with its sign. */
export function shareText(cells: readonly CellValue[], table: Table): string | null {
	const texts = cellsOf(cells, table, 'atteinte_qpv').flatMap(({ cell, colonne }) => asShare(cell, colonne) ?? []);
	return texts.length > 0 ? [...new Set(texts)].join(', ') : null;
}

function asShare(cell: CellValue, { entete, fractions }: MappedColumn): string | null {
	const value = figure(cell);
	if (value !== null && fractions && value <= 1) return `${number(value * 100)}\u00a0%`;
	// « 1 » beside « 25 » is one percent; less than 1 could be either.
	if (value !== null && !fractions && value >= 1 && value <= 100 && saysShare(entete)) return `${number(value)}\u00a0%`;
	return textOf(cell);
}
