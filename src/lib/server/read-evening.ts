import type { TerritoryView } from '../domain/crossing/overview';
import { territoryPage, type TerritoryPage } from '../domain/pages/page-model';
import type { Referentiel } from '../domain/rules/referentiel';
import type { DbOrTrx } from './db/client';
import { readPast, type PastRead } from './read-past';

/* The evening an address asks for instead of today, and the page of the territory it is read on. */

/** The evening that is read, or why it cannot be. */
export type EveningRead =
	{ readonly jour: string; readonly reserves: readonly string[] } | { readonly jour: string; readonly refus: string };

/** A territory is prepared once for all the figures that are opened on it. */
const prepared = new WeakMap<TerritoryView, TerritoryPage>();

export function preparedPage(view: TerritoryView, ref: Referentiel): TerritoryPage {
	const page = prepared.get(view) ?? territoryPage(view, ref);
	prepared.set(view, page);
	return page;
}

/** A territory today, or on the evening that is asked; a sentence when that evening cannot be told for sure. */
export async function readAt(
	db: DbOrTrx,
	ref: Referentiel,
	now: TerritoryView,
	au: string | null
): Promise<Omit<PastRead, 'nom'> | string> {
	if (au === null || au >= now.asOf) return { view: now, reserves: [] };
	return readPast(db, ref, now, { genre: 'date', valeur: au });
}

export function eveningRead(au: string | null, then: Omit<PastRead, 'nom'> | string): EveningRead | null {
	if (au === null) return null;
	return typeof then === 'string' ? { jour: au, refus: then } : { jour: au, reserves: then.reserves };
}
