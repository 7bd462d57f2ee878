import type { PlanKind } from '../action';
import { cellText, type CellValue } from '../import/cell';
import { tellCarried } from '../import/row-carried';
import { readDittos } from '../import/row-ditto';
import { readDraft, type RowContext } from '../import/row-draft';
import { spreadMerges } from '../import/row-merges';
import { isEmpty, rowIssue, textOf } from '../import/row-values';
import { parseRow, parseRows } from '../import/row';
import type { RowOutcome } from '../import/row-outcome';
import type { MappedColumn, Table } from '../import/sheet';
import { plain } from '../text';
import { examplesIn, markedColumns, markOf, type GabaritMark } from './find-table';
import type { Choices } from './choices';
import type { GabaritKey, GabaritsFile } from './gabarit';
import { readCells, type GabaritContext } from './read-cells';

/* Rows of our own table. A row that an export marked with its plan is read as it was written; any other as in any file. */

/** Read by the usual reading, which knows how people write them; the others are read by `read-cells` alone. */
const USUAL: ReadonlySet<GabaritMark['cle']> = new Set<GabaritKey>([
	'reference',
	'axe',
	'objectif',
	'titre',
	'description',
	'porteur',
	'porteur_type',
	'porteur_siren',
	'pilote',
	'elu',
	'instance',
	'echelle',
	'atteinte',
	'geometrie',
	'statut',
	'priorite',
	'debut',
	'fin',
	'dates_texte',
	'budget',
	'fonctionnement',
	'etp',
	'participation',
	'clause',
	'indicateurs',
	'mise_a_jour',
	'notes'
]);

export interface GabaritRows extends RowContext {
	readonly gabarits: GabaritsFile;
	readonly choices: Choices;
	readonly plan: PlanKind;
}

/**
 * Reads the rows of a table found by `findGabarit`, examples set aside.
 * in     as `parseRows`; `plan`: rows marked with another plan are set aside
 * out    one outcome per row, blank ones included, as `parseRows` does
 */
export function readGabaritRows(
	rows: readonly (readonly CellValue[])[],
	table: Table,
	context: GabaritRows
): readonly RowOutcome[] {
	const columns = markedColumns(table);
	const repere = columns.find((c) => c.mark.cle === 'repere')?.index ?? -1;
	const isExample = examplesIn(table, context.gabarits);
	const marks = rows.map((row, i) => {
		if (i < table.premiereLigne - 1) return null;
		if (isExample(row)) return 'exemple' as const;
		return planNamed(cellText(row[repere] ?? null), context);
	});
	// Rows that say what they are would only mislead the reading of those that do not.
	const usualTable: Table = { ...table, colonnes: table.colonnes.filter((c) => isUsual(c)) };
	const bare = rows.map((row, i) => (marks[i] === 'exemple' ? [] : row.map((cell, c) => (c === repere ? null : cell))));
	const first = table.premiereLigne;
	// « idem » may stand under a row that says what it is, and in a column that only `read-cells` reads.
	const dittos = readDittos(bare.slice(first - 1), table, first, context.feuille);
	const usual = [...bare.slice(0, first - 1), ...dittos.rows];
	const loose = usual.map((row, i) => (marks[i] ? [] : row));
	// The usual reading spreads its own columns.
	const others: Table = { ...table, colonnes: table.colonnes.filter((c) => c.champ === 'titre' || !isUsual(c)) };
	const written = loose.slice(first - 1);
	const merged = spreadMerges(written, others, first, context.fusions);
	const filled = [...loose.slice(0, first - 1), ...merged.rows];
	const outcomes = new Map(parseRows(filled, usualTable, context).map((o) => [o.ligne, o]));
	const last = rows.findLastIndex((row) => row.some((cell) => !isEmpty(cell))) + 1;

	const read = (ligne: number): RowOutcome => {
		const cells = rows[ligne - 1] ?? [];
		const mark = marks[ligne - 1] ?? null;
		if (mark === 'exemple') return aside('ligne-de-consigne', 'exemple du modèle', cells, ligne, context);
		if (mark !== null && mark !== context.plan) {
			const court = context.plans.types.find((t) => t.code === mark)?.court ?? mark;
			return aside('ligne-filtree', `action d’un autre plan (${court})`, cells, ligne, context);
		}
		const about = { ...context, columns, ligne, exact: mark !== null };
		const said = cells.map((cell, c) => (c === repere ? null : cell));
		if (mark !== null) return exactRow(said, table, usualTable, about);
		const outcome = outcomes.get(ligne) ?? parseRow([], ligne, usualTable, context);
		if (outcome.draft === null) return outcome;
		const { draft, issues } = readCells(filled[ligne - 1] ?? [], outcome.draft, about);
		const told = dittos.issues.get(ligne - first) ?? [];
		return { ...outcome, draft, issues: [...told, ...outcome.issues, ...issues] };
	};
	const each = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => read(first + i));
	return tellCarried(each, merged, { rows: written, premiere: first, feuille: context.feuille });
}

