import { periodsIn, type Moments } from './periods';
import { cellsOf, splitCell, textOf } from './row-values';
import type { IsoDate } from '../source';
import type { CellValue, MappedColumn, Table } from './sheet';
import { plain } from '../text';

/* Steps of an action, and when each is due. */

/** Steps hold commas in their own names. */
const BUT_COMMA = /[;|\n•]/;
/** « Étapes », « Jalons », « Phasage »: a month alone is a step there; under « Calendrier » or « Quand » it is when the action takes place. */
const STEPS = /\b(?:etapes?|jalons?|phasage|phases?)\b/;
/** « Étapes et calendrier » says both: a month alone is then read as in a calendar. */
const CALENDAR = /\b(?:calendrier|planning|echeancier|periode)\b/;

/**
 * Days a step writes, each the last of what it writes: « juin 2028 » is due on the 30th.
 * out    in the order of the text; a season ends with its last whole month, as under « Fin »: « été 2027 » on 30 September
 * never  takes a bare year for a date when something more precise is written: « juin 2028, FEDER 2021-2027 »
 */
export function stepDates(text: string): IsoDate[] {
	const { periods } = periodsIn(text);
	// A year before 2000 dates no step of a plan: it counts dwellings, or names a law.
	const known = periods.filter(({ last }) => last >= '2000');
	const precise = known.filter(({ precision }) => precision !== 'annee');
	return (precise.length > 0 ? precise : known).map(({ last }) => last);
}

/** Steps written in a row; what only says when the whole action takes place is none. */
export function readSteps(cells: readonly CellValue[], table: Table): string[] {
	const steps = cellsOf(cells, table, 'etapes').flatMap(({ colonne, cell }) => {
		const pieces = splitCell(textOf(cell), colonne.separateur, BUT_COMMA);
		return pieces.filter((piece) => saysWords(piece) || (!isCalendar(colonne) && isMoment(piece)));
	});
	return [...new Set(steps)];
}

/** The cell that says when the action takes place: a calendar, or steps that only give a period. */
export function calendarIn(cells: readonly CellValue[], table: Table): CellValue {
	const filled = cellsOf(cells, table, 'etapes').filter((f) => textOf(f.cell) !== null);
	const found =
		filled.find((f) => isCalendar(f.colonne)) ??
		filled.find((f) => !saysWords(textOf(f.cell)!) && isSpan(textOf(f.cell)!));
	return found?.cell ?? null;
}

const isCalendar = ({ entete }: MappedColumn): boolean => !STEPS.test(plain(entete)) || CALENDAR.test(plain(entete));

/** Something is done, beyond a date and the words around dates. */
export const saysWords = (text: string): boolean =>
	/[a-z]{3}/.test(
		periodsIn(text).rest.replace(
			/\b(?:janv\w*|fevr?\w*|mars|avr\w*|mai|juin|juil\w*|aout|sept\w*|oct\w*|nov\w*|dec\w*|trimestre|semestre|debut|fin|partir|depuis|jusqu|annees?|entre|puis|impossible)\b/g,
			' '
		)
	);

/** « mars 2027 », « mars 2027, sept. 2027 »; « 2025-2028 » is a period. */
const isMoment = (text: string): boolean => stepDates(text).length > 0 && !isSpan(text);

function isSpan(text: string): boolean {
	const { periods, link }: Moments = periodsIn(text);
	const [first] = periods;
	if (periods.length === 1) return !!first?.debut && !!first.fin && first.debut.slice(0, 4) < first.fin.slice(0, 4);
	// A comma or « et » between two months makes two steps.
	return link !== null && !/^[\s,;]*(?:et)?[\s,;]*$/i.test(link);
}
