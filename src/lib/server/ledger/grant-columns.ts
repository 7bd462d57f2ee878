import type { GrantColumn, GrantsFile } from '../../domain/ledger/grant';
import type { Workbook } from '../../domain/import/sheet';
import { columnOf, findTable, squash, type HeadedTable } from '../files/headed-table';

/* Which columns of a published list say what. */

/** First header that names each column; a header feeds one column. */
export function grantColumns(entetes: readonly string[], file: GrantsFile): Map<GrantColumn, number> {
	const found = new Map<GrantColumn, number>();
	for (const { colonne, entetes: names } of file.colonnes) {
		const at = columnOf(entetes, names.map(squash));
		if (at >= 0 && ![...found.values()].includes(at)) found.set(colonne, at);
	}
	return found;
}

/** The table of grants of a file: an amount, and what or whom it is for; null without one. */
export const grantTable = (workbook: Workbook, file: GrantsFile): HeadedTable | null =>
	findTable(workbook, (entetes) => {
		const at = grantColumns(entetes, file);
		return at.has('montant') && (at.has('intitule') || at.has('beneficiaire'));
	});
