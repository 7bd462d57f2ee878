import { anomaly, type Parsed } from '../issue';
import type { Money } from '../money';
import { isNobody, noFunderNote } from '../written-money';
import { readCost } from './cost-cell';
import { figureOf } from './header-marks';
import { cellsOf, quote, textOf } from './row-values';
import type { CellValue, Table } from './sheet';

/* What only the notes of a row can hold, and what they hold of its money. */

/**
 * « Budget : 300 000,55 € » on a line of the notes, where a format has no column for it.
 * out    its amount, and that it was found there; null when no line gives one
 */
export function notedBudget(cells: readonly CellValue[], table: Table, ligne: number): Parsed<Money> | null {
	for (const { cell, colonne } of cellsOf(cells, table, 'notes'))
		for (const line of (textOf(cell) ?? '').split('\n')) {
			const [, words] = /^Budget\s?:\s(.+)$/.exec(line.trim()) ?? [];
			const { value } = words === undefined ? { value: null } : readCost(words, 'inconnu');
			if (value === null) continue;
			const issue = anomaly(
				'montant-deduit',
				'info',
				`Ligne ${ligne}\u00a0: le budget est lu dans les notes, ${quote(words!)}.`,
				{ where: { column: colonne.entete }, found: line.trim(), hint: 'Écrivez-le plutôt dans sa colonne.' }
			);
			return { value, issues: [issue] };
		}
	return null;
}

/** « néant » under « Financeurs » is an answer: nobody pays, and the question is not asked again. */
export function nobodyPays(cells: readonly CellValue[], table: Table): string[] {
	const said = cellsOf(cells, table, 'financements').flatMap(({ cell }) =>
		typeof cell === 'string' ? cell.trim() : []
	);
	const words = said.filter((text) => text !== '');
	return words.length > 0 && words.every(isNobody) ? [noFunderNote(words[0]!)] : [];
}

/** « Bel-Air\u00a0: 12 ; Moulins\u00a0: 8 », the figures of a table by quartier or by commune. */
export function figures(cells: readonly CellValue[], table: Table): string[] {
	const said = table.colonnes.flatMap(({ index, entete, marque }) => {
		const figure = marque === undefined ? null : figureOf(cells[index] ?? null);
		return figure === null ? [] : [`${entete}\u00a0: ${figure}`];
	});
	return said.length ? [said.join(' ; ')] : [];
}
