import { sql } from 'kysely';
import type { IndicatorValue } from '../../domain/indicator';
import type { DbOrTrx } from './client';

// Nine values a row: well under the 32,766 parameters of SQLite.
const BATCH = 500;

/** Writes values; the same indicator of the same place from the same source is replaced. */
export async function saveIndicators(
	db: DbOrTrx,
	values: readonly IndicatorValue[],
	{ le }: { readonly le: string }
): Promise<void> {
	for (let i = 0; i < values.length; i += BATCH)
		await db
			.insertInto('indicateur_valeur')
			.values(
				values.slice(i, i + BATCH).map(({ code, lieu, valeur, millesime, source, origine }) => ({
					code,
					lieu_genre: lieu.genre,
					lieu: lieu.code,
					source,
					valeur,
					millesime,
					fichier: origine.fichier,
					ligne: origine.ligne,
					importe_le: le
				}))
			)
			.onConflict((c) =>
				c.columns(['code', 'lieu_genre', 'lieu', 'source']).doUpdateSet(({ ref }) => ({
					valeur: ref('excluded.valeur'),
					millesime: ref('excluded.millesime'),
					fichier: ref('excluded.fichier'),
					ligne: ref('excluded.ligne'),
					importe_le: ref('excluded.importe_le')
				}))
			)
			.execute();
}

/**
 * Values of some places, by their codes (quartiers, communes, EPCI); each place and indicator starts with its best value:
 * the most recent year, then the most recent import.
 */
export async function readIndicators(db: DbOrTrx, lieux: readonly string[]): Promise<IndicatorValue[]> {
	const rows = await db
		.selectFrom('indicateur_valeur')
		.selectAll()
		.where('lieu', 'in', sql<string>`(SELECT value FROM json_each(${JSON.stringify(lieux)}))`)
		.orderBy('code')
		.orderBy('lieu')
		.orderBy(sql`coalesce(millesime, '')`, 'desc')
		.orderBy('importe_le', 'desc')
		.orderBy('source')
		.execute();
	return rows.map((row) => ({
		code: row.code,
		lieu: { genre: row.lieu_genre, code: row.lieu },
		valeur: row.valeur,
		millesime: row.millesime,
		source: row.source,
		origine: { fichier: row.fichier, ligne: row.ligne }
	}));
}
