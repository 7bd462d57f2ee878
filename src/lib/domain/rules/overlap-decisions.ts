import type { Decision } from '../action';
import type { PlacedAction } from '../crossing/place';
import { VERDICTS, type OverlapVerdict } from './overlaps';

/* What a person said of a pair, and whether the two actions are still those that were seen. */

export interface OverlapDecision {
	readonly verdict: OverlapVerdict;
	readonly par: string;
	readonly le: string;
	readonly motif: string | null;
	/** One of the two actions changed since. */
	readonly aRevoir: boolean;
}

/** Facts a verdict rests on: when they change, it is to be looked at again. */
export const pairPrint = (a: PlacedAction, b: PlacedAction): string =>
	JSON.stringify(
		[a, b].map(({ action }) => [action.titre, action.dates, action.porteur, action.quartiers, action.budget])
	);

/** The last verdict on each pair, by its id. */
export function pairDecisions(
	decisions: readonly Decision[],
	byId: ReadonlyMap<string, PlacedAction>
): ReadonlyMap<string, OverlapDecision> {
	const last = new Map(decisions.filter((d) => d.sujet.genre === 'recoupement').map((d) => [d.sujet.id, d]));
	return new Map(
		[...last].flatMap(([id, decision]): [string, OverlapDecision][] => {
			const [a, b] = id.split('|').map((one) => byId.get(one));
			const read = a && b && readPairDecision(decision, pairPrint(a, b));
			return read ? [[id, read]] : [];
		})
	);
}

function readPairDecision({ valeur, par, le, motif }: Decision, empreinte: string): OverlapDecision | null {
	const said = valeur as { verdict?: string; empreinte?: string } | null | undefined;
	const verdict = VERDICTS.find((v) => v === said?.verdict);
	return verdict ? { verdict, par, le, motif, aRevoir: said?.empreinte !== empreinte } : null;
}
