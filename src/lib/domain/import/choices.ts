import { z } from 'zod';
import { Champ } from '../action';
import { cellText } from './cell';
import type { CellValue, MappedColumn, Sheet, Table } from './sheet';
import { plain } from '../text';

/* What a person changes of an import before it is saved: columns, cells. The file itself is never touched. */

export const ColumnChoice = z.object({
	/** Field the column feeds; null leaves it out. */
	champ: Champ.nullable(),
	/** Mark between several values of one cell; null lets the usual ones decide. */
	separateur: z.string().max(5).nullable()
});
export type ColumnChoice = z.infer<typeof ColumnChoice>;

/** Choices by `columnKey`. */
export const ColumnChoices = z.record(z.string(), ColumnChoice);
export type ColumnChoices = z.infer<typeof ColumnChoices>;

/** One cell corrected on the screen. `colonne` is 0-based, `ligne` as the spreadsheet shows it. */
export const Correction = z.object({
	feuille: z.string(),
	ligne: z.number().int().positive(),
	colonne: z.number().int().nonnegative(),
	valeur: z.string().nullable()
});
export type Correction = z.infer<typeof Correction>;

/** Names of the columns of a table that stay the same from one file to the next: words of the header, and rank among equals. */
export function columnKeys(colonnes: readonly Pick<MappedColumn, 'entete'>[]): string[] {
	const seen = new Map<string, number>();
	return colonnes.map(({ entete }) => {
		const name = plain(entete);
		const rank = (seen.get(name) ?? 0) + 1;
		seen.set(name, rank);
		return rank === 1 ? name : `${name}#${rank}`;
	});
}

/** A table with what people chose for its columns; a chosen column is sure. */
export function applyColumnChoices(table: Table, choices: ColumnChoices): Table {
	const keys = columnKeys(table.colonnes);
	const colonnes = table.colonnes.map((column, i): MappedColumn => {
		const choice = choices[keys[i]!];
		if (!choice) return column;
		const { marque: _, ...rest } = column;
		const kept = choice.champ === column.champ ? column : { ...rest, role: null, financeur: null };
		return {
			...kept,
			champ: choice.champ,
			confiance: choice.champ === null ? 0 : 1,
			...(choice.separateur === null ? {} : { separateur: choice.separateur })
		};
	});
	return { ...table, colonnes };
}

/** Sheets with the corrected cells in place; a correction outside of what the sheet holds is left. */
export function applyCorrections(sheets: readonly Sheet[], corrections: readonly Correction[]): readonly Sheet[] {
	if (corrections.length === 0) return sheets;
	return sheets.map((sheet) => {
		const own = corrections.filter((c) => c.feuille === sheet.nom && c.ligne <= sheet.rows.length);
		if (own.length === 0) return sheet;
		const rows = [...sheet.rows];
		for (const { ligne, colonne, valeur } of own) {
			const row: CellValue[] = [...(rows[ligne - 1] ?? [])];
			while (row.length <= colonne) row.push(null);
			row[colonne] = valeur === null || cellText(valeur) === '' ? null : valeur;
			rows[ligne - 1] = row;
		}
		return { ...sheet, rows };
	});
}
