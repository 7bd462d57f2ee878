import type { ActionDates, Champ } from '../action';
import { cellText } from './cell';
import { parseDates } from './dates';
import { grantYearIn } from './grant-years';
import type { Issue, Parsed } from '../issue';
import { cellsOf, textOf } from './row-values';
import type { CellValue, Table } from './sheet';
import { calendarIn, readSteps, stepDates } from './steps';

/* When an action takes place, from whichever columns say it. */

/**
 * Dates of one row: début and fin columns, else a calendar, else ticked years, else the budget year, else the
 * year chosen for the whole file; what comes after fills the end that is missing.
 * out    each issue names the column it is about; a chosen year says so in `texte`: the file did not write it
 */
export function readDates(
	cells: readonly CellValue[],
	table: Table,
	annee: number | null = null
): { readonly value: ActionDates | null; readonly issues: readonly Issue[] } {
	const first = (champ: Champ): CellValue =>
		cellsOf(cells, table, champ).find((f) => textOf(f.cell) !== null)?.cell ?? null;
	const written = first('date_debut');
	const fin = first('date_fin');
	const calendar = calendarIn(cells, table);
	const years = calendar === null && written === null ? (tickedYears(cells, table) ?? first('annee')) : null;
	// « subvention 2024 », as we write it ourselves.
	const granted = written === null && fin === null ? grantYearIn(textOf(calendar ?? null)) : null;
	if (granted !== null) return { value: granted, issues: [] };
	// The year an action is entered for is when it starts, once its end is known.
	const debut = written ?? (fin === null ? null : years);
	const steps = calendar === null ? [] : readSteps(cells, table).flatMap(stepDates);
	const { value, issues } = parseDates(debut, fin, calendar ?? (fin === null ? years : null), steps);
	const empty = value === null || (value.debut === null && value.fin === null && value.texte === null);
	const columnOf = (found: string | null): string | null =>
		(['date_debut', 'date_fin', 'etapes', 'annee'] as const)
			.flatMap((champ) => cellsOf(cells, table, champ))
			.find((f) => found !== null && cellText(f.cell) === found)?.colonne.entete ?? null;
	return {
		value: empty ? chosenYear(annee) : value,
		issues: issues.map((i) => ({ ...i, where: { ...i.where, column: i.where.column ?? columnOf(i.found) } }))
	};
}

/** The day a row says it was last gone over: of a month or a year, its last day, as it may be as late. */
export function readUpdate(cells: readonly CellValue[], table: Table): Parsed<string> {
	const found = cellsOf(cells, table, 'mise_a_jour').find((f) => textOf(f.cell) !== null);
	if (!found) return { value: null, issues: [] };
	const { value, issues } = parseDates(null, found.cell, null);
	return {
		value: value?.fin ?? null,
		issues: issues.map((i) => ({ ...i, where: { ...i.where, column: found.colonne.entete } }))
	};
}

const chosenYear = (annee: number | null): ActionDates | null =>
	annee === null
		? null
		: { debut: `${annee}-01-01`, fin: `${annee}-12-31`, texte: `${annee}, année choisie pour le fichier` };

/** « 2024, 2026 » from a calendar of one column per year; « 2024-2026 » when the years follow one another. */
function tickedYears(cells: readonly CellValue[], table: Table): string | null {
	const years = cellsOf(cells, table, 'annee')
		.filter((f) => f.colonne.marque !== undefined && f.cell !== null)
		.map((f) => Number(f.cell))
		.sort((a, b) => a - b);
	const [first] = years;
	const last = years.at(-1);
	if (first === undefined || last === undefined) return null;
	if (first === last) return String(first);
	return last - first === years.length - 1 ? `${first}-${last}` : years.join(', ');
}
