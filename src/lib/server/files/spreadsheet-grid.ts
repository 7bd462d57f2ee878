import { writeXlsx, type Cell, type CellStyle, type DataValidation, type RowDef, type WriteSheet } from 'hucre';
import {
	linesOf,
	type GridColumn,
	type GridMenu,
	type GridSheet,
	type GridStyle
} from '../../domain/gabarits/grid-sheet';
import { columnName } from '../../domain/import/issue-cells';
import type { GridCell } from '../../domain/gabarits/write-rows';
import { datedArchive } from '../exports/export-archive';
import { fittedTo, quotedSheet, repeatedHeaders } from './sheet-on-paper';

/* Tables to fill in and tables of actions as an Excel workbook: drop-downs, help in the cells, headers that stay in sight. */

const FORMATS: Readonly<Record<GridColumn['genre'], string | undefined>> = {
	texte: '@',
	euros: '#,##0.00 "€"',
	nombre: '0.##',
	date: 'dd/mm/yyyy'
};
const DAY = (iso: string): Date => new Date(`${iso}T00:00:00Z`);
/** Characters that a page holds across, reduced to what can still be read: a wider table takes several. */
const PAGE = 260;
/** Points, of a line of text. */
const LINE = 15;
const FONT = { name: 'Calibri', size: 11 } as const;
/** What Excel shows of the help of a cell. */
const HELP_CHARACTERS = 255;

/**
 * Sheets as an .xlsx workbook.
 * out    texts are texts, whatever they begin with: nothing is a formula, a link or an outside reference
 */
export async function writeGridXlsx(sheets: readonly GridSheet[], day: string): Promise<Uint8Array> {
	const created = DAY(day);
	const output = await writeXlsx({
		sheets: sheets.map(toSheet),
		namedRanges: repeatedHeaders(sheets.map((sheet) => ({ name: sheet.nom, header: headerOf(sheet) }))),
		defaultFont: FONT,
		properties: { creator: 'Croisée', created, modified: created }
	});
	return datedArchive(new Uint8Array(output as Uint8Array), day);
}

function headerOf({ lignes }: GridSheet): number | null {
	const at = lignes.findIndex((l) => l.style === 'entete');
	return at < 0 ? null : at;
}

function toSheet(sheet: GridSheet): WriteSheet {
	const { colonnes, lignes, figees, menus } = sheet;
	const cells = new Map<string, Partial<Cell>>();
	const rowDefs = new Map<number, RowDef>();
	const merges: NonNullable<WriteSheet['merges']> = [];
	lignes.forEach(({ style, cellules }, r) => {
		rowDefs.set(r, { height: LINE * linesOf(lignes[r]!, colonnes) });
		if (style === 'prose' && colonnes.length > 1)
			merges.push({ startRow: r, startCol: 0, endRow: r, endCol: colonnes.length - 1 });
		cellules.forEach((cell, c) => {
			if (cell === null) return;
			cells.set(`${r},${c}`, { value: valueOf(cell), style: styleOf(style, colonnes[c], cell) });
		});
	});
	const header = headerOf(sheet);
	const last = columnName(colonnes.length - 1);
	return {
		name: sheet.nom,
		rows: lignes.map(({ cellules }) => cellules.map(valueOf)),
		cells,
		merges,
		rowDefs,
		columns: colonnes.map(({ largeur, genre }) => ({
			width: largeur,
			style: { alignment: { wrapText: true, vertical: 'top' }, ...(FORMATS[genre] ? { numFmt: FORMATS[genre] } : {}) }
		})),
		...(figees.lignes || figees.colonnes ? { freezePane: { rows: figees.lignes, columns: figees.colonnes } } : {}),
		...(sheet.filtre && header !== null
			? { autoFilter: { range: `A${header + 1}:${last}${Math.max(header + 2, lignes.length)}` } }
			: {}),
		dataValidations: menus.map(validation),
		...(sheet.masquee ? { hidden: true } : {}),
		pageSetup: fittedTo(Math.ceil(colonnes.reduce((sum, c) => sum + c.largeur, 0) / PAGE))
	};
}

const valueOf = (cell: GridCell): string | number | Date | null =>
	cell !== null && typeof cell === 'object' ? DAY(cell.date) : typeof cell === 'string' ? literal(cell) : cell;

/** « _x000D_ » is how a workbook writes a character: a text that holds those very signs must say so. */
const literal = (text: string): string => text.replace(/_(?=x[0-9A-F]{4}_)/gi, '_x005F_');

function styleOf(style: GridStyle, column: GridColumn | undefined, cell: GridCell): CellStyle {
	const fill = (rgb: string): Pick<CellStyle, 'fill'> => ({
		fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb } }
	});
	const alignment = { wrapText: style !== 'titre', vertical: 'top' } as const;
	const numFmt = typeof cell === 'string' ? undefined : FORMATS[column?.genre ?? 'texte'];
	const shown = numFmt && numFmt !== '@' ? { numFmt } : {};
	if (style === 'titre') return { font: { ...FONT, bold: true, size: 14 }, alignment };
	if (style === 'entete' || style === 'banniere')
		return { font: { ...FONT, bold: true }, alignment, ...fill(column?.couleur ?? 'EAEDE8') };
	if (style === 'exemple')
		return { font: { ...FONT, italic: true, color: { rgb: '5B615C' } }, alignment, ...fill('F3F3F0'), ...shown };
	return { alignment, ...shown };
}

function validation({ colonne, de, a, source, libre, titre, aide }: GridMenu): DataValidation {
	const letter = columnName(colonne);
	const shared = {
		range: `${letter}${de + 1}:${letter}${a + 1}`,
		allowBlank: true,
		showInputMessage: true,
		inputTitle: titre.slice(0, 32),
		inputMessage: aide.slice(0, HELP_CHARACTERS)
	};
	if (!source) return { ...shared, type: 'custom', formula1: 'TRUE', showErrorMessage: false };
	const from = columnName(source.colonne);
	return {
		...shared,
		type: 'list',
		formula1: `${quotedSheet(source.feuille)}!$${from}$${source.de + 1}:$${from}$${source.a + 1}`,
		showErrorMessage: !libre,
		errorStyle: 'warning',
		errorTitle: titre.slice(0, 32),
		errorMessage: 'Cette valeur n’est pas dans la liste. La garder quand même\u202f?'
	};
}
