import type { Champ } from '../action';
import type { Issue } from '../issue';
import { isYearly, type Basis, type Money } from '../money';
import { plain } from '../text';
import { oneLine } from './cell';
import { readCost } from './cost-cell';
import { cellsOf, textOf } from './row-values';
import type { CellValue, Table } from './sheet';

/**
 * What the columns of one field say in money.
 * in     `base`: of the amounts whose header says none
 * out    the column of the total when there is one, else the sum of those that are filled; null when none is. `nonLu`: the
 *        words of a cell that holds figures, when none of them could be read
 */
export function readAmounts(cells: readonly CellValue[], table: Table, champ: Champ, base: Basis): ReadAmounts {
	const filled = cellsOf(cells, table, champ).filter((f) => textOf(f.cell) !== null);
	const total = filled.find((f) => /\b(?:total|totaux|global)\b/.test(plain(f.colonne.entete)));
	const read = (total ? [total] : filled).map(({ cell, colonne }) => {
		const { value, issues } = readCost(cell, colonne.base === 'inconnu' ? base : colonne.base, colonne.unite);
		return { value, issues: issues.map((i) => ({ ...i, where: { ...i.where, column: colonne.entete } })) };
	});
	const values = read.flatMap((r) => r.value ?? []);
	const written = filled.map((f) => oneLine(textOf(f.cell)!)).filter((text) => /\d/.test(text));
	const issues = read.flatMap((r) => r.issues);
	// « 20 000 €/an pendant 3 ans » gives its total.
	const isWorkedOut = issues.some((i) => i.code === 'montant-deduit');
	return {
		value: values.length === 0 ? null : values.reduce(plus),
		nonLu: values.length === 0 && written.length > 0 ? written.join(' ; ') : null,
		parAn: values.length > 0 && !isWorkedOut ? (written.find(isYearly) ?? null) : null,
		issues
	};
}

interface ReadAmounts {
	readonly value: Money | null;
	readonly issues: readonly Issue[];
	/** Words that hold figures and gave no amount. */
	readonly nonLu: string | null;
	/** Words of an amount that is that of one year. */
	readonly parAn: string | null;
}

function plus(a: Money, b: Money): Money {
	const add = (x: number, y: number): number => (Math.round(x * 100) + Math.round(y * 100)) / 100;
	const max = a.max === null && b.max === null ? null : add(a.max ?? a.euros, b.max ?? b.euros);
	return { euros: add(a.euros, b.euros), base: a.base === b.base ? a.base : 'inconnu', max };
}
