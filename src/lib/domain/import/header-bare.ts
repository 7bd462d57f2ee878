import { cellText } from './cell';
import { columnName } from './issue-cells';
import { anomaly, type Issue } from '../issue';
import type { CellValue, MappedColumn } from './sheet';

/* Columns with values and no header: shown under their letter, so that a person may say what they are. */

/** Beyond that many in one table, they are no columns but a drift. */
const MOST = 40;
const SEEN = 3;

/**
 * The columns of a table that no header names.
 * in     `rows`: those under the header, all of them; `named`: columns that have a header
 * out    only those with a value somewhere, in order, as read as nothing
 * never  takes a few rows longer than their headers for a column: past the last header, half of the rows must go there
 */
export function bareColumns(rows: readonly (readonly CellValue[])[], named: readonly MappedColumn[]): MappedColumn[] {
	const known = new Set(named.map((column) => column.index));
	const end = 1 + Math.max(-1, ...known);
	const gaps = Array.from({ length: end }, (_, index) => index).filter((index) => !known.has(index));
	const filled = new Map<number, number>();
	let written = 0;
	const count = (row: readonly CellValue[], index: number): void => {
		if (cellText(row[index] ?? null) !== '') filled.set(index, (filled.get(index) ?? 0) + 1);
	};
	for (const row of rows) {
		if (row.length > 0) written++;
		for (const index of gaps) count(row, index);
		for (let index = end; index < row.length; index++) count(row, index);
	}
	return [...filled]
		.filter(([index, rows]) => index < end || 2 * rows >= written)
		.map(([index]) => index)
		.sort((a, b) => a - b)
		.slice(0, MOST)
		.map((index) => bare(index, firstValues(rows, index)));
}

export const bareIssue = ({ index, entete, exemples }: MappedColumn): Issue =>
	anomaly('colonne-inconnue', 'info', `La colonne ${columnName(index)} n’a pas de titre\u00a0: elle n’est pas lue.`, {
		where: { column: entete },
		found: exemples[0] ?? null,
		expected: 'un titre sur la ligne des en-têtes',
		hint: 'Sur la page «\u00a0Colonnes\u00a0», choisissez un champ pour elle si elle est utile.'
	});

const bare = (index: number, exemples: readonly string[]): MappedColumn => ({
	...{ index, entete: `Colonne ${columnName(index)}, sans titre`, sansTitre: true, champ: null, confiance: 0 },
	...{ role: null, financeur: null, base: 'inconnu', exemples }
});

function firstValues(rows: readonly (readonly CellValue[])[], index: number): string[] {
	const seen = new Set<string>();
	for (const row of rows) {
		const text = row.length > index ? cellText(row[index] ?? null) : '';
		if (text !== '') seen.add(text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text);
		if (seen.size === SEEN) break;
	}
	return [...seen];
}
