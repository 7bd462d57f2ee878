import type { PlanKind } from '../action';
import { cellText } from './cell';
import { quoted } from '../french';
import type { HeaderPlaces } from './header-marks';
import { matchColumns } from './header-match';
import { headerAt } from './header-rows';
import { columnName } from './issue-cells';
import { anomaly, type Issue } from '../issue';
import type { PlansFile } from '../rules/referentiel';
import type { CellValue, Sheet, Table } from './sheet';
import { findTable, withExamples, type Candidate } from './template';
import { plain } from '../text';

/* The table of a file that nobody recognises: a person says which sheet and which row hold the headers. */

const SAMPLE_ROWS = 40;
const HEADER_WITHIN = 60;
/** What is shown of a sheet so that its row of headers can be pointed at. */
const GLANCE = { lignes: 12, colonnes: 8, lettres: 48 };

export interface HeaderPlace {
	readonly feuille?: string | null;
	/** 1-based, as the spreadsheet shows it. */
	readonly ligneEntete?: number | null;
}

export interface Located {
	readonly tables: readonly Table[];
	readonly issues: readonly Issue[];
	readonly candidates: readonly Candidate[];
	/** Nothing was recognised: the headers are a guess, for a person to confirm. */
	readonly devinee: boolean;
}

/**
 * Where the actions are: where a person says, or where they are recognised, or else the likeliest row of headers.
 * empty  no sheet with two columns and a row under them → no table, and a `bloquant` issue
 */
export function locateTables(
	sheets: readonly Sheet[],
	plans: PlansFile,
	plan: PlanKind,
	at: HeaderPlace,
	places: HeaderPlaces
): Located {
	const wanted = at.feuille ? { feuille: at.feuille } : {};
	const found = findTable(sheets, plans, plan, { ...wanted, places });
	const { candidates } = found;
	if (at.ligneEntete) {
		const sheet = sheets.find((s) => plain(s.nom) === plain(at.feuille ?? candidates[0]?.feuille ?? ''));
		const byHand = sheet && tableAt(sheet, at.ligneEntete, plans, plan, places);
		if (byHand) return { ...byHand, candidates, devinee: false };
		return { tables: [], issues: [noSuchRow(at.ligneEntete)], candidates, devinee: false };
	}
	if (found.table) return { tables: found.tables, issues: found.issues, candidates, devinee: false };
	const guess = guessHeader(sheets.filter((s) => !at.feuille || plain(s.nom) === plain(at.feuille)));
	const guessed = guess && tableAt(guess.sheet, guess.ligneEntete, plans, plan, places);
	return guessed
		? { ...guessed, candidates, devinee: true }
		: { tables: [], issues: found.issues, candidates, devinee: false };
}

/** The table under one row; a column with values and no name bears its letter. */
function tableAt(
	sheet: Sheet,
	ligneEntete: number,
	plans: PlansFile,
	plan: PlanKind,
	places: HeaderPlaces
): Pick<Located, 'tables' | 'issues'> | null {
	if (ligneEntete > sheet.rows.length) return null;
	const header = headerAt(sheet.rows, ligneEntete - 1, plans, plan);
	const below = sheet.rows.slice(header.premiere, header.premiere + SAMPLE_ROWS);
	const width = Math.max(header.entetes.length, ...below.map((row) => row.length));
	const entetes = Array.from({ length: width }, (_, index): CellValue => {
		const own = cellText(header.entetes[index] ?? null);
		const filled = below.some((row) => cellText(row[index] ?? null) !== '');
		return own === '' && filled ? `Colonne ${columnName(index)}` : own;
	});
	if (entetes.every((name) => cellText(name) === '')) return null;
	const samples = (index: number): CellValue[] => below.map((row) => row[index] ?? null);
	const { columns, issues } = matchColumns(entetes, samples, plans, plan, header.banner, places);
	const table: Table = {
		feuille: sheet.nom,
		ligneEntete,
		bandeau: header.banner,
		premiereLigne: header.premiere + 1,
		colonnes: withExamples(columns, below)
	};
	const where = { sheet: sheet.nom, row: ligneEntete };
	return { tables: [table], issues: issues.map((i) => ({ ...i, where: { ...where, column: i.where.column } })) };
}

/** The first row as wide as the table below it, in the sheet that holds the most. */
function guessHeader(sheets: readonly Sheet[]): { readonly sheet: Sheet; readonly ligneEntete: number } | null {
	const filled = (row: readonly CellValue[]): number => row.filter((cell) => cellText(cell) !== '').length;
	const guesses = sheets
		.filter((sheet) => !sheet.masquee)
		.flatMap((sheet) => {
			const widths = sheet.rows.slice(0, HEADER_WITHIN).map(filled);
			const widest = Math.max(0, ...widths);
			const at = widths.findIndex((n) => n >= 2 && n >= 0.6 * widest);
			const below = sheet.rows.slice(at + 1).filter((row) => filled(row) > 0).length;
			return at < 0 || below === 0 ? [] : [{ sheet, ligneEntete: at + 1, size: widest * below }];
		});
	return guesses.sort((a, b) => b.size - a.size)[0] ?? null;
}

/** First rows of a sheet, so that the row of headers can be pointed at. */
export function glance(sheet: Sheet): { readonly ligne: number; readonly cellules: readonly string[] }[] {
	return sheet.rows.slice(0, HEADER_WITHIN).flatMap((row, i) => {
		const cellules = Array.from(row.slice(0, GLANCE.colonnes), (cell) => {
			const text = cellText(cell ?? null);
			return text.length > GLANCE.lettres ? `${text.slice(0, GLANCE.lettres - 1).trimEnd()}…` : text;
		});
		return cellules.some((text) => text !== '') ? [{ ligne: i + 1, cellules }] : [];
	}).slice(0, GLANCE.lignes); // prettier-ignore
}

const noSuchRow = (ligne: number): Issue =>
	anomaly('colonne-inconnue', 'bloquant', `La ligne ${ligne} ne peut pas être celle des en-têtes\u00a0: elle est vide ou hors de la feuille.`, {
		where: { row: ligne },
		found: quoted(`ligne ${ligne}`),
		expected: 'une ligne qui nomme au moins une colonne',
		hint: 'Choisissez une autre ligne de cette feuille.'
	}); // prettier-ignore
