import { writeOds, writeXlsx, type Cell, type RowDef, type WriteSheet } from 'hucre';
import type { Sheet } from '../../domain/import/sheet';
import { datedArchive } from '../exports/export-archive';
import { fittedTo, repeatedHeaders } from './sheet-on-paper';

export interface OutColumn {
	readonly titre: string;
	readonly genre: 'texte' | 'euros' | 'nombre';
}

/** A sheet to write: lines of text above, a table under a bold header, lines below. Null is an empty cell, never 0. */
export interface OutSheet {
	readonly nom: string;
	readonly entete: readonly string[];
	readonly colonnes: readonly OutColumn[];
	readonly lignes: readonly (readonly (string | number | null)[])[];
	readonly pied?: readonly string[];
}

const FORMATS: Record<OutColumn['genre'], string | undefined> = {
	texte: undefined,
	euros: '#,##0.00 "€"',
	nombre: '#,##0.##'
};
/** Points, of a line of text at the default size. */
const LINE = 15;
/** Characters, of the one column of a sheet without a table. */
const ALONE = 110;

/**
 * Writes sheets as a real workbook: figures stay figures, texts stay texts (a text that starts with « = » is no formula).
 * in     `day`: date of the file; the same sheets and day make the same bytes
 */
export async function writeWorkbook(
	sheets: readonly OutSheet[],
	format: 'xlsx' | 'ods' = 'xlsx',
	day = '2000-01-01'
): Promise<Uint8Array> {
	const names = new Set<string>();
	const date = new Date(`${day}T00:00:00Z`);
	const named = sheets.map((sheet) => ({ sheet, name: uniqueName(sheet.nom, names), header: headerRowOf(sheet) }));
	const input = {
		sheets: named.map(({ sheet, name }) => toSheet(sheet, name)),
		namedRanges: repeatedHeaders(named),
		defaultFont: { name: 'Calibri', size: 11 },
		properties: { creator: 'Croisée', created: date, modified: date }
	};
	const output = format === 'ods' ? await writeOds(input) : await writeXlsx(input);
	return datedArchive(new Uint8Array(output as Uint8Array), day);
}

/** Index of the header of the table, under the lines above it and a blank one. */
const headerRowOf = ({ entete, colonnes }: OutSheet): number | null =>
	colonnes.length ? entete.length + (entete.length ? 1 : 0) : null;

function toSheet(sheet: OutSheet, name: string): WriteSheet {
	const { entete, colonnes, lignes, pied = [] } = sheet;
	const widths = colonnes.map((column, c) =>
		width(
			column,
			lignes.map((l) => l[c] ?? null)
		)
	);
	const table = colonnes.length > 0;
	const headerRow = headerRowOf(sheet) ?? entete.length;
	const lastRow = headerRow + lignes.length;
	const footRow = (table ? lastRow + 1 : entete.length) + (pied.length ? 1 : 0);
	const rows: (string | number | null)[][] = [
		...entete.map((line) => [line]),
		...(entete.length && table ? [[]] : []),
		...(table ? [colonnes.map((c) => c.titre), ...lignes.map((line) => [...line])] : []),
		...(pied.length ? [[], ...pied.map((line) => [line])] : [])
	];
	const cells = new Map<string, Partial<Cell>>();
	const rowDefs = new Map<number, RowDef>();
	const merges: NonNullable<WriteSheet['merges']> = [];
	const across = Math.max(1, colonnes.length);
	const room = table ? widths.reduce((a, b) => a + b, 0) : ALONE;
	const prose = (line: string, row: number, title: boolean) => {
		cells.set(`${row},0`, {
			value: line,
			style: {
				...(title ? { font: { bold: true, size: 14 } } : {}),
				alignment: { wrapText: !title, vertical: 'top' }
			}
		});
		if (title) return;
		if (across > 1) merges.push({ startRow: row, startCol: 0, endRow: row, endCol: across - 1 });
		rowDefs.set(row, { height: LINE * Math.ceil((line.length * 1.1) / room) });
	};
	entete.forEach((line, r) => prose(line, r, r === 0));
	pied.forEach((line, r) => prose(line, footRow + r, false));
	colonnes.forEach((column, c) => {
		cells.set(`${headerRow},${c}`, {
			value: column.titre,
			style: {
				font: { bold: true },
				fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'EAEDE8' } },
				alignment: { wrapText: true, vertical: 'top' }
			}
		});
		lignes.forEach((line, r) => {
			const value = line[c] ?? null;
			if (value === null) return;
			const numFmt = typeof value === 'number' ? FORMATS[column.genre] : undefined;
			cells.set(`${headerRow + 1 + r},${c}`, {
				value,
				style: { alignment: { wrapText: typeof value === 'string', vertical: 'top' }, ...(numFmt ? { numFmt } : {}) }
			});
		});
	});
	return {
		name,
		rows,
		cells,
		merges,
		rowDefs,
		columns: table ? widths.map((w) => ({ width: w })) : [{ width: ALONE }],
		...(table ? { freezePane: { rows: headerRow + 1, columns: 0 } } : {}),
		pageSetup: fittedTo(1)
	};
}

function width(column: OutColumn, values: readonly (string | number | null)[]): number {
	const longest = Math.max(column.titre.length, ...values.map((v) => (v === null ? 0 : String(v).length)));
	return Math.min(60, Math.max(10, longest + 2));
}

/** Characters, of the name of a sheet. */
const NAME = 31;

/** Sheet names: 31 characters, cut between two words, none of []:*?/\, none twice, no quote at either end. */
function uniqueName(wanted: string, taken: Set<string>): string {
	const clean = (text: string) => text.trim().replace(/^'+|'+$/g, '');
	const allowed = wanted.replace(/[[\]:*?/\\]/g, ' ').trim();
	const cut =
		allowed.length > NAME
			? allowed
					.slice(0, NAME + 1)
					.replace(/\s+\S*$/, '')
					.slice(0, NAME)
			: allowed;
	const base = clean(cut) || 'Feuille';
	let name = base;
	for (let i = 2; taken.has(name.toLowerCase()); i++)
		name = `${base.slice(0, NAME - 1 - String(i).length).trim()} ${i}`;
	taken.add(name.toLowerCase());
	return name;
}

/**
 * Cells as they were read, in a plain workbook: the same rows and columns, so that « D14 » stays « D14 ».
 * out    bytes of an XLSX file, and the name each sheet bears in it
 */
export async function writeCells(
	sheets: readonly Sheet[]
): Promise<{ readonly octets: Uint8Array; readonly noms: ReadonlyMap<string, string> }> {
	const taken = new Set<string>();
	const noms = new Map(sheets.map((sheet) => [sheet.nom, uniqueName(sheet.nom, taken)]));
	const octets = await writeXlsx({
		sheets: sheets.map((sheet) => ({
			name: noms.get(sheet.nom)!,
			rows: sheet.rows.map((row) => [...row]),
			columns: columnsOf(sheet.rows)
		}))
	});
	return { octets: new Uint8Array(octets as Uint8Array), noms };
}

/** Widths by the first rows; a long text does not push the others off the screen. */
function columnsOf(rows: Sheet['rows']): { width: number }[] {
	const first = rows.slice(0, 200);
	const count = first.reduce((n, row) => Math.max(n, row.length), 0);
	return Array.from({ length: count }, (_, c) => ({
		width: Math.min(50, Math.max(8, ...first.map((row) => String(row[c] ?? '').length + 2)))
	}));
}
