import type { PlanKind } from '../action';
import { cellText } from '../import/cell';
import type { Located } from '../import/header-by-hand';
import { anomaly, type Issue } from '../issue';
import type { CellValue, MappedColumn, Sheet, Table } from '../import/sheet';
import { findTable } from '../import/template';
import { plain } from '../text';
import type { PlansFile } from '../rules/referentiel';
import { labelOf, rankBase, repereColumn, type GabaritDef, type GabaritKey, type GabaritsFile } from './gabarit';

/* Our own table in a workbook: known by its headers, word for word, wherever people moved or removed columns. */

/** « quartiers#2 »: the key of a column and its rank; « description#1+2 » is the second part of a long text. */
export interface GabaritMark {
	readonly cle: GabaritKey | 'repere';
	readonly n: number;
	readonly suite: number;
}

export const markText = ({ cle, n, suite }: GabaritMark): string => `${cle}#${n}${suite > 1 ? `+${suite}` : ''}`;

export function markOf(text: string): GabaritMark {
	const [, cle = '', n = '1', suite = '1'] = /^([a-z_]+)#(\d+)(?:\+(\d+))?$/.exec(text) ?? [];
	return { cle: cle as GabaritMark['cle'], n: Number(n), suite: Number(suite) };
}

/** A header row may have been pushed down by a title. */
const HEADER_WITHIN = 20;
/** Characters; longer, a cell is no header of ours. */
const HEADER_LENGTH = 80;

interface Known {
	readonly pattern: RegExp;
	readonly def: GabaritDef | null;
	readonly base: number;
}

/**
 * The tables of a workbook that are ours.
 * out    null when no sheet has our headers; a table whose columns are all sure, and those people added
 */
export function findGabarit(
	sheets: readonly Sheet[],
	def: GabaritsFile,
	plans: PlansFile,
	plan: PlanKind,
	feuille: string | null
): Located | null {
	const known = knownHeaders(def, plans);
	const found = sheets.flatMap((sheet) => {
		if (feuille !== null && plain(sheet.nom) !== plain(feuille)) return [];
		const header = sheet.rows.slice(0, HEADER_WITHIN).findIndex((row) => isHeader(row, known));
		return header < 0 ? [] : [tableOf(sheet, header, known, plans, plan)];
	});
	if (found.length === 0) return null;
	const tables = found.map((f) => f.table);
	const rows = found.some(({ table, sheet }) => holdsRows(sheet, table, def));
	const candidates = found.map(({ sheet, table }) => ({
		feuille: sheet.nom,
		lignes: sheet.rows.length - table.ligneEntete,
		reconnues: table.colonnes.filter((c) => c.champ !== null).length
	}));
	const issues = [...(rows ? [] : [onlyExamples(tables[0]!)]), ...found.flatMap((f) => f.issues)];
	return { tables, issues, candidates, devinee: false };
}

/** Whether a sheet has our headers. */
export function hasOwnTable(sheets: readonly Sheet[], def: GabaritsFile, plans: PlansFile): boolean {
	const known = knownHeaders(def, plans);
	return sheets.some((sheet) => sheet.rows.slice(0, HEADER_WITHIN).some((row) => isHeader(row, known)));
}

function knownHeaders(def: GabaritsFile, plans: PlansFile): readonly Known[] {
	const own = new Map<string, Known>();
	const add = (libelle: string, column: GabaritDef | null, base: number): void => {
		const words = plain(libelle.replace('{n}', '0'));
		const pattern = new RegExp(`^${words.replace(/\b0\b/, '(\\d{1,3})')}(?: suite (\\d{1,3}))?$`);
		if (!own.has(words)) own.set(words, { pattern, def: column, base });
	};
	add(repereColumn(def).libelle, null, 0);
	for (const column of def.colonnes)
		for (const type of [null, ...plans.types]) add(labelOf(column, type), column, rankBase(def, column));
	return [...own.values()];
}

function match(
	header: CellValue,
	known: readonly Known[]
): { readonly mark: GabaritMark; readonly def: GabaritDef | null } | null {
	const words = plain(cellText(header));
	if (words === '') return null;
	for (const { pattern, def, base } of known) {
		const found = pattern.exec(words);
		if (!found) continue;
		const numbered = def?.libelle.includes('{n}') ?? false;
		const [n, suite] = numbered ? [found[1], found[2]] : ['1', found[1]];
		return { mark: { cle: def?.cle ?? 'repere', n: base + Number(n ?? 1), suite: Number(suite ?? 1) }, def };
	}
	return null;
}

