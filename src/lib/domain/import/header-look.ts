import { cellText, type CellValue } from './cell';
import { periodsIn } from './periods';
import { parseMoney } from '../money';
import { sirenOf } from '../siren';

/* What the cells of a column look like, whatever its header says. */

/** Shares of the filled cells, 0 to 1; all 0 when `filled` is 0. */
export interface Look {
	readonly filled: number;
	/** Amounts, numbers: a code of digits is not one. */
	readonly amounts: number;
	readonly dates: number;
	/** Whole numbers from 1990 to 2100. */
	readonly years: number;
	/** SIREN or SIRET, their key right. */
	readonly sirens: number;
	/** Those of intercommunalities and syndicats. */
	readonly groupings: number;
	readonly quartiers: number;
	readonly insee: number;
	readonly percents: number;
	readonly links: number;
	/** E-mail addresses and telephone numbers. */
	readonly contacts: number;
	readonly yesNo: number;
	readonly geometries: number;
	/** Digits, letters and marks, without a word: « A12 », « XX00/0147-D059 ». */
	readonly codes: number;
	/** Cells of words. */
	readonly words: number;
	/** Mean number of characters. */
	readonly length: number;
	/** Different values among the filled cells. */
	readonly distinct: number;
}

const QPV_CODE = /\bQ[NP][0-9A-Z]{6}\b/i;
const LINK = /^(?:https?:\/\/|www\.)\S+$/i;
const CONTACT = /^[^\s@]+@[^\s@]+\.[a-z]{2,}$|^(?:\+33|0)\s?[1-9](?:[\s.-]?\d\d){4}$/i;
const YES_NO = /^(?:oui|non|vrai|faux|true|false|o|n|x|yes|no)$/i;
const GEOMETRY =
	/^\s*(?:\{\s*"?type"?\s*:|(?:SRID=\d+;)?(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s*Z?\s*\(|-?\d{1,2}\.\d{3,}\s*[,;]\s*-?\d{1,3}\.\d{3,}\s*$)/i;
const CODE = /^(?=.*\d)[A-Z]{0,4}[A-Z0-9./_-]{0,30}$/i;
const INSEE = /^(?:\d{5}|2[AB]\d{3})$/i;

/** Dates are long to look for: a few cells are enough. */
const DATED = 12;

const isDated = ({ cell, text }: { readonly cell: CellValue; readonly text: string }): boolean =>
	typeof cell === 'number'
		? cell >= 1990 && cell <= 60_000
		: /^\d{4,5}$/.test(text) || periodsIn(text.slice(0, 200)).periods.length > 0;

export function lookOf(cells: readonly CellValue[]): Look {
	const texts = cells.flatMap((cell) => {
		const text = cellText(cell);
		return text === '' || text === 'NULL' ? [] : [{ cell, text }];
	});
	const filled = texts.length;
	const share = (test: (text: string, cell: CellValue) => boolean): number =>
		filled === 0 ? 0 : texts.filter(({ text, cell }) => test(text, cell)).length / filled;
	const dated = texts.slice(0, DATED);
	const isNumber = (text: string, cell: CellValue): boolean =>
		typeof cell === 'number' || (!isDigitCode(text) && parseMoney(text, 'inconnu').value !== null);
	return {
		filled,
		amounts: share(isNumber),
		dates: dated.length === 0 ? 0 : dated.filter(isDated).length / dated.length,
		years: share((text) => /^(?:199|20\d|2100)\d$/.test(text)),
		sirens: share((text) => sirenOf(text)?.juste === true),
		groupings: share((text) => /^2[04]\d{7}$/.test(text) && sirenOf(text)?.juste === true),
		quartiers: share((text) => QPV_CODE.test(text)),
		insee: share((text, cell) => typeof cell === 'string' && INSEE.test(text)),
		percents: share((text, cell) => /%$/.test(text) || (typeof cell === 'number' && cell > 0 && cell < 1)),
		links: share((text) => LINK.test(text)),
		contacts: share((text) => CONTACT.test(text)),
		yesNo: share((text) => YES_NO.test(text)),
		geometries: share((text) => GEOMETRY.test(text)),
		codes: share((text, cell) => typeof cell === 'string' && CODE.test(text)),
		words: share((text) => /\p{L}{3}/u.test(text) && !YES_NO.test(text)),
		length: filled === 0 ? 0 : texts.reduce((sum, { text }) => sum + text.length, 0) / filled,
		distinct: filled === 0 ? 0 : new Set(texts.map(({ text }) => text)).size / filled
	};
}

/** « 059 », « 12578999 »: digits kept as text because they number something. */
const isDigitCode = (text: string): boolean => /^0\d+$|^\d{8,}$/.test(text);

/** What numbers a place, by the kind of place a bare header names: « 59 », « 062 », « 2A »; « 32 »; « 62498 ». */
const PLACE_NUMBERS: readonly (readonly [RegExp, RegExp])[] = [
	[/^(?:departements?|conseil (?:departemental|general))$/, /^(?:0?(?:\d|[1-8]\d|9[0-5])|2[AB]|97\d|98\d)$/i],
	[/^(?:regions?|conseil regional)$/, /^\d{1,2}$/],
	[/^(?:villes?|communes?)$/, INSEE]
];
/** Amounts are round; numbers of communes seldom are. */
const ROUND = /^\d\d(?:000|500)$/;

/**
 * Whether every cell is the number of a place, under a header that is the name of that kind of place.
 * in     folded header; cells that are filled
 * out    false for a column of round sums of five figures
 */
export function isNumbering(header: string, texts: readonly string[]): boolean {
	const [, number] = PLACE_NUMBERS.find(([name]) => name.test(header)) ?? [];
	return number !== undefined && texts.every((text) => number.test(text)) && !texts.every((text) => ROUND.test(text));
}
