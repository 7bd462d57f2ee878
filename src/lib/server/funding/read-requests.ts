import { aimsInOrder } from '../../domain/crossing/aim-order';
import { aimedAt, readHere } from '../../domain/crossing/aim-trial';
import { bestReach, isActive, reaches } from '../../domain/crossing/coverage';
import type { PlacedAction } from '../../domain/crossing/place';
import { requestsPage, type RequestsChoice, type RequestsPage } from '../../domain/pages/requests-page';
import { assessAll } from '../../domain/rules/eligibility';
import type { Referentiel } from '../../domain/rules/referentiel';
import type { IsoDate } from '../../domain/source';
import type { Territory } from '../../domain/territory';
import type { DbOrTrx } from '../db/client';
import { quartiersOf } from '../db/territories';
import { grantsAround } from '../ledger/grants-around';
import { departmentOf } from '../ledger/departments';
import { crossedTerritory } from '../read-territory';

/** Who has no grant known, which actions could ask; null when the territory is not in the database. */
export async function readRequests(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	choice: RequestsChoice,
	asOf: IsoDate
): Promise<{ territory: Territory; page: RequestsPage } | null> {
	const crossed = await crossedTerritory(db, ref, code, asOf);
	if (!crossed) return null;
	const { territory } = crossed.view;
	const active = crossed.placed.filter(isActive);
	const { quartier } = choice;
	const here = (p: PlacedAction) => quartier !== null && reaches(bestReach(p, [quartier]));
	const quartiers = await quartiersOf(db, code);
	const grants = await grantsAround(db, territory);
	const { gaps } = crossed.view;
	const aims = quartier ? aimsInOrder(crossed, quartier).proposees : [];
	const out = aims.map((aim) => aim.action).filter((p) => !here(p));
	const aimed = new Set(out.map((p) => p.action.id));
	const elsewhere = active.filter((p) => !here(p) && !aimed.has(p.action.id));
	// As the page of the quartier tells them, as they would be once they aim at it, or as they are written.
	const verdicts = [
		...assessAll(
			active.filter(here).map((p) => readHere(p, quartier!)),
			quartier,
			ref,
			asOf
		),
		...out.flatMap((p) => assessAll([aimedAt(p, quartier!)], quartier, ref, asOf)),
		...assessAll(elsewhere, null, ref, asOf)
	];
	const ecrits = quartier ? assessAll(active, null, ref, asOf) : verdicts;
	const known = { gaps, asOf, ecrits, documents: crossed.view.documents };
	return {
		territory,
		page: requestsPage(territory, quartiers, active, verdicts, grants, ref, departmentOf, choice, known, aims)
	};
}
