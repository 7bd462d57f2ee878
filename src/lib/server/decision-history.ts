import type { TerritoryRecords } from '../domain/crossing/territory-view';
import { ofPlan } from '../domain/crossing/referents';
import { namedApart } from '../domain/names-apart';
import { count } from '../domain/french';
import { decisionHistory, sentenceOf, type DecisionNames } from '../domain/pages/decision-history';
import { enjeuNames, natureNames } from '../domain/pages/page-model';
import type { Referentiel } from '../domain/rules/referentiel';
import { historyOf, type HistoryRow } from './db/decisions';
import type { DbOrTrx } from './db/client';
import { recordsOf } from './read-territory';

/** What one gesture decided, by the number of its first decision: its first line, and how many follow. */
export async function decisionSentence(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	named: Parameters<typeof namesIn>[0]
): Promise<(lot: number) => string> {
	const lots = new Map<number, HistoryRow[]>();
	for (const row of await historyOf(db, code)) lots.set(row.lot, [row, ...(lots.get(row.lot) ?? [])]);
	const names = namesIn(named, ref);
	return (lot) => {
		const [first, ...others] = lots.get(lot) ?? [];
		const said = first ? sentenceOf(first, names) : 'Décision';
		return others.length ? `${said}, et ${count(others.length, 'autre')}` : said;
	};
}

/** The history of a territory's decisions, with the names of what they are about; null when it is not there. */
export async function readDecisionHistory(
	db: DbOrTrx,
	ref: Referentiel,
	code: string,
	page: number,
	signatures = false
) {
	const records = await recordsOf(db, code);
	if (!records) return null;
	return {
		territory: records.territory,
		...decisionHistory(await historyOf(db, code), namesIn(records, ref), page, signatures)
	};
}

function namesIn(records: Pick<TerritoryRecords, 'actions' | 'quartiers'>, ref: Referentiel): DecisionNames {
	const actions = new Map(records.actions.map((a) => [a.id, a.titre]));
	const quartiers = new Map(namedApart(records.quartiers).map((q): [string, string] => [q.code, q.nom]));
	const [enjeux, natures] = [enjeuNames(ref), natureNames(ref)];
	const named = (c: string) => enjeux[c]?.court ?? natures[c];
	return {
		action: (id) => actions.get(id),
		quartier: (q) => quartiers.get(q),
		code: (c) => (named(c) ? `${c} ${named(c)}` : undefined),
		plan: (key) => ofPlan(key, ref.plans.types)
	};
}
