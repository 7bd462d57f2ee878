import type { IssueCode } from '../issue';
import type { CellValue, Table } from './sheet';
import { cellsOf, isEmpty, quote, textOf } from './row-values';
import { plain } from '../text';

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
/** « AXE 2 : MOBILITÉ » alone on its row, in whatever column. */
const SECTION_CELL =
	/^(?:(?:sous )?axe|orientation|objectif (?:strategique|operationnel)|pilier|volet|ambition|defi|enjeu|thematique|priorite|chantier|partie|chapitre|theme|secteur)s? ?(?:n )?(?:[\divx]+|[a-z])(?: |$)/;
const NOTE_CELL = /^(?:source|sources|note|notes|nb|legende|nota|lecture|mise a jour|maj|donnees)\b/;
/** Under a table, whatever the column: « Source : … », « * coûts 2023 », « (1) sous réserve ». */
const FOOTNOTE =
	/^(?:\*|[¹²³]|\(\d\)|\(\*+\)|(?:sources?|notes?|nota(?: bene)?|nb|légende|lecture|mise à jour|maj)\s*(?::|(?:le|au|en) \d))/i;
/** Types and instructions sit right under the header. */
const CONSIGNES_WITHIN = 6;

const foldedHeaders = new WeakMap<Table, ReadonlyMap<number, string>>();

/** Folded headers by column; asked for on every row. */
function headersOf(table: Table): ReadonlyMap<number, string> {
	const known = foldedHeaders.get(table) ?? new Map(table.colonnes.map((c) => [c.index, plain(c.entete)]));
	foldedHeaders.set(table, known);
	return known;
}

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

	const headers = headersOf(table);
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

/** The words of a section title alone on its row; null for any other row. */
export function sectionOf(cells: readonly CellValue[]): string | null {
	const filled = cells.filter((cell) => !isEmpty(cell));
	const [only] = filled;
	// A merged banner may come back once per column.
	if (typeof only !== 'string' || filled.some((cell) => cell !== only)) return null;
	return SECTION_CELL.test(plain(only)) ? textOf(only) : null;
}

function aloneOnItsRow(
	cells: readonly CellValue[],
	table: Table,
	filled: readonly { readonly cell: CellValue; readonly index: number }[]
): SetAside | null {
	if (table.colonnes.length >= 3 && sectionOf(cells) !== null)
		return { code: 'ligne-ecartee', raison: 'titre de partie' };
	const [alone] = filled;
	if (filled.length === 1 && typeof alone?.cell === 'string' && FOOTNOTE.test(alone.cell.trim()))
		return { code: 'ligne-ecartee', raison: `note ${quote(alone.cell)}` };
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

export const isLevel = (champ: string | null): boolean => champ === 'axe' || champ === 'objectif';

export const hasTitle = (cells: readonly CellValue[], table: Table): boolean =>
	[...cellsOf(cells, table, 'titre'), ...cellsOf(cells, table, 'sous_action')].some((f) => textOf(f.cell) !== null);
