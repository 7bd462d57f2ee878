import type { Pair } from './header-assign';
import type { Named } from './header-neighbours';
import { cellText } from './cell';
import { periodsIn } from './periods';
import type { CellValue, MappedColumn, Table } from './sheet';
import { plain } from '../text';

/** When money is paid is not when an action takes place. */
const PAYMENTS = /versement|paiement/;

/**
 * « Période » says that of the document when several years are the same on every row; those that differ are of the actions,
 * as is one same year: no plan is of one year, but for a yearly programme, whose year is that of its actions too.
 */
export function ownPeriods(named: readonly Named[], chosen: Map<number, Pair>): void {
	const territory = named.find(({ index }) => chosen.get(index)?.champ === 'territoire');
	for (const { index, entete, cells } of named) {
		const pair = chosen.get(index);
		if (pair?.champ !== 'periode' || PAYMENTS.test(plain(entete))) continue;
		const filled = cells.map(cellText).filter((text) => text !== '');
		const dated = filled.filter((text) => periodsIn(text).periods.length > 0);
		const yearly = new Set(dated).size === 1 && isOneYear(dated[0]!);
		if ((new Set(dated).size < 2 && !yearly) || dated.length < 0.5 * filled.length) continue;
		// A file of several territories gives the period of the plan of each.
		if (territory && followsFrom(territory.cells.map(cellText), cells.map(cellText))) continue;
		const year = yearly && /^\d{4}$/.test(dated[0]!) && ![...chosen.values()].some((c) => c.champ === 'annee');
		chosen.set(index, { ...pair, champ: year ? 'annee' : 'etapes' });
	}
}

/** « 2026 », « 01/2026 - 06/2026 »: within one calendar year. */
function isOneYear(text: string): boolean {
	const years = periodsIn(text).periods.flatMap(({ debut, fin }) => [debut, fin].map((d) => d?.slice(0, 4) ?? null));
	return new Set(years).size === 1 && years[0] !== null;
}

/**
 * A « Période » that is not the one a person gave for the document is the actions' own.
 * in     `declared`: « 2024-2030 », null when nobody gave one
 */
export function againstDeclared(
	tables: readonly Table[],
	declared: string | null,
	rowsOf: (table: Table) => readonly (readonly CellValue[])[]
): readonly Table[] {
	const plan = declared === null ? '' : yearsOf(declared);
	if (plan === '') return tables;
	return tables.map((table) => {
		const rows = rowsOf(table).slice(table.premiereLigne - 1, table.derniereLigne);
		const isOwn = ({ champ, index, entete }: MappedColumn): boolean => {
			if (champ !== 'periode' || PAYMENTS.test(plain(entete))) return false;
			const said = new Set(rows.map((row) => cellText(row[index] ?? null)).filter((text) => text !== ''));
			const [only = ''] = said;
			return said.size === 1 && yearsOf(only) !== '' && yearsOf(only) !== plan;
		};
		if (!table.colonnes.some(isOwn)) return table;
		return { ...table, colonnes: table.colonnes.map((c) => (isOwn(c) ? { ...c, champ: 'etapes' as const } : c)) };
	});
}

/** « 2024-2030 », first and last year; '' when it does not say both. */
function yearsOf(text: string): string {
	const days = periodsIn(text)
		.periods.flatMap(({ debut, fin }) => (debut && fin ? [debut, fin] : []))
		.sort();
	return days.length === 0 ? '' : `${days[0]!.slice(0, 4)}-${days.at(-1)!.slice(0, 4)}`;
}

/** Whether rows of one territory all say the same period. */
function followsFrom(territories: readonly string[], periods: readonly string[]): boolean {
	const of = new Map<string, string>();
	return periods.every((period, i) => {
		const territory = plain(territories[i] ?? '');
		const known = of.get(territory);
		if (known === undefined) of.set(territory, period);
		return known === undefined || known === period;
	});
}
