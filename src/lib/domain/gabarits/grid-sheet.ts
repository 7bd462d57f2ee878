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

/** 0 → « A », 26 → « AA ». */
export function columnLetters(index: number): string {
	const before = Math.floor(index / 26);
	return `${before > 0 ? columnLetters(before - 1) : ''}${String.fromCharCode(65 + (index % 26))}`;
}
