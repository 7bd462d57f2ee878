import { decisionHistory } from '../domain/pages/decision-history';
import { enjeuNames, natureNames } from '../domain/pages/page-model';
import type { Referentiel } from '../domain/rules/referentiel';
import { historyOf } from './db/decisions';
import type { DbOrTrx } from './db/client';
import { recordsOf } from './read-territory';

/** The history of a territory's decisions, with the names of what they are about; null when it is not there. */
export async function readDecisionHistory(db: DbOrTrx, ref: Referentiel, code: string, page: number) {
	const records = await recordsOf(db, code);
	if (!records) return null;
	const actions = new Map(records.actions.map((a) => [a.id, a.titre]));
	const quartiers = new Map(records.quartiers.map((q): [string, string] => [q.code, q.nom]));
	const [enjeux, natures] = [enjeuNames(ref), natureNames(ref)];
	const named = (c: string) => enjeux[c]?.court ?? natures[c];
	return {
		territory: records.territory,
		...decisionHistory(
			await historyOf(db, code),
			{
				action: (id) => actions.get(id),
				quartier: (q) => quartiers.get(q),
				code: (c) => (named(c) ? `${c} ${named(c)}` : undefined)
			},
			page
		)
	};
}
