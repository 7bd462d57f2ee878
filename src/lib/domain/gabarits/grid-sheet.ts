import type { GridCell } from './write-rows';

/* A sheet to write, whatever the format: what Excel and LibreOffice both know how to show. */

export type GridStyle = 'titre' | 'prose' | 'banniere' | 'entete' | 'exemple' | 'ligne';

export interface GridRow {
	readonly style: GridStyle;
	readonly cellules: readonly GridCell[];
}

export interface GridColumn {
	/** In characters. */
	readonly largeur: number;
	readonly genre: 'texte' | 'euros' | 'nombre' | 'date';
	/** Fill of its header, RRGGBB. */
	readonly couleur: string | null;
}

/** A drop-down, or a word of help, on the rows of a column. Indexes are 0-based, ends included. */
export interface GridMenu {
	readonly colonne: number;
	readonly de: number;
	readonly a: number;
	/** Cells of another sheet that hold the list; null when there is only help. */
	readonly source: {
		readonly feuille: string;
		readonly colonne: number;
		readonly de: number;
		readonly a: number;
	} | null;
	/** The list proposes, anything else may be written. */
	readonly libre: boolean;
	readonly titre: string;
	readonly aide: string;
}

export interface GridSheet {
	readonly nom: string;
	readonly masquee: boolean;
	readonly colonnes: readonly GridColumn[];
	readonly lignes: readonly GridRow[];
	/** Rows and columns that stay in sight. */
	readonly figees: { readonly lignes: number; readonly colonnes: number };
	readonly menus: readonly GridMenu[];
	/** Whether the header row has the buttons to filter and sort. */
	readonly filtre: boolean;
}

/** A row shows at most that many lines: beyond, a cell is read in the formula bar. */
const TALLEST = 12;

/** Lines that a row needs so that nothing written is hidden; a row of prose runs across the sheet. */
export function linesOf({ style, cellules }: GridRow, colonnes: readonly GridColumn[]): number {
	const whole = colonnes.reduce((sum, c) => sum + c.largeur, 0);
	const needed = cellules.map((cell, c) => {
		if (typeof cell !== 'string') return 1;
		const room = style === 'prose' || style === 'titre' ? whole : (colonnes[c]?.largeur ?? 10);
		// Words do not fill a line to its end.
		return cell.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil((line.length * 1.15) / room)), 0);
	});
	const least = style === 'entete' ? 3 : 1;
	return Math.min(TALLEST, Math.max(least, ...needed));
}
