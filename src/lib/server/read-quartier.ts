import { assessAll } from '../domain/rules/eligibility';
import type { QuartierView } from '../domain/crossing/overview';
import { quartierView } from '../domain/crossing/quartier-view';
import type { Referentiel } from '../domain/rules/referentiel';
import type { DbOrTrx } from './db/client';
import { getQuartier } from './db/territories';
import { crossedTerritory } from './read-territory';

/**
 * One quartier, seen from one of its territories.
 * in     `territoire`: needed for a quartier over two EPCI, or to see it from a group; else its first EPCI
 * out    null when the quartier is not in the database, or not of that territory
 */
export async function readQuartier(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	asOf: string,
	territoire?: string
): Promise<QuartierView | null> {
	const from = territoire ?? (await getQuartier(db, code))?.epci[0];
	const crossed = from ? await crossedTerritory(db, ref, from, asOf) : null;
	return crossed && quartierView(crossed, code, crossed.ref, (placed, where) => assessAll(placed, where, ref, asOf));
}
