import { CompiledQuery } from 'kysely';
import type { DbOrTrx, Tables } from './client';

type Value = string | number | null;

/** Rows written by one statement: measured fastest, two to five times over one row, a thousand, or a text of JSON. */
const CHUNK = 100;

/**
 * Writes many rows of one table.
 * in     one value per column, in the order of `columns`; `more`: what follows the values, « ON CONFLICT … »
 * never  prepares more than two texts per table, by a hundred and by one: statements are kept for ever
 */
export async function insertRows<T extends keyof Tables & string>(
	db: DbOrTrx,
	table: T,
	columns: readonly (keyof Tables[T] & string)[],
	rows: readonly (readonly Value[])[],
	more = ''
): Promise<void> {
	const one = `(${columns.map(() => '?').join(', ')})`;
	for (let from = 0; from < rows.length;) {
		const size = rows.length - from >= CHUNK ? CHUNK : 1;
		const values = Array<string>(size).fill(one).join(', ');
		const text = `INSERT INTO "${table}" (${columns.map((c) => `"${c}"`).join(', ')}) VALUES ${values} ${more}`;
		await db.executeQuery(CompiledQuery.raw(text, rows.slice(from, from + size).flat()));
		from += size;
	}
}
