import type { Champ, PlanKind } from '../action';
import { cellText } from './cell';
import { HEADER_CHARACTERS, headerNames, sharesNames } from './header-names';
import { scoreHeader } from './header-score';
import type { PlansFile } from '../rules/referentiel';
import type { CellValue } from './sheet';

/* Which rows of a sheet hold the headers: under a title, on two rows, again further down for a second table. */

/** A header may come after a title, a logo, a few lines of presentation. */
const HEADER_WITHIN = 60;
/** A banner of groups stands at most that far above the names it groups. */
const BANNER_ABOVE = 2;

/** No plan has more columns; what stands further right is told, not read. */
const WIDEST = 1_000;

export type Row = readonly CellValue[];

export interface HeaderRow {
	/** 0-based row that names the columns. */
	readonly header: number;
	/** 0-based first row that may be data. */
	readonly premiere: number;
	readonly entetes: Row;
	/** Names of groups of columns, above the headers. */
	readonly banner: Row;
	readonly score: number;
	readonly reconnues: number;
	readonly titled: boolean;
}

interface Seen {
	readonly score: number;
	readonly reconnues: number;
	readonly share: number;
	readonly titled: boolean;
}

const NOTHING: Seen = { score: 0, reconnues: 0, share: 0, titled: false };

/**
 * The row of headers of a sheet, completed by the row above or below it when the names stand on two rows.
 * out    score 0 when no row looks like headers
 */
export function findHeader(rows: readonly Row[], plans: PlansFile, plan: PlanKind): HeaderRow {
	let best = { header: 0, ...NOTHING };
	let last = Math.min(rows.length, HEADER_WITHIN);
	for (let r = 0; r < last; r++) {
		const seen = scoreRow(rows[r] ?? [], plans, plan);
		if (seen.score > best.score + 0.01) best = { header: r, ...seen };
		// Sure of it: only a row of finer names just below could still win.
		if (seen.titled && seen.reconnues >= 6 && seen.share >= 0.75) last = Math.min(last, r + 1 + BANNER_ABOVE);
	}
	// The richest table of a sheet is not always its first one.
	const names = headerNames(rows[best.header] ?? [], plans);
	for (let r = 0; r < best.header - BANNER_ABOVE; r++) {
		if (!sharesNames(rows[r] ?? [], names)) continue;
		const seen = scoreRow(rows[r] ?? [], plans, plan);
		if (isSure(seen)) {
			best = { header: r, ...seen };
			break;
		}
	}
	return { ...best, ...onTwoRows(rows, best.header, plans, plan) };
}

export const isSure = ({ titled, reconnues, share }: Seen): boolean => titled && reconnues >= 3 && share >= 0.75;

/** How much a row looks like headers: how many of its cells name a field, and whether one of them is the title. */
export function scoreRow(row: Row, plans: PlansFile, plan: PlanKind): Seen {
	const seen = new Map<Champ, number>();
	let cells = 0;
	let reconnues = 0;
	let score = 0;
	for (const cell of row.slice(0, WIDEST)) {
		const text = cellText(cell);
		if (text === '') continue;
		cells++;
		if (typeof cell !== 'string' || text.length > HEADER_CHARACTERS) continue;
		const [best] = scoreHeader(text, plans, plan);
		if (!best) continue;
		reconnues++;
		// A field named ten times says little more than named once.
		const times = seen.get(best.champ) ?? 0;
		seen.set(best.champ, times + 1);
		score += best.score / (1 + times);
	}
	const titled = seen.has('titre') || seen.has('sous_action');
	const share = cells === 0 ? 0 : reconnues / cells;
	return { score: score * (0.5 + 0.5 * share) * (titled ? 1 : 0.4), reconnues, share, titled };
}

export const filledAt = (row: Row): number[] => [...row.keys()].filter((i) => cellText(row[i] ?? null) !== '');

/** « Quartiers » over « Bel-Air | Moulins », or « N° » merged over both rows: one header per column all the same. */
function onTwoRows(
	rows: readonly Row[],
	header: number,
	plans: PlansFile,
	plan: PlanKind
): Pick<HeaderRow, 'premiere' | 'entetes' | 'banner'> {
	const at = (r: number): Row => (rows[r] ?? []).slice(0, WIDEST);
	const [above, row, below] = [at(header - 1), at(header), at(header + 1)];
	if (isSecondRow(row, below, plans, plan)) {
		const width = Math.max(row.length, below.length);
		const entetes = Array.from({ length: width }, (_, i) => (isBlank(below[i]) ? (row[i] ?? null) : below[i]!));
		return { premiere: header + 2, entetes, banner: row };
	}
	const hasData = (i: number): boolean => rows.slice(header + 1, header + 40).some((r) => !isBlank(r[i]));
	const width = Math.max(row.length, above.length);
	const entetes = Array.from({ length: width }, (_, i) => {
		const own = row[i] ?? null;
		const over = above[i] ?? null;
		// A long text above is a title of the sheet, not the name of a column.
		return isBlank(own) && cellText(over).length <= 40 && hasData(i) ? over : own;
	});
	return { premiere: header + 1, entetes, banner: above };
}

const isBlank = (cell: CellValue | undefined): boolean => cell === undefined || cellText(cell) === '';

/** The row below only splits groups: text, no title, and nothing under a header that has no room beside it. */
function isSecondRow(row: Row, below: Row, plans: PlansFile, plan: PlanKind): boolean {
	const filled = filledAt(below);
	if (filled.length < 2 || filled.some((i) => cellText(below[i]!).length > 60)) return false;
	if (!filled.every((i) => typeof below[i] === 'string' || isYear(below[i]!))) return false;
	if (!filled.some((i) => isBlank(row[i]))) return false;
	const titles = filledAt(row).filter((i) => scoreHeader(cellText(row[i]!), plans, plan)[0]?.champ === 'titre');
	if (titles.some((i) => !isBlank(below[i]))) return false;
	return filled.every((i) => isBlank(row[i]) || isBlank(row[i + 1]));
}

const isYear = (cell: CellValue): boolean => typeof cell === 'number' && cell >= 1990 && cell <= 2100;

export function headerAt(rows: readonly Row[], header: number, plans: PlansFile, plan: PlanKind): HeaderRow {
	return {
		header,
		...scoreRow(rows[header] ?? [], plans, plan),
		...onTwoRows(rows, header, plans, plan)
	};
}
