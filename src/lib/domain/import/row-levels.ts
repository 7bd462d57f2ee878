import type { ActionDraft } from '../action';
import { hasTitle, isLevel, sectionOf, setAside } from './row-triage';
import { cellsOf, isEmpty, textOf } from './row-values';
import type { Carried } from './row-merges';
import type { CellValue, MappedColumn, Table } from './sheet';
import { plain } from '../text';

/* What a row owes to the rows above it: an axis written once, a section title, the action a sub-action belongs to. */

type Row = readonly CellValue[];

/**
 * Rows with the axes written once carried down to the rows below, when the file has that habit: in a column no value is
 * repeated from one row to the next, and the blanks under the values are at least half as many as the values. A theme too,
 * when its column is plainly made of groups.
 * in     rows under the header, `premiere` = number of the first; `written` = the same before merged cells were spread
 * out    `carried` = cells that were blank, each with the rank of the row it is read from
 * never  carries another field than an axis, an objective or a theme, nor an objective under another axis
 */
export function carryLevels(
	rows: readonly Row[],
	written: readonly Row[],
	table: Table,
	premiere: number
): { readonly rows: readonly Row[]; readonly carried: readonly Carried[] } {
	// Levels stand before the title; an « Objectifs » column after it belongs to each action.
	const titre = table.colonnes.find((c) => c.champ === 'titre')?.index ?? Infinity;
	const before = table.colonnes.filter((c) => c.index < titre);
	const themes = before.filter((c) => c.champ === 'secteurs' && !PERHAPS_PLACES.test(plain(c.entete)));
	if (themes.length === 0 && !before.some((c) => isLevel(c.champ))) return { rows, carried: [] };
	const lowest = rows.findLastIndex((row) => hasTitle(row, table));
	const usable = written.map((row, i) => {
		if (i > lowest) return false;
		const aside = setAside(row, premiere + i, table);
		return aside === null || aside.raison === 'titre de partie';
	});
	const once = (c: MappedColumn): boolean => writtenOnce(written, usable, table, c.index);
	const axes = before.filter((c) => isLevel(c.champ));
	const grouped = themes.filter(
		({ index }) =>
			rows.every((row, i) => row[index] === written[i]![index]) && headsGroups(written, usable, table, axes, index)
	);
	const levels = before.filter((c) => isLevel(c.champ) || (grouped.includes(c) && once(c)));
	const carried = new Set(levels.filter(once).map((c) => c.index));
	if (carried.size === 0) return { rows, carried: [] };
	const held = new Map<number, { readonly cell: CellValue; readonly rang: number }>();
	const told: Carried[] = [];
	const filled = rows.map((row, i) => {
		if (!usable[i]) return row;
		let copy: CellValue[] | null = null;
		for (const [depth, column] of levels.entries()) {
			const cell = row[column.index] ?? null;
			const known = held.get(column.index);
			if (!isEmpty(cell)) {
				if (cell !== known?.cell) for (const below of levels.slice(depth + 1)) held.delete(below.index);
				if (cell !== known?.cell || !isEmpty(written[i]![column.index])) held.set(column.index, { cell, rang: i });
			} else if (carried.has(column.index) && known && hasTitle(row, table)) {
				copy ??= [...row];
				while (copy.length < column.index) copy.push(null);
				copy[column.index] = known.cell;
				told.push({ column, rang: i, depuis: known.rang, fusion: false });
			}
		}
		return copy ?? row;
	});
	return { rows: filled, carried: told };
}

/** « Secteur » alone may name a place: a place left blank is not the one above. */
const PERHAPS_PLACES = /^secteurs?(?: concernes?)?$/;

/** A value on the first action, blanks under it, then another: no value comes back, save under another axis. */
function headsGroups(
	rows: readonly Row[],
	usable: readonly boolean[],
	table: Table,
	axes: readonly MappedColumn[],
	index: number
): boolean {
	let seen = new Set<string>();
	let [blank, again] = [false, false];
	for (const [i, row] of rows.entries()) {
		if (!usable[i]) continue;
		const text = textOf(row[index]);
		if (text === null) {
			if (seen.size === 0 && hasTitle(row, table)) return false;
			blank ||= hasTitle(row, table);
			continue;
		}
		if (axes.some((axis) => axis.index < index && textOf(row[axis.index]) !== null)) seen = new Set();
		if (seen.has(plain(text))) return false;
		seen.add(plain(text));
		again ||= blank;
	}
	return again;
}

function writtenOnce(rows: readonly Row[], usable: readonly boolean[], table: Table, index: number): boolean {
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
	return filled > 0 && 2 * blankBelow >= filled;
}

/** A sub-action with no action written on its row belongs to the action above; nothing else comes down. */
export function withParents(rows: readonly Row[], table: Table): readonly Row[] {
	const titre = table.colonnes.find((c) => c.champ === 'titre');
	if (!titre || !table.colonnes.some((c) => c.champ === 'sous_action')) return rows;
	let parent: CellValue = null;
	return rows.map((row) => {
		const own = row[titre.index] ?? null;
		if (!isEmpty(own)) parent = own;
		else if (parent !== null && cellsOf(row, table, 'sous_action').some((f) => textOf(f.cell) !== null)) {
			const copy = Array.from({ length: Math.max(row.length, titre.index + 1) }, (_, i) => row[i] ?? null);
			copy[titre.index] = parent;
			return copy;
		}
		return row;
	});
}

type Section = Pick<ActionDraft, 'axe' | 'objectif'>;

/**
 * The section each row stands under, from titles alone on their rows: « AXE 2 : MOBILITÉ », « Objectif opérationnel 2.1 ».
 * out    one per row; a title that is a row of actions, or a column of axes, is not looked at
 */
export function sectionsOf(rows: readonly Row[]): readonly Section[] {
	let section: Section = { axe: null, objectif: null };
	return rows.map((row) => {
		const title = sectionOf(row);
		if (title !== null && /^(?:sous|objectif)/.test(plain(title))) section = { ...section, objectif: title };
		else if (title !== null) section = { axe: title, objectif: null };
		return section;
	});
}