/** Our title, beside our marker or, once it has been removed, a header that nobody else words so; or no header but ours. */
const isHeader = (row: readonly CellValue[], known: readonly Known[]): boolean => {
	const texts = row.map(cellText).filter((text) => text !== '');
	const short = texts.filter((text) => text.length <= HEADER_LENGTH).map(plain);
	if (texts.length < 2 || !among(short, known, ({ def }) => def?.cle === 'titre')) return false;
	if (among(short, known, ({ def }) => def === null || def.propre)) return true;
	return short.length === texts.length && short.every((text) => known.some(({ pattern }) => pattern.test(text)));
};

const among = (texts: readonly string[], known: readonly Known[], which: (k: Known) => boolean): boolean =>
	known.some((k) => which(k) && texts.some((text) => k.pattern.test(text)));

function tableOf(
	sheet: Sheet,
	header: number,
	known: readonly Known[],
	plans: PlansFile,
	plan: PlanKind
): { readonly sheet: Sheet; readonly table: Table; readonly issues: readonly Issue[] } {
	// What people added is understood as in any file.
	const usual = findTable([{ ...sheet, rows: sheet.rows.slice(header) }], plans, plan);
	const same = usual.table?.ligneEntete === 1 ? usual.table.colonnes : [];
	const headers = sheet.rows[header] ?? [];
	const seen = new Set<string>();
	const colonnes = headers.flatMap((cell, index): MappedColumn[] => {
		const entete = cellText(cell);
		if (entete === '') return [];
		const before = same.find((c) => c.index === index);
		const exemples = before?.exemples ?? [];
		const blank = { index, entete, role: null, financeur: null, base: 'inconnu' as const, exemples };
		const ours = match(cell, known);
		const gabarit = ours ? markText(ours.mark) : null;
		if (!ours || gabarit === null || seen.has(gabarit))
			return [before ? { ...before } : { ...blank, champ: null, confiance: 0 }];
		seen.add(gabarit);
		return [{ ...blank, champ: ours.def?.champ ?? null, confiance: 1, gabarit }];
	});
	const added = new Set(colonnes.filter((c) => c.gabarit === undefined).map((c) => c.entete));
	const issues = usual.issues
		.filter((i) => i.where.column !== null && added.has(i.where.column))
		.map((i) => ({ ...i, where: { ...i.where, row: i.where.row === null ? null : i.where.row + header } }));
	const table: Table = { feuille: sheet.nom, ligneEntete: header + 1, premiereLigne: header + 2, colonnes };
	return { sheet, table, issues };
}

function holdsRows(sheet: Sheet, table: Table, def: GabaritsFile): boolean {
	const example = examplesIn(table, def);
	return sheet.rows.slice(table.ligneEntete).some((row) => row.some((cell) => cellText(cell) !== '') && !example(row));
}

/** Tells the rows given as a model, never actions: by their mark or, once its column has been removed, by their title and reference. */
export function examplesIn(table: Table, def: GabaritsFile): (row: readonly CellValue[]) => boolean {
	const at = (mark: string): number => table.colonnes.find((c) => c.gabarit === mark)?.index ?? -1;
	const [repere, titre, reference] = [at('repere#1'), at('titre#1'), at('reference#1')];
	const said = (row: readonly CellValue[], index: number): string => plain(cellText(row[index] ?? null));
	if (repere >= 0) return (row) => said(row, repere) === plain(def.repere.exemple);
	const given = (cle: GabaritKey): string[] =>
		(def.colonnes.find((c) => c.cle === cle)?.exemples ?? []).map((text) => plain(String(text)));
	const [titles, references] = [given('titre'), given('reference')];
	return (row) => {
		const i = titles.indexOf(said(row, titre));
		return i >= 0 && (reference < 0 || said(row, reference) === references[i]);
	};
}

const onlyExamples = (table: Table): Issue =>
	anomaly('saisie-incomplete', 'bloquant', 'Le modèle n’est pas rempli\u00a0: il n’a que ses lignes d’exemple.', {
		where: { sheet: table.feuille, row: table.ligneEntete },
		expected: 'une action par ligne, sous les exemples',
		hint: 'Écrivez vos actions sous les lignes d’exemple, en laissant vide la première colonne.'
	});

export interface MarkedColumn {
	readonly index: number;
	readonly entete: string;
	readonly mark: GabaritMark;
}

/** The columns of a table that are ours, but for those that a person gave another field. */
export const markedColumns = (table: Table): MarkedColumn[] =>
	table.colonnes.flatMap(({ index, entete, gabarit, champ }) => {
		const mark = gabarit === undefined ? null : markOf(gabarit);
		return mark === null || (champ === null && mark.cle !== 'repere') ? [] : [{ index, entete, mark }];
	});
