import { cellText, type CellValue } from './cell';
import { date as written, list, quoted } from '../french';
import type { ActionDates } from '../action';
import { anomaly, type Issue, type Parsed } from '../issue';
import { fromSerial, isSerial, isYear, periodsIn, type Period } from './periods';
import type { IsoDate } from '../source';

const EXPECTED = 'une date (JJ/MM/AAAA), un mois ou une année';
/** Signs people put in a cell to leave it blank. */
const BLANK = /^[-–—_/.\s]*$/;

interface Reading {
	readonly debut: IsoDate | null;
	readonly fin: IsoDate | null;
	/** What was written, when it is vaguer than a date. */
	readonly texte: string | null;
	/** Words were left over, or several moments were folded into one period. */
	readonly vague: boolean;
	readonly single: boolean;
}

/**
 * Reads the one date of a « début » or « fin » column.
 * in     a cell; a number is a year (1990–2100) or an Excel serial (32874–60000)
 * out    a year or a month becomes its first day for 'debut', its last for 'fin'
 * empty  a blank cell or a lone dash → null without issue; words without a date → null and 'date-illisible'
 */
export function parseDate(cell: CellValue, role: 'debut' | 'fin'): Parsed<IsoDate> {
	const reading = read(cell);
	if (reading === 'vide') return { value: null, issues: [] };
	if (reading === null) return { value: null, issues: [unread(cell)] };
	const day =
		role === 'debut' ? (reading.debut ?? reading.fin) : (reading.fin ?? (reading.single ? reading.debut : null));
	const kept = { debut: null, fin: null, [role]: day };
	return { value: day, issues: reading.vague ? [vague(cell, reading, kept)] : [] };
}

/**
 * Reads when an action takes place, from its « début », « fin » and « calendrier » cells.
 * in     cells as they are; columns that do not exist are null; last days of the steps kept from the calendar's cell
 * out    début and fin columns win, the calendar fills what they leave; `texte` keeps what is vaguer than a date
 * empty  three blanks → null; a calendar without any date keeps its words in `texte`
 * never  throws; a début after a fin is kept and flagged
 */
export function parseDates(
	debut: CellValue,
	fin: CellValue,
	calendrier: CellValue,
	etapes: readonly IsoDate[] = []
): Parsed<ActionDates> {
	const from = read(debut);
	const to = read(fin);
	const calendar = read(calendrier);
	if (from === 'vide' && to === 'vide' && calendar === 'vide') return { value: null, issues: [] };

	const first = known(from);
	const last = known(to);
	const plan = known(calendar);
	// A début cell that holds a whole period, « 2024-2026 », says the end too.
	const start = first?.debut ?? (first?.fin ? first.fin : null) ?? plan?.debut ?? null;
	const end =
		last?.fin ??
		(last?.single ? last.debut : null) ??
		(first && !first.single && to === 'vide' ? first.fin : null) ??
		plan?.fin ??
		null;
	const issues: Issue[] = [];
	// Of each cell, what was taken from it: « 2024-2026 » under « début » also gives the end, when no other cell does.
	const kept = {
		debut: { debut: start, fin: first && !first.single && to === 'vide' ? end : null },
		fin: { debut: null, fin: end },
		calendrier: {
			debut: first?.debut || first?.fin ? null : start,
			fin: end !== null && end === plan?.fin && !last?.fin ? end : null
		}
	};
	if (from === null) issues.push(unread(debut));
	else if (first?.vague) issues.push(vague(debut, first, kept.debut));
	if (to === null) issues.push(unread(fin));
	else if (last?.vague) issues.push(vague(fin, last, kept.fin));
	if (calendar === null || plan?.vague) issues.push(vague(calendrier, plan, kept.calendrier, etapes));
	const columns = [textOf(debut, from), textOf(fin, to)].filter((t) => t !== null);
	const words = textOf(calendrier, calendar);
	const texte = [columns.join(' – '), words].filter(Boolean).join(' · ') || null;
	if (start !== null && end !== null && start > end) issues.push(reversed(start, end));
	return { value: { debut: start, fin: end, texte }, issues };
}

const known = (reading: Reading | 'vide' | null): Reading | null => (reading === 'vide' ? null : reading);

