import type { Champ } from '../action';
import { amountSpans } from './financing-spans';
import { parseMoney } from '../money';
import { hasTitle, setAside } from './row-triage';
import { isEmpty } from './row-values';
import type { CellValue, MappedColumn, MergedCells, Table } from './sheet';

/* A cell merged over several rows is no blank below the first: what it says holds for each of them. */

type Row = readonly CellValue[];

/** A blank cell read as one above it. Ranks are those of the rows given, from 0. */
export interface Carried {
	readonly column: MappedColumn;
	readonly rang: number;
	readonly depuis: number;
	/** The two cells are one in the file. */
	readonly fusion: boolean;
}

/** A merged cell left on its first row, and the other actions it covers. */
export interface Kept {
	readonly column: MappedColumn;
	readonly depuis: number;
	readonly autres: readonly number[];
}

export interface Merged {
	readonly rows: readonly Row[];
	readonly carried: readonly Carried[];
	readonly kept: readonly Kept[];
}

/** What one action is known by: two rows never share it. */
const NAMES: ReadonlySet<Champ> = new Set<Champ>(['titre', 'sous_action']);
/** Said once for all the rows covered: on each of them it would be counted as many times. */
const ONCE: ReadonlySet<Champ> = new Set<Champ>(['cout_investissement', 'cout_fonctionnement', 'etp', 'numero']);

/**
 * Rows with merged cells given to every action they cover.
 * in     rows under the header, `premiere` = number of the first; `fusions` of the whole sheet
 * out    the rows themselves when nothing is merged; a merge over several columns holds for the first of them
 * never  carries a title, nor an amount: `kept` says which were left on their first row; never writes over a cell that is filled
 */
export function spreadMerges(
	rows: readonly Row[],
	table: Table,
	premiere: number,
	fusions: readonly MergedCells[] | undefined
): Merged {
	const columns = new Map(
		table.colonnes.flatMap((c) => (c.champ === null || NAMES.has(c.champ) ? [] : [[c.index, c] as const]))
	);
	const own = (fusions ?? []).filter((m) => columns.has(m.colonne) && m.ligne >= premiere);
	if (own.length === 0) return { rows, carried: [], kept: [] };
	const verdicts = new Map<number, boolean>();
	const isAction = (rang: number): boolean => {
		const known = verdicts.get(rang);
		if (known !== undefined) return known;
		const row = rows[rang]!;
		const said = hasTitle(row, table) && setAside(row, premiere + rang, table) === null;
		verdicts.set(rang, said);
		return said;
	};
	const carried: Carried[] = [];
	const kept: Kept[] = [];
	const copies = new Map<number, CellValue[]>();
	/** Rows of a column already read: merges that overlap are no spreadsheet's, and must not be read again and again. */
	const done = new Map<number, number>();
	for (const { ligne, colonne, hauteur } of own.sort((a, b) => a.ligne - b.ligne)) {
		const depuis = ligne - premiere;
		const cell = rows[depuis]?.[colonne] ?? null;
		if (isEmpty(cell) || depuis < (done.get(colonne) ?? 0)) continue;
		const end = Math.min(depuis + hauteur, rows.length);
		done.set(colonne, end);
		const column = columns.get(colonne)!;
		const autres: number[] = [];
		for (let rang = depuis + 1; rang < end; rang++)
			if (isEmpty(rows[rang]![colonne]) && isAction(rang)) autres.push(rang);
		if (autres.length === 0) continue;
		if (isSaidOnce(column, cell)) {
			kept.push({ column, depuis, autres });
			continue;
		}
		for (const rang of autres) {
			const copy = copies.get(rang) ?? [...rows[rang]!];
			while (copy.length < colonne) copy.push(null);
			copy[colonne] = cell;
			copies.set(rang, copy);
			carried.push({ column, rang, depuis, fusion: true });
		}
	}
	return { rows: copies.size === 0 ? rows : rows.map((row, i) => copies.get(i) ?? row), carried, kept };
}

/** An amount, a number of agents, a number of action; the name of a financeur is none. */
function isSaidOnce({ champ, role, marque }: MappedColumn, cell: CellValue): boolean {
	if (champ === null || marque !== undefined) return false;
	if (ONCE.has(champ)) return true;
	if (champ === 'indicateurs') return typeof cell === 'number';
	if (champ !== 'financements' || role === 'base') return false;
	return (
		typeof cell === 'number' ||
		parseMoney(cell, 'inconnu').value !== null ||
		(typeof cell === 'string' && amountSpans(cell).length > 0)
	);
}
