import { fundingPage, type FundingPage } from '../../domain/pages/funding-page';
import { entryLines, type EntryLine } from '../../domain/pages/funding-history';
import { cluesFrom } from '../../domain/funding/received';
import type { Referentiel } from '../../domain/rules/referentiel';
import type { IsoDate } from '../../domain/source';
import type { DbOrTrx } from '../db/client';
import { entriesOf } from '../db/funding-entries';
import { crossedTerritory } from '../read-territory';
import { lastByKey, versionOf } from './enter-funding';

/** The funding page of one action, with what was typed about it; null when the territory has no such action. */
export async function readFunding(
	db: DbOrTrx,
	ref: Referentiel,
	territoire: string,
	action: string,
	asOf: IsoDate,
	jour: IsoDate = asOf
): Promise<{ page: FundingPage; version: string; historique: EntryLine[] } | null> {
	const crossed = await crossedTerritory(db, ref, territoire, asOf);
	const placed = crossed?.placed.find((p) => p.action.id === action);
	if (!crossed || !placed) return null;
	const entries = await entriesOf(db, territoire, action);
	const last = lastByKey(entries);
	return {
		page: fundingPage(
			placed,
			crossed.view.territory,
			ref,
			jour,
			cluesFrom(crossed.placed, crossed.view.territory.communes, ref, jour)
		),
		version: versionOf(entries),
		historique: entryLines(entries, (e) => last.get(e.cle)?.id === e.id, ref)
	};
}
