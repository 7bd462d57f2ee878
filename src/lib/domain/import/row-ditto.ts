import type { Issue } from '../issue';
import { setAside } from './row-triage';
import { isEmpty, quote, rowIssue, textOf } from './row-values';
import type { CellValue, MappedColumn, Table } from './sheet';

/* « idem », « // »: a cell that says « as above ». */

type Row = readonly CellValue[];

const WORDS =
	/^[-–—\s("«]*(?:idem|ditto|ibid(?:em)?|id\.|même chose)(?:\s+(?:que\s+)?(?:ci-dessus|au-dessus|plus haut|(?:ligne |action )?précédente?))?[-–—\s)"».…]*$/i;
const SIGNS = /^[-–—\s]*(?:\/\/|″|〃|["”“»]|'')[-–—\s]*$/;

/** A cell that only says « as above », in words or by a sign. */
export const isDitto = (cell: CellValue | undefined): cell is string =>
	typeof cell === 'string' && cell.length < 40 && (SIGNS.test(cell) || WORDS.test(cell));

export interface Dittos {
	readonly rows: readonly Row[];
	/** What is said of each row that has some, by its rank. */
	readonly issues: ReadonlyMap<number, readonly Issue[]>;
}

const NOTHING_SAID: Dittos['issues'] = new Map();

/**
 * Rows with every « idem » read as the nearest filled cell above it, in the same column of the same table.
 * in     rows under the header, `premiere` = number of the first
 * out    the rows themselves when none says « idem »; one issue per cell, on its row
 * never  looks above the table, nor in a total or a section title; with nothing above, the cell is blank and somebody is asked
 */
export function readDittos(rows: readonly Row[], table: Table, premiere: number, feuille: string | null): Dittos {
	const columns = table.colonnes.filter(({ index }) => rows.some((row) => isDitto(row[index])));
	if (columns.length === 0) return { rows, issues: NOTHING_SAID };
	const held = new Map<number, { readonly cell: CellValue; readonly ligne: number }>();
	const issues = new Map<number, Issue[]>();
	const read = rows.map((row, i) => {
		const ligne = premiere + i;
		if (setAside(row, ligne, table) !== null) return row;
		let copy: CellValue[] | null = null;
		for (const column of columns) {
			const cell = row[column.index] ?? null;
			if (isDitto(cell)) {
				const above = held.get(column.index) ?? null;
				copy ??= [...row];
				copy[column.index] = above?.cell ?? null;
				if (column.champ !== null) {
					const told = issues.get(i) ?? [];
					issues.set(i, [...told, dittoIssue(cell, above, column, { feuille, ligne })]);
				}
			} else if (!isEmpty(cell)) held.set(column.index, { cell, ligne });
		}
		return copy ?? row;
	});
	return { rows: read, issues };
}

function dittoIssue(
	cell: string,
	above: { readonly cell: CellValue; readonly ligne: number } | null,
	{ entete, index }: MappedColumn,
	{ feuille, ligne }: { readonly feuille: string | null; readonly ligne: number }
): Issue {
	const found = cell.trim();
	const said = `Ligne ${ligne}, ${quote(entete)}\u00a0: ${quote(found)}`;
	const issue = above
		? rowIssue(
				'valeur-suspecte',
				'info',
				{ feuille, ligne, colonne: entete },
				`${said} est lu comme la ligne ${above.ligne}, ${quote(textOf(above.cell) ?? String(above.cell).trim())}.`,
				{ found, hint: 'Rien à faire si c’est bien la valeur voulue\u202f; sinon, écrivez-la en toutes lettres.' }
			)
		: rowIssue(
				'saisie-incomplete',
				'a-verifier',
				{ feuille, ligne, colonne: entete },
				`${said} ne suit aucune valeur\u202f; la cellule est laissée vide.`,
				{ found, hint: 'Écrivez la valeur en toutes lettres.' }
			);
	return { ...issue, where: { ...issue.where, index } };
}
