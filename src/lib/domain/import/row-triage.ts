import type { IssueCode } from '../issue';
import type { CellValue, Table } from './sheet';
import { isEmpty, quote, textOf, textsOf } from './row-values';
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
/** Column that says, row by row, whether it is an action or what actions stand under. */
const LEVEL_HEADER = /^(?:niveau(?: hierarchique| de la ligne| du plan)?|type de ligne|type d element)$/;
const LEVEL_CELL =
	/^(?:axe|orientation|objectif|enjeu|pilier|priorite|thematique|volet|ambition|defi|chantier)s?(?: (?:strategique|prioritaire|operationnel|specifique|transversal|transversaux)s?)?$/;
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
	let known = foldedHeaders.get(table);
	if (!known) foldedHeaders.set(table, (known = new Map(table.colonnes.map((c) => [c.index, plain(c.entete)]))));
	return known;
}

/**
 * Why a row is not an action, when it is not.
 * in     cells as read; `ligne` as the spreadsheet shows it
 * out    null for a row that should be read
 * never  looks at the territory or at a filter
 */
export function setAside(cells: readonly CellValue[], ligne: number, table: Table): SetAside | null {
	const filled = filledIn(cells);
	if (filled.length === 0) return { code: 'ligne-vide', raison: 'ligne vide' };
	if (ligne < table.ligneEntete) return { code: 'ligne-ecartee', raison: 'titre du tableau' };
	if (repeatsHeaders(filled, headersOf(table)) || (ligne > table.ligneEntete && repeatsBanner(filled, table)))
		return { code: 'ligne-de-consigne', raison: 'en-tête répété' };
	if (ligne === table.ligneEntete) return { code: 'ligne-de-consigne', raison: 'en-têtes' };
	if (ligne <= table.ligneEntete + CONSIGNES_WITHIN) {
		if (isExample(filled)) return { code: 'ligne-de-consigne', raison: 'ligne d’exemple du modèle' };
		const consigne = consigneIn(filled);
		if (consigne !== null) return { code: 'ligne-de-consigne', raison: consigne };
	}
	const level = levelSaid(filled, headersOf(table));
	if (level !== null)
		return {
			code: 'ligne-ecartee',
			raison: `«\u00a0${level}\u00a0» dans la colonne «\u00a0Niveau\u00a0»\u00a0: ${ORIENTATION}`
		};
	const [first] = filled;
	if (typeof first?.cell === 'string' && TOTAL_CELL.test(plain(first.cell)))
		if (filled.slice(1).every((f) => typeof f.cell === 'number' || /^[\d\s.,€%()HTCk-]+$/.test(String(f.cell))))
			if (filled.length > 1 || /^(?:sous )?tota(?:l|ux)(?: general| actions?)?$/.test(plain(first.cell)))
				return { code: 'ligne-ecartee', raison: 'ligne de total' };
	return aloneOnItsRow(cells, table, filled);
}

/** « axe stratégique », « priorité », under « Niveau »; null: nothing says that the row is no action. */
function levelSaid(filled: readonly Filled[], headers: ReadonlyMap<number, string>): string | null {
	const said = filled.find(({ index }) => LEVEL_HEADER.test(headers.get(index) ?? ''));
	return said && typeof said.cell === 'string' && LEVEL_CELL.test(plain(said.cell)) ? said.cell.trim() : null;
}

/** Said of a row of the plan that actions stand under. */
export const ORIENTATION = 'une orientation, pas une action';

interface Filled {
	readonly cell: CellValue;
	readonly index: number;
}

function filledIn(cells: readonly CellValue[]): readonly Filled[] {
	const filled: Filled[] = [];
	for (const [index, cell] of cells.entries()) if (!isEmpty(cell)) filled.push({ cell, index });
	return filled;
}

/** Two cells at least, and six in ten; an ordinary row is told at its first cells. */
function repeatsHeaders(filled: readonly Filled[], headers: ReadonlyMap<number, string>): boolean {
	let repeated = 0;
	for (const [seen, { cell, index }] of filled.entries()) {
		if (plain(String(cell)) === headers.get(index)) repeated++;
		if ((repeated + filled.length - seen - 1) / filled.length < 0.6) return false;
	}
	return repeated >= 2;
}

/** The band of groups (« Gouvernance | Localisation »), written again above the headers it groups. */
const repeatsBanner = (filled: readonly Filled[], { bandeau }: Table): boolean =>
	bandeau !== undefined && filled.length >= 2 && sameCells(filled, bandeau);

const sameCells = (filled: readonly Filled[], row: readonly CellValue[]): boolean =>
	filled.every(({ cell, index }) => textOf(cell) === textOf(row[index] ?? null));

function consigneIn(filled: readonly Filled[]): string | null {
	const texts = filled.filter((f) => typeof f.cell === 'string').map((f) => plain(String(f.cell)));
	if (texts.length < 2) return null;
	const share = (test: (text: string) => boolean): number => texts.filter(test).length / filled.length;
	if (share((t) => TYPE_CELL.test(t)) >= 0.6) return 'types de colonnes';
	return share((t) => CONSIGNE_CELL.test(t) || TYPE_CELL.test(t)) > 0.5 ? 'consignes de saisie' : null;
}

/** The row a published model is delivered with: an invented body, and cells that are still instructions. */
function isExample(filled: readonly Filled[]): boolean {
	const texts = filled.flatMap((f) => (typeof f.cell === 'string' ? [plain(f.cell)] : []));
	return texts.some((t) => EXAMPLE_BODY.test(t)) && texts.some((t) => STILL_TO_FILL.test(t));
}

const EXAMPLE_BODY = /\b(?:collectivite|commune|structure) exemple\b/;
const STILL_TO_FILL = /^(?:ces informations devront etre saisies|ce champ ne sera pas)/;

/** The words of a section title alone on its row; null for any other row. */
export function sectionOf(cells: readonly CellValue[]): string | null {
	const only = cells.find((cell) => !isEmpty(cell));
	// A merged banner may come back once per column.
	if (typeof only !== 'string' || cells.some((cell) => cell !== only && !isEmpty(cell))) return null;
	return SECTION_CELL.test(plain(only)) ? textOf(only) : null;
}

function aloneOnItsRow(cells: readonly CellValue[], table: Table, filled: readonly Filled[]): SetAside | null {
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
	textsOf(cells, table, 'titre').length > 0 || textsOf(cells, table, 'sous_action').length > 0;
