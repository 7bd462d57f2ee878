import type { TerritoryView } from '../domain/crossing/overview';
import { bodiesAsked } from '../domain/pages/gap-bodies';
import type { GapFilter } from '../domain/pages/gap-filter';
import { gapsPage, readGapFilter, type GapsPage } from '../domain/pages/gaps-page';
import { idsHere } from '../domain/rules/gaps-by-quartier';
import type { Referentiel } from '../domain/rules/referentiel';
import { IsoDate } from '../domain/source';
import type { DbOrTrx } from './db/client';
import { eveningRead, preparedPage, readAt, type EveningRead } from './read-evening';
import { readTerritory } from './read-territory';

/* The gaps that an address asks for. */

export interface GapsRead {
	readonly view: TerritoryView;
	readonly choisi: GapFilter;
	readonly page: GapsPage;
	/** The evening that is read instead of today, or why it cannot be. */
	readonly soir: EveningRead | null;
}

/** out    null when there is no such territory */
export async function readGaps(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	asOf: string,
	params: URLSearchParams
): Promise<GapsRead | null> {
	const now = await readTerritory(db, ref, code, asOf);
	if (!now) return null;
	const au = IsoDate.safeParse(params.get('au')).data ?? null;
	const then = await readAt(db, ref, now, au);
	const view = typeof then === 'string' ? now : then.view;
	const whole = preparedPage(view, ref);
	const bodies = bodiesAsked(view, ref.plans.types);
	const choisi = readGapFilter(params, whole, bodies);
	const page = gapsPage(whole, choisi, idsHere(view, choisi.quartier), bodies);
	return { view, choisi, page, soir: eveningRead(au, then) };
}
