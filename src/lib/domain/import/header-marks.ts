import type { Champ } from '../action';
import { cellText, type CellValue } from './cell';
import { plain } from '../text';

/* Columns to be ticked: one per quartier, per commune or per year, with a cross, a « oui » or an amount in the cell. */

/** What names of places a header may be; the reader of the plan knows the quartiers and the communes. */
export interface HeaderPlaces {
	readonly quartier: (header: string) => boolean;
	readonly commune: (header: string) => boolean;
	/** A cell that names a quartier or a commune, or means every quartier; absent when places are not known. */
	readonly lieu?: (cell: string) => boolean;
}

export interface Marked {
	readonly champ: Champ;
	/** What a mark means. */
	readonly marque: string;
}

const TICK = /^(?:x+|×|✓|✔|✅|●|•|■|▪|◆|★|\*|oui|o|vrai|true|yes|ok|concerné)$/i;
const NO_TICK = /^(?:non|n|no|faux|false|0|[-–—/.]+|)$/i;
const AMOUNT = /^[\d\s.,]+(?:k€|m€|€|euros?|%|ha|logements?|lgts?)?$/i;
const YEAR = /^(?:(?:annee|exercice|an) )?((?:19[89]|20\d)\d)$/;
const QPV_CODE = /\bQ[NP]\d{3}\w{3}\b/i;
const MONEY = /\b(?:budgets?|couts?|depenses?|montants?|credits?|investissements?|previsionnel|euros?|k|ke|me)\b/;

/** A cross, a « oui », a figure other than zero; null and « non » are no tick. */
export function isTicked(cell: CellValue): boolean {
	if (typeof cell === 'number') return cell !== 0;
	const text = cellText(cell);
	return !NO_TICK.test(text) && (TICK.test(text) || (AMOUNT.test(text) && /[1-9]/.test(text)));
}

const isCross = (cell: CellValue): boolean =>
	cell === 1 || cell === true || TICK.test(cellText(cell)) || cellText(cell) === '1';
const isMark = (cell: CellValue): boolean => NO_TICK.test(cellText(cell)) || isTicked(cell);

/** A figure in a ticked column, beyond the tick itself: it is worth keeping. */
export const figureOf = (cell: CellValue): string | null => (isTicked(cell) && !isCross(cell) ? cellText(cell) : null);

/**
 * What a column is for when its header is no field but a place or a year, and its cells are ticks.
 * out    null when the cells are words, or when the header names nothing known
 */
export function markedColumn(header: string, cells: readonly CellValue[], places: HeaderPlaces): Marked | null {
	const filled = cells.filter((cell) => cellText(cell) !== '');
	const marks = filled.filter(isMark).length;
	if (marks < 0.8 * filled.length) return null;
	const year = YEAR.exec(plain(header))?.[1];
	// Figures under a year may be money, dwellings, tonnes: only crosses are a calendar.
	if (year !== undefined)
		return filled.some(isCross) && filled.every((cell) => isCross(cell) || NO_TICK.test(cellText(cell)))
			? { champ: 'annee', marque: year }
			: null;
	if (QPV_CODE.test(header)) return { champ: 'qpv', marque: QPV_CODE.exec(header)![0].toUpperCase() };
	if (places.commune(header)) return { champ: 'communes', marque: header };
	return places.quartier(header) ? { champ: 'qpv', marque: header } : null;
}

/** Amounts of one year, under « Budget » or « Coût prévisionnel ». */
export const isYearOfMoney = (header: string, over: string): boolean =>
	YEAR.test(plain(header)) && MONEY.test(plain(over));

/** Euros in one unit of a column: « Budget (k€) » → 1000; null when no unit is written. */
export function unitIn(header: string): number | null {
	if (/(?<![\p{L}\d])k\s?(?:€|euros?\b|eur\b)|\bmilliers?\s+(?:d['’]\s?)?(?:€|euros?)/iu.test(header)) return 1_000;
	if (/(?<![\p{L}\d])m\s?(?:€|euros?\b|eur\b)|\bmillions?\s+(?:d['’]\s?)?(?:€|euros?)/iu.test(header)) return 1_000_000;
	return null;
}
