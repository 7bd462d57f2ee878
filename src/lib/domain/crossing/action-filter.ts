import type { Action, PlanKind, Statut } from '../action';
import { firstYear } from './past-end';
import type { PlacedAction } from './place';
import { entryOfAction, type PlanEntry } from './plan-entries';

/* Which actions a reading keeps. What an action does not say leaves it « perhaps »: a blank is never a « no ». */

export interface ActionFilter {
	readonly plan: PlanEntry | null;
	readonly nature: string | null;
	readonly statut: Statut | null;
	/** Family or measure of data/financements. */
	readonly dispositif: string | null;
	/** Years, both included. */
	readonly depuis: number | null;
	readonly jusqua: number | null;
	/** Kinds of plan left out. */
	readonly sansPlans: readonly PlanKind[];
}

export const EVERY_ACTION: ActionFilter = {
	plan: null,
	nature: null,
	statut: null,
	dispositif: null,
	depuis: null,
	jusqua: null,
	sansPlans: []
};

export type Kept = 'oui' | 'non' | 'inconnu';

/** Does it leave anything out? */
export const isNarrow = ({ sansPlans, ...asked }: ActionFilter): boolean =>
	sansPlans.length > 0 || Object.values(asked).some((value) => value !== null);

/**
 * Does an action pass a filter?
 * in     `fundingKeys`: the dispositifs it names, families included
 * out    'non' as soon as one thing it says leaves it out; else 'inconnu' when it is silent on something asked
 */
export function passes(
	filter: ActionFilter,
	fundingKeys: (placed: PlacedAction) => readonly string[]
): (placed: PlacedAction) => Kept {
	return (placed) => {
		const { action, nature } = placed;
		return worst([
			filter.plan === null || filter.plan === entryOfAction(placed) ? 'oui' : 'non',
			filter.sansPlans.includes(action.plan) ? 'non' : 'oui',
			same(filter.nature, nature?.code ?? null),
			same(filter.statut, action.statut),
			funded(filter.dispositif, action, fundingKeys(placed)),
			during(filter, action.dates)
		]);
	};
}

/** What two filters say of the same action, taken together. */
export const worst = (answers: readonly Kept[]): Kept =>
	answers.includes('non') ? 'non' : answers.includes('inconnu') ? 'inconnu' : 'oui';

const same = (asked: string | null, said: string | null): Kept =>
	asked === null || asked === said ? 'oui' : said === null ? 'inconnu' : 'non';

/** An action that names no money at all may well have asked for some. */
function funded(asked: string | null, { financements }: Action, keys: readonly string[]): Kept {
	if (asked === null || keys.includes(asked)) return 'oui';
	return financements.length === 0 ? 'inconnu' : 'non';
}

/** Under way at some time between the two years. */
function during({ depuis, jusqua }: ActionFilter, dates: Action['dates']): Kept {
	if (depuis === null && jusqua === null) return 'oui';
	const year = (day: string | null | undefined) => (day ? Number(day.slice(0, 4)) : null);
	const [debut, fin] = [firstYear(dates), year(dates?.fin)];
	if ((fin !== null && depuis !== null && fin < depuis) || (debut !== null && jusqua !== null && debut > jusqua))
		return 'non';
	const begins = debut !== null && (depuis === null || debut >= depuis);
	const ends = fin !== null && (jusqua === null || fin <= jusqua);
	// One known end inside the years is enough; else both must be known to say that it spans them.
	return begins || ends || (debut !== null && fin !== null) ? 'oui' : 'inconnu';
}
