import { isActive } from '../../domain/crossing/coverage';
import { requestsPage, type RequestsChoice, type RequestsPage } from '../../domain/pages/requests-page';
import { assessAll } from '../../domain/rules/eligibility';
import type { Referentiel } from '../../domain/rules/referentiel';
import type { IsoDate } from '../../domain/source';
import type { Territory } from '../../domain/territory';
import type { DbOrTrx } from '../db/client';
import { listGrants } from '../db/grants';
import { quartiersOf } from '../db/territories';
import { isFictional } from '../ledger/geography';
import { departmentOf } from '../ledger/ledger-view';
import { placedGrants } from '../ledger/read-ledger';
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
	const verdicts = assessAll(active, null, ref, asOf);
	const quartiers = await quartiersOf(db, code);
	// A fictional territory reads the fictional list, a real one the real lists.
	const stored = (await listGrants(db)).filter((s) => isFictional(s.grant) === territory.fictif);
	const grants = await placedGrants(db, stored);
	return {
		territory,
		page: requestsPage(territory, quartiers, active, verdicts, grants, ref, departmentOf, choice, {
			gaps: crossed.view.gaps,
			asOf
		})
	};
}
