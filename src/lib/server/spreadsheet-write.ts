import { writeOds, writeXlsx, type Cell, type WriteSheet } from 'hucre';

export interface OutColumn {
	readonly titre: string;
	readonly genre: 'texte' | 'euros' | 'nombre';
}

/** A sheet to write: lines of text above, then a table under a bold header. Null is an empty cell, never 0. */
export interface OutSheet {
	readonly nom: string;
	readonly entete: readonly string[];
	readonly colonnes: readonly OutColumn[];
	readonly lignes: readonly (readonly (string | number | null)[])[];
}

const FORMATS: Record<OutColumn['genre'], string | undefined> = {
	texte: undefined,
	euros: '#,##0.00 "€"',
	nombre: '#,##0.##'
};

/** Writes sheets as a real workbook: figures stay figures, texts stay texts (a text that starts with « = » is no formula). */
export async function writeWorkbook(sheets: readonly OutSheet[], format: 'xlsx' | 'ods' = 'xlsx'): Promise<Uint8Array> {
	const names = new Set<string>();
	const input = {
		sheets: sheets.map((sheet) => toSheet(sheet, uniqueName(sheet.nom, names))),
		defaultFont: { name: 'Calibri', size: 11 }
	};
	const output = format === 'ods' ? await writeOds(input) : await writeXlsx(input);
	return new Uint8Array(output as Uint8Array);
}

function toSheet(sheet: OutSheet, name: string): WriteSheet {
	const headerRow = sheet.colonnes.length ? sheet.entete.length + (sheet.entete.length ? 1 : 0) : -1;
	const rows = [
		...sheet.entete.map((line) => [line]),
		...(sheet.entete.length && sheet.colonnes.length ? [[]] : []),
		...(sheet.colonnes.length ? [sheet.colonnes.map((c) => c.titre)] : []),
		...sheet.lignes.map((line) => [...line])
	];
	const cells = new Map<string, Partial<Cell>>();
	sheet.entete.forEach((line, r) =>
		cells.set(`${r},0`, { value: line, style: r === 0 ? { font: { bold: true, size: 14 } } : {} })
	);
	sheet.colonnes.forEach((column, c) => {
		cells.set(`${headerRow},${c}`, {
			value: column.titre,
			style: {
				font: { bold: true },
				fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'EAEDE8' } },
				alignment: { wrapText: true, vertical: 'top' }
			}
		});
		sheet.lignes.forEach((line, r) => {
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
		columns: sheet.colonnes.map((column, c) => ({
			width: width(
				column,
				sheet.lignes.map((l) => l[c] ?? null)
			)
		})),
		...(headerRow >= 0 ? { freezePane: { rows: headerRow + 1, columns: 0 } } : {}),
		pageSetup: { orientation: 'landscape', fitToWidth: 1, fitToHeight: 0 }
	};
}

function width(column: OutColumn, values: readonly (string | number | null)[]): number {
	const longest = Math.max(column.titre.length, ...values.map((v) => (v === null ? 0 : String(v).length)));
	return Math.min(60, Math.max(10, longest + 2));
}

/** Sheet names: 31 characters, none of []:*?/\, none twice. */
function uniqueName(wanted: string, taken: Set<string>): string {
	const base =
		wanted
			.replace(/[[\]:*?/\\]/g, ' ')
			.slice(0, 31)
			.trim() || 'Feuille';
	let name = base;
	for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${base.slice(0, 28)} ${i}`;
	taken.add(name.toLowerCase());
	return name;
}
