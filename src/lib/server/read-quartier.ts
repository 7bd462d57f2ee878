import { assessAll } from '../domain/rules/eligibility';
import type { QuartierView } from '../domain/crossing/overview';
import { quartierView } from '../domain/crossing/quartier-view';
import type { Referentiel } from '../domain/rules/referentiel';
import { epciOf } from './cog';
import type { DbOrTrx } from './db/client';
import { isRefusal } from '../domain/issue';
import { crossedTerritory } from './read-territory';
import { seenFrom } from './shared-quartier';

/**
 * One quartier, seen from one of its territories.
 * in     `territoire`: to see it from a group, or from the other of its two EPCI; else the one that has plans
 * out    null when the quartier is not in the database, not of that territory, or when both its EPCI have plans
 */
export async function readQuartier(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	asOf: string,
	territoire?: string
): Promise<QuartierView | null> {
	const seen = territoire ? { territoire } : await seenFrom(db, code);
	const crossed = seen && !isRefusal(seen) ? await crossedTerritory(db, ref, seen.territoire, asOf) : null;
	const view =
		crossed && quartierView(crossed, code, crossed.ref, (placed, where) => assessAll(placed, where, ref, asOf));
	return view && { ...view, autresEpci: othersOf(view) };
}

/** The other intercommunalités of a quartier, those the official code knows. */
const othersOf = ({ summary: { quartier }, territory }: QuartierView) =>
	quartier.epci.flatMap((code) => {
		const epci = code === territory.code ? null : epciOf(code);
		return epci ? [{ code, nom: epci.nom }] : [];
	});
