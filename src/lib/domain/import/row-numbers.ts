import type { ActionDraft } from '../action';
import { cellsOf, isEmpty, splitReference, textOf } from './row-values';
import type { CellValue, Table } from './sheet';

/* Levels told by numbers alone: « 1 Habiter », « 1.2 Rénover », and under them « 1.2.3 Isoler l’école ». */

type Row = readonly CellValue[];
type Levels = Pick<ActionDraft, 'axe' | 'objectif'>;

export interface NumberedRow extends Levels {
	/** A row with a number and a title only, over rows that its number begins. */
	readonly partie: boolean;
}

interface Parent {
	readonly numero: string;
	readonly titre: string;
}

/**
 * The numbered titles each row stands under.
 * in     rows under the headers
 * out    one per row; null when no row is the title of others, which is the case of most files
 * never  takes for a title a row that says anything else than its number and its name
 */
export function numberedLevels(rows: readonly Row[], table: Table): readonly NumberedRow[] | null {
	const own = new Set(table.colonnes.filter((c) => c.champ === 'titre' || c.champ === 'numero').map((c) => c.index));
	const bare = rows.map((row) => row.every((cell, index) => isEmpty(cell) || own.has(index)));
	if (!bare.some(Boolean)) return null;
	let parents: Parent[] = [];
	let some = false;
	const levels = rows.map((row, i): NumberedRow => {
		const named = numberOf(row, table, parents.length > 0 || bare[i] === true);
		if (named) parents = parents.filter((p) => isUnder(named.numero, p.numero));
		const under = levelsOf(parents);
		const next = named && bare[i] ? nextNumber(rows, i, table) : null;
		const partie = named !== null && next !== null && isUnder(next, named.numero);
		if (partie) {
			parents = [...parents, named];
			some = true;
		}
		return { ...under, partie };
	});
	return some ? levels : null;
}

const isUnder = (numero: string, parent: string): boolean => numero.startsWith(`${parent}.`);

function levelsOf(parents: readonly Parent[]): Levels {
	const [first, ...others] = parents.map(({ numero, titre }) => `${numero}. ${titre}`);
	return { axe: first ?? null, objectif: others.length > 0 ? others.join(' › ') : null };
}

/** « 1.2 » and its title, from a column of numbers or from the title itself. */
function numberOf(row: Row, table: Table, wanted: boolean): Parent | null {
	if (!wanted) return null;
	const titre = cellsOf(row, table, 'titre').flatMap((f) => textOf(f.cell) ?? [])[0];
	if (titre === undefined) return null;
	const numero = cellsOf(row, table, 'numero')
		.flatMap((f) => textOf(f.cell) ?? [])
		.at(-1);
	const split = splitReference(titre);
	const loose = /^(\d+(?:\.\d+)*)\.?\s+(\p{L}.*)$/su.exec(titre.trim());
	const written = numero ?? split.reference ?? loose?.[1];
	if (written === undefined || written === null) return null;
	const dotted = written.trim().replaceAll('-', '.').replace(/\.$/, '');
	if (!/^\d{1,2}(?:\.\d{1,3}){0,4}$/.test(dotted)) return null;
	return { numero: dotted, titre: numero === undefined ? (loose?.[2] ?? split.titre) : split.titre };
}

function nextNumber(rows: readonly Row[], from: number, table: Table): string | null {
	const next = rows.slice(from + 1, from + 6).find((row) => row.some((cell) => !isEmpty(cell)));
	return next ? (numberOf(next, table, true)?.numero ?? null) : null;
}