function isUsual({ gabarit, champ }: MappedColumn): boolean {
	if (gabarit === undefined) return champ !== null;
	const { cle, suite } = markOf(gabarit);
	return USUAL.has(cle) && suite === 1;
}

function exactRow(
	cells: readonly CellValue[],
	table: Table,
	usualTable: Table,
	about: GabaritContext & RowContext
): RowOutcome {
	const titre = about.columns.find((c) => c.mark.cle === 'titre')?.index ?? -1;
	// A title is a title, whatever it looks like: « Total », « Axe 2 », « = 3 ».
	const named = cells.map((cell, i) => (i === titre && !isEmpty(cell) ? 'Action' : cell));
	if (isEmpty(cells[titre])) return parseRow(cells, about.ligne, { ...usualTable, ligneEntete: -99 }, about);
	if (isFiltered(cells, table, about)) return aside('ligne-filtree', 'filtre', cells, about.ligne, about);
	const usual = readDraft(named, about.ligne, usualTable, { ...about, axe: null });
	if (usual === null) return parseRow(cells, about.ligne, table, about);
	const { draft, issues } = readCells(cells, usual.draft, about);
	const own = new Set(about.columns.map((c) => c.entete));
	const kept = usual.issues.filter((i) => i.where.column === null || !own.has(i.where.column) || isTyped(i.code));
	return { ligne: about.ligne, etat: 'acceptee', draft, issues: [...kept, ...issues], raison: null };
}

function isFiltered(cells: readonly CellValue[], { colonnes }: Table, { filtre }: RowContext): boolean {
	if (!filtre) return false;
	const columns = colonnes.filter((c) => c.champ === filtre.champ || plain(c.entete) === plain(filtre.champ));
	return !columns.some((c) => plain(cellText(cells[c.index] ?? null)) === plain(filtre.valeur));
}

/** What a person typed over an exported cell and could not be understood is told; the rest is written as it was. */
const isTyped = (code: string): boolean =>
	['statut-inconnu', 'statut-interprete', 'montant-illisible', 'montant-intervalle', 'date-illisible'].includes(code);

/** The plan a row says it is of, by its code, short name or name; null for anything else. */
function planNamed(texte: string, { plans, gabarits, plan }: GabaritRows): PlanKind | null {
	const words = plain(texte);
	if (words === '') return null;
	if (words === plain(gabarits.repere.action)) return plan;
	return plans.types.find((t) => [t.code, t.court, t.libelle].some((name) => plain(name) === words))?.code ?? null;
}

function aside(
	code: 'ligne-de-consigne' | 'ligne-filtree',
	raison: string,
	cells: readonly CellValue[],
	ligne: number,
	{ feuille }: RowContext
): RowOutcome {
	const found = cells.flatMap((cell) => textOf(cell) ?? [])[0] ?? null;
	const message = `Ligne ${ligne}\u00a0: ${raison}, non lue comme une action.`;
	return {
		ligne,
		etat: 'ignoree',
		draft: null,
		issues: [rowIssue(code, 'info', { feuille, ligne }, message, { found })],
		raison
	};
}
