import { plain } from '../../domain/text';
import type { Issue } from '../../domain/issue';
import type { CellValue, Workbook } from '../../domain/import/sheet';

/** A sheet from its header down; rows are numbered as the spreadsheet shows them. */
export interface HeadedTable {
	readonly feuille: string;
	readonly ligneEntete: number;
	readonly entetes: readonly string[];
	readonly lignes: readonly { readonly ligne: number; readonly cells: readonly CellValue[] }[];
}

/** A header or a property name without case, accent, space or punctuation: « taux_pauvrete_60% » → « tauxpauvrete60 ». */
export const squash = (header: string): string => plain(header).replaceAll(' ', '');

/** Position of the first alias that a header bears, -1 when none does. Aliases are squashed. */
export function columnOf(entetes: readonly string[], aliases: readonly string[]): number {
	for (const alias of aliases) {
		const at = entetes.findIndex((e) => squash(e) === alias);
		if (at >= 0) return at;
	}
	return -1;
}

const SEARCHED_ROWS = 30;

/** The first table whose header row suits, visible sheets first; null when no sheet has one in its first 30 rows. */
export function findTable(workbook: Workbook, suits: (entetes: readonly string[]) => boolean): HeadedTable | null {
	const sheets = [...workbook.sheets].sort((a, b) => Number(a.masquee) - Number(b.masquee));
	for (const sheet of sheets)
		for (let i = 0; i < Math.min(SEARCHED_ROWS, sheet.rows.length); i++) {
			const entetes = Array.from(sheet.rows[i]!, (cell) => textOf(cell));
			if (!suits(entetes)) continue;
			return {
				feuille: sheet.nom,
				ligneEntete: i + 1,
				entetes,
				lignes: sheet.rows.slice(i + 1).map((cells, j) => ({ ligne: i + 2 + j, cells }))
			};
		}
	return null;
}

export const textOf = (cell: CellValue | undefined): string => (cell == null ? '' : String(cell).trim());

/** An issue as the JSON of an import says it. */
export const anomalyLine = ({ code, severity, where, found, expected, message, hint }: Issue) => ({
	code,
	gravite: severity,
	feuille: where.sheet,
	ligne: where.row,
	colonne: where.column,
	trouve: found,
	attendu: expected,
	message,
	conseil: hint
});
export type AnomalyLine = ReturnType<typeof anomalyLine>;
