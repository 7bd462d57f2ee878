import type { IssueCode } from './issue';
import type { CellValue, Table } from './sheet';
import { cellsOf, isEmpty, quote, textOf } from './row-values';
import { plain } from './text';

/* Rows that are not actions: blanks, repeated headers, instructions of a model, totals, section titles, notes. */

export interface SetAside {
	readonly code: IssueCode;
	readonly raison: string;
}

const TYPE_CELL =
	/^(?:champ )?(?:texte|numerique|nombre|entier|decimal|date|liste(?: deroulante)?|binaire|booleen|montant|oui non|non importe|choix)\b/;
const CONSIGNE_CELL =
	/^(?:saisi(?:r|ssez)|choisi(?:r|ssez)|indique[rz]|precise[rz]|re?n?seigne[rz]|presente[rz]|creez|utilise[rz]|decri(?:re|vez)|exemple|texte court|format attendu|si vos|ce champ|ces informations|plusieurs services|obligatoire|facultati[fv]e?|a completer)\b|\b(?:ne sera pas integre|jj mm aaaa|caracteres maximum|meme ecriture)\b/;
const TOTAL_CELL = /^(?:sous )?tota(?:l|ux)\b/;
const NOTE_CELL = /^(?:source|sources|note|notes|nb|legende|nota|lecture|mise a jour|maj|donnees)\b/;
/** Types and instructions sit right under the header. */
const CONSIGNES_WITHIN = 6;

/**
 * Why a row is not an action, when it is not.
 * in     cells as read; `ligne` as the spreadsheet shows it
 * out    null for a row that should be read
 * never  looks at the territory or at a filter
 */
export function setAside(cells: readonly CellValue[], ligne: number, table: Table): SetAside | null {
	const filled = cells.flatMap((cell, index) => (isEmpty(cell) ? [] : [{ cell, index }]));
	if (filled.length === 0) return { code: 'ligne-vide', raison: 'ligne vide' };
	const texts = filled.filter((f) => typeof f.cell === 'string').map((f) => plain(String(f.cell)));
	const share = (test: (text: string) => boolean): number => texts.filter(test).length / filled.length;

	const headers = new Map(table.colonnes.map((c) => [c.index, plain(c.entete)]));
	const repeated = filled.filter((f) => plain(String(f.cell)) === headers.get(f.index)).length;
	if (repeated >= 2 && repeated / filled.length >= 0.6) return { code: 'ligne-de-consigne', raison: 'en-tête répété' };
	if (ligne <= table.ligneEntete + CONSIGNES_WITHIN && texts.length >= 2) {
		if (share((t) => TYPE_CELL.test(t)) >= 0.6) return { code: 'ligne-de-consigne', raison: 'types de colonnes' };
		if (share((t) => CONSIGNE_CELL.test(t) || TYPE_CELL.test(t)) > 0.5)
			return { code: 'ligne-de-consigne', raison: 'consignes de saisie' };
	}
	const [first] = filled;
	if (typeof first?.cell === 'string' && TOTAL_CELL.test(plain(first.cell)))
		if (filled.slice(1).every((f) => typeof f.cell === 'number' || /^[\d\s.,€%()HTCk-]+$/.test(String(f.cell))))
			if (filled.length > 1 || /^(?:sous )?tota(?:l|ux)(?: general| actions?)?$/.test(plain(first.cell)))
				return { code: 'ligne-ecartee', raison: 'ligne de total' };
	return aloneOnItsRow(cells, table, filled);
}

function aloneOnItsRow(
	cells: readonly CellValue[],
	table: Table,
	filled: readonly { readonly cell: CellValue; readonly index: number }[]
): SetAside | null {
	if (hasTitle(cells, table)) return null;
	const byIndex = new Map(table.colonnes.map((c) => [c.index, c.champ]));
	if (filled.every((f) => isLevel(byIndex.get(f.index) ?? null)))
		return { code: 'ligne-ecartee', raison: 'titre de partie' };
	const [only] = filled;
	if (
		filled.length === 1 &&
		typeof only?.cell === 'string' &&
		(NOTE_CELL.test(plain(only.cell)) || /^\*/.test(only.cell))
	)
		return { code: 'ligne-ecartee', raison: `note ${quote(only.cell)}` };
	return null;
}

const isLevel = (champ: string | null): boolean => champ === 'axe' || champ === 'objectif';

export const hasTitle = (cells: readonly CellValue[], table: Table): boolean =>
	[...cellsOf(cells, table, 'titre'), ...cellsOf(cells, table, 'sous_action')].some((f) => textOf(f.cell) !== null);

/**
 * Rows with the axes written once carried down to the rows below, when the file has that habit: in a column no value is
 * repeated from one row to the next, and the blanks under a value are at least as many as the values.
 * in     rows under the header, `premiere` = number of the first
 * never  carries another field than an axis or an objective, nor an objective under another axis
 */
export function carryLevels(
	rows: readonly (readonly CellValue[])[],
	table: Table,
	premiere: number
): readonly (readonly CellValue[])[] {
	// Levels stand before the title; an « Objectifs » column after it belongs to each action.
	const titre = table.colonnes.find((c) => c.champ === 'titre')?.index ?? Infinity;
	const levels = table.colonnes.filter((c) => isLevel(c.champ) && c.index < titre);
	const usable = rows.map((row, i) => {
		const aside = setAside(row, premiere + i, table);
		return aside === null || aside.raison === 'titre de partie';
	});
	const carried = new Set(levels.filter((c) => writtenOnce(rows, usable, table, c.index)).map((c) => c.index));
	if (carried.size === 0) return rows;
	const held = new Map<number, CellValue>();
	return rows.map((row, i) => {
		if (!usable[i]) return row;
		const copy = [...row];
		levels.forEach((column, depth) => {
			const cell = row[column.index] ?? null;
			if (!isEmpty(cell)) {
				if (cell !== held.get(column.index)) for (const below of levels.slice(depth + 1)) held.delete(below.index);
				held.set(column.index, cell);
			} else if (carried.has(column.index) && hasTitle(row, table)) {
				while (copy.length < column.index) copy.push(null);
				copy[column.index] = held.get(column.index) ?? null;
			}
		});
		return copy;
	});
}

function writtenOnce(
	rows: readonly (readonly CellValue[])[],
	usable: readonly boolean[],
	table: Table,
	index: number
): boolean {
	let filled = 0;
	let blankBelow = 0;
	let last: CellValue = null;
	let above: CellValue = null;
	for (const [i, row] of rows.entries()) {
		if (!usable[i]) continue;
		const cell = row[index] ?? null;
		if (!isEmpty(cell)) {
			if (above !== null && cell === above) return false;
			filled++;
			last = cell;
		} else if (last !== null && hasTitle(row, table)) blankBelow++;
		above = isEmpty(cell) ? null : cell;
	}
	return filled > 0 && blankBelow >= filled;
}
