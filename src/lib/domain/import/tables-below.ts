import type { PlanKind } from '../action';
import { cellText } from './cell';
import { count, list, quoted } from '../french';
import { headerNames, sharesNames } from './header-names';
import { filledAt, isSure, scoreRow, type HeaderRow, type Row } from './header-rows';
import { anomaly, type Issue } from '../issue';
import type { PlansFile } from '../rules/referentiel';
import type { CellValue, Table } from './sheet';
import { plain } from '../text';

/* Another table under the first one, on the same sheet: where its headers are, and where its own title begins. */

export interface Below {
	/** 0-based row of its headers. */
	readonly header: number;
	/** 0-based first row of its title; its headers when it has none. */
	readonly debut: number;
}

/** A title stands at most that far above the headers. */
const TITLE_ABOVE = 3;

/**
 * Rows further down that start another table, with other columns, under the same sheet.
 * in     the headers already found; a row that repeats them as they are is no new table
 * out    a row whose cells name columns; one that names no title only after a blank row or a title of its own
 */
export function tablesBelow(rows: readonly Row[], first: HeaderRow, plans: PlansFile, plan: PlanKind): Below[] {
	const found: Below[] = [];
	const isName = headerNames(first.entetes, plans);
	let current = first.entetes;
	for (let r = first.premiere; r < rows.length - 1; r++) {
		const row = rows[r] ?? [];
		if (!sharesNames(row, isName)) continue;
		const filled = filledAt(row);
		const same = filled.filter((i) => plain(cellText(row[i]!)) === plain(cellText(current[i] ?? null)));
		if (same.length >= 0.8 * filled.length) continue;
		const seen = scoreRow(row, plans, plan);
		const debut = titleAbove(rows, r, first);
		const apart = debut < r || filledAt(rows[r - 1] ?? []).length === 0;
		if (!isSure(seen) && !(apart && seen.reconnues >= 3 && seen.share >= 0.75)) continue;
		found.push({ header: r, debut });
		current = row;
	}
	return found;
}

/** « Programmation 2026 » over its headers: right above them, or between two blank rows; the band of groups of the first table, written again, too. */
function titleAbove(rows: readonly Row[], header: number, { premiere: from, banner }: HeaderRow): number {
	let top = header;
	let gap = false;
	for (let r = header - 1; r >= Math.max(from, header - TITLE_ABOVE); r--) {
		const filled = filledAt(rows[r] ?? []);
		if (filled.length === 0) {
			gap = true;
			continue;
		}
		const groups = r === header - 1 && filled.every((i) => cellText(rows[r]![i]!) === cellText(banner[i] ?? null));
		if (!groups && !isBanner(rows[r]!)) break;
		// Blank below: only a blank above as well keeps it from being the last action of the table before.
		if (gap && filledAt(rows[r - 1] ?? []).length > 0) break;
		top = r;
		gap = false;
	}
	return top;
}

/** One text, perhaps repeated by a merge. */
const isBanner = (row: readonly CellValue[]): boolean =>
	new Set(row.map((cell) => cellText(cell)).filter((text) => text !== '')).size === 1;

/** A second table without the title of its actions is not read: which one, and what it has. */
export function untitledBelow({ feuille, ligneEntete, colonnes }: Table, rows: readonly Row[]): Issue[] {
	if (colonnes.some((c) => c.champ === 'titre' || c.champ === 'sous_action')) return [];
	const own = rows.slice(ligneEntete).filter((row) => filledAt(row).length > 0).length;
	const message = `Feuille ${quoted(feuille)}, ligne ${ligneEntete}\u00a0: un autre tableau commence, sans colonne pour l’intitulé des actions\u202f; ${count(own, 'ligne non importée', 'lignes non importées')}.`;
	return [
		anomaly('ligne-ecartee', 'a-verifier', message, {
			where: { sheet: feuille, row: ligneEntete },
			found: list(colonnes.slice(0, 6).map((c) => quoted(c.entete))),
			expected: 'une colonne «\u00a0Titre\u00a0» ou «\u00a0Intitulé\u00a0»',
			hint: 'Donnez-lui une colonne «\u00a0Titre\u00a0», ou placez-le sur une feuille à part.'
		})
	];
}
