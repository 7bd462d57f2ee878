import type { Champ } from '../action';
import type { CellValue } from './cell';
import type { Issue } from '../issue';
import type { Basis } from '../money';

export type { CellValue };

/** A cell of a sheet: row from 1, column from 0. */
export interface CellRef {
	readonly ligne: number;
	readonly colonne: number;
}

/** A cell of the file, and what it holds. */
export interface SourceCell extends CellRef {
	readonly feuille: string;
	readonly contenu: CellValue;
}

/** Cells merged over several rows, named by the first of them, which alone holds what they say. */
export interface MergedCells extends CellRef {
	/** Rows covered, its own counted: two at least. */
	readonly hauteur: number;
}

/** `rows[i]` is row i + 1 as the spreadsheet shows it; short rows are allowed. */
export interface Sheet {
	readonly nom: string;
	readonly masquee: boolean;
	readonly rows: readonly (readonly CellValue[])[];
	/** Of delimited text: how many cells each row had, the blank ones at its end counted. */
	readonly largeurs?: readonly number[];
	/** Formulas saved without their value: they read as blanks. */
	readonly formules?: readonly CellRef[];
	/** Cells merged down several rows; below the first they read as blanks. */
	readonly fusions?: readonly MergedCells[];
	/** Headings over a table of a text document, outermost first: they say its axis, its name does not. */
	readonly sections?: readonly string[];
	/** Where each row was first written, when the sheet was put together from others; by row, null where it is made up. */
	readonly origines?: readonly ({ readonly feuille: string; readonly ligne: number } | null)[];
	/** With `origines`: the cells of the file each cell is made of, by row then column; none for what nobody wrote. */
	readonly cellules?: readonly (readonly (readonly SourceCell[])[])[];
}

export interface Workbook {
	readonly fichier: string;
	readonly format:
		'xlsx' | 'xls' | 'ods' | 'csv' | 'html' | 'ademe-json' | 'plan-json' | 'docx' | 'odt' | 'geojson' | 'gpkg' | 'shp';
	/** For delimited text: what was understood, to be shown. */
	readonly lecture: { readonly encodage: string; readonly separateur: string } | null;
	readonly sheets: readonly Sheet[];
	/** What was mended to read the file at all. */
	readonly issues?: readonly Issue[];
}

/** One column of a table and the field it feeds; `champ` is null when nothing matches. */
export interface MappedColumn {
	/** 0-based. */
	readonly index: number;
	readonly entete: string;
	readonly champ: Champ | null;
	/** 0 to 1. */
	readonly confiance: number;
	/** For `financements`: what the column says, and which dispositif or financeur its header names. */
	readonly role: 'financeur' | 'base' | 'demande' | 'obtenu' | 'montant' | null;
	readonly financeur: string | null;
	/** For amounts: basis written in the header. */
	readonly base: Basis;
	/** For amounts: euros in one unit of the column, when its header says « k€ » or « M€ »; absent means 1. */
	readonly unite?: number;
	/** Its header says a share, and its numbers are shares of 1: 0,25 is 25 %. */
	readonly fractions?: true;
	/** For a column to be ticked: what a mark in it means, « Bel-Air », « 2026 ». */
	readonly marque?: string;
	/** Column of our own template or export, by its key: read as it was written. */
	readonly gabarit?: string;
	/** Mark between several values of one cell, when a person chose it; '' never cuts. */
	readonly separateur?: string;
	/** No header names it: `entete` says its letter. */
	readonly sansTitre?: true;
	/** A person said what this column is. */
	readonly choisie?: boolean;
	/** First values seen, for the eye. */
	readonly exemples: readonly string[];
}

/** Where the actions are in a sheet. Rows are 1-based, as the spreadsheet shows them. */
export interface Table {
	readonly feuille: string;
	readonly ligneEntete: number;
	/** Cells of the row above the headers, or of their first row when they stand on two: groups of columns. */
	readonly bandeau?: readonly CellValue[];
	/** First row under the header that may be data; type and instruction rows after it are ignored one by one. */
	readonly premiereLigne: number;
	/** Last row to read, when another table follows on the same sheet. */
	readonly derniereLigne?: number;
	readonly colonnes: readonly MappedColumn[];
}
