import { isActive } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import type { Verdict } from '../rules/eligibility';
import type { Referentiel } from '../rules/referentiel';
import { financingPlan, heldOf } from './plan';

/* Actions for which a stream is worth asking, and no request is known. */

/** `aucune-connue`: a list of the stream is loaded and neither it nor the plan shows a request; `aucune-liste`: only the plan speaks. */
export type RequestState = 'connue' | 'aucune-connue' | 'aucune-liste';

export interface Unasked {
	readonly dispositif: string;
	readonly action: string;
	/** Best verdict among the measures of the stream. */
	readonly verdict: 'a-instruire' | 'indetermine';
	readonly mesures: readonly string[];
	readonly etat: RequestState;
	/** Facts that the nearest measure lacks. */
	readonly manquants: number;
}

/**
 * Crosses verdicts with what is asked for.
 * in     active actions with their verdicts; `listed`: families of which a list speaks for this territory
 * out    one entry per action and family with a verdict that discards nothing; families in référentiel order
 * never  says « connue » for a line that is only considered, nor decides between « no list » and « not asked »
 */
export function unaskedStreams(
	placed: readonly PlacedAction[],
	verdicts: readonly Verdict[],
	ref: Pick<Referentiel, 'financements' | 'planDeFinancement'>,
	listed: ReadonlySet<string>
): Unasked[] {
	const open = new Map<string, Verdict[]>();
	for (const verdict of verdicts)
		if (verdict.verdict !== 'ecarte') open.set(verdict.action, [...(open.get(verdict.action) ?? []), verdict]);
	return placed.filter(isActive).flatMap((one) => {
		const own = open.get(one.action.id) ?? [];
		if (own.length === 0) return [];
		const plan = financingPlan(one, ref);
		return ref.financements.flatMap(({ id }): Unasked[] => {
			const all = own.filter((v) => v.dispositif === id);
			if (all.length === 0) return [];
			// As on the page of the action: a grant of one measure says nothing of the others of its family.
			const left = all.filter((v) => heldOf(plan, v.mesure, id) === null);
			const here = left.length ? left : all;
			const ready = here.filter((v) => v.verdict === 'a-instruire');
			const lacks = (v: Verdict): number => v.manquants.filter((r) => r.bloquant).length;
			return [
				{
					dispositif: id,
					action: one.action.id,
					verdict: ready.length ? 'a-instruire' : 'indetermine',
					mesures: (ready.length ? ready : here).map((v) => v.mesure),
					etat: left.length === 0 ? 'connue' : listed.has(id) ? 'aucune-connue' : 'aucune-liste',
					manquants: Math.min(...here.map(lacks))
				}
			];
		});
	});
}