/** 'vide' for a blank, null for words without any date. */
function read(cell: CellValue): Reading | 'vide' | null {
	if (cell === null) return 'vide';
	const text = cellText(cell);
	if (BLANK.test(text)) return 'vide';
	if (typeof cell === 'boolean') return null;
	const number = typeof cell === 'number' ? cell : /^\d{4,5}(?:[.,]0+)?$/.test(text) ? parseFloat(text) : null;
	if (number !== null) {
		if (isYear(number)) return whole(`${number}-01-01`, `${number}-12-31`, String(number));
		if (!isSerial(number)) return null;
		const day = fromSerial(number);
		return { debut: day, fin: null, texte: null, vague: false, single: true };
	}
	return fold(text, periodsIn(text));
}

const whole = (debut: IsoDate, fin: IsoDate, texte: string): Reading => ({
	debut,
	fin,
	texte,
	vague: false,
	single: true
});

/** Several moments in one cell make one period, from the earliest to the latest. */
function fold(text: string, { periods, rest, ranged }: ReturnType<typeof periodsIn>): Reading | null {
	if (periods.length === 0) return null;
	const debuts = periods.flatMap((p) => (p.debut === null ? [] : [p.debut])).sort();
	const fins = periods.flatMap((p) => (p.fin === null ? [] : [p.fin])).sort();
	const exact = periods.length === 1 && periods[0]!.precision === 'jour' && rest === '';
	const onlyDay = periods.length === 1 && periods[0]!.precision === 'jour' && periods[0]!.bound === null;
	return {
		debut: debuts[0] ?? null,
		fin: onlyDay ? null : (fins.at(-1) ?? null),
		texte: exact || (ranged && rest === '' && periods.every(isDay)) ? null : text,
		vague: rest !== '' || (periods.length > 1 && !ranged) || periods.some((p) => p.approximate),
		single: periods.length === 1
	};
}

const isDay = (period: Period): boolean => period.precision === 'jour';

const textOf = (cell: CellValue, reading: Reading | 'vide' | null): string | null =>
	reading === 'vide' ? null : reading === null ? cellText(cell) : reading.texte;

const unread = (cell: CellValue): Issue =>
	anomaly('date-illisible', 'a-verifier', `Aucune date ne peut être lue dans ${quoted(cellText(cell))}.`, {
		found: cellText(cell),
		expected: EXPECTED,
		hint: 'Écrivez une date, un mois ou une année, ou laissez la cellule vide.'
	});

type Kept = Readonly<Record<'debut' | 'fin', IsoDate | null>>;

/** « la période retenue, du 01/01/2026 au 31/12/2027, est à confirmer »; steps keep their own days, whatever the period. */
function keptWords({ debut, fin }: Kept, etapes: readonly IsoDate[]): string {
	if (debut !== null && fin !== null)
		return `la période retenue, du ${written(debut)} au ${written(fin)}, est à confirmer`;
	if (debut !== null) return `le début retenu, le ${written(debut)}, est à confirmer`;
	if (fin !== null) return `la fin retenue, le ${written(fin)}, est à confirmer`;
	if (etapes.length === 0) return 'aucune date n’en est retenue';
	const days = list([...new Set(etapes)].sort().map((day) => `le ${written(day)}`));
	return `la période de l’action n’en est pas tirée, mais ses étapes gardent leur date, au plus tard ${days}`;
}

function vague(cell: CellValue, reading: Reading | null, kept: Kept, etapes: readonly IsoDate[] = []): Issue {
	const text = cellText(cell);
	const message =
		reading === null
			? `Le calendrier ${quoted(text)} ne donne pas de date\u00a0: il est gardé tel quel.`
			: `${quoted(text)} reste imprécis\u00a0: ${keptWords(kept, etapes)}.`;
	return anomaly('date-vague', 'info', message, {
		found: text,
		expected: EXPECTED,
		hint: 'Donnez une date de début et une date de fin dès qu’elles sont connues.'
	});
}

const reversed = (start: IsoDate, end: IsoDate): Issue =>
	anomaly('valeur-suspecte', 'a-verifier', 'La date de début est après la date de fin.', {
		found: `${start} – ${end}`,
		expected: 'un début avant la fin',
		hint: 'Vérifiez si les deux dates ont été inversées.'
	});
