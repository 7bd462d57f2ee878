import { isHalf, isNever } from '../crossing/half-crossing';
import { isNamed, type PlacedAction } from '../crossing/place';
import { niveauOf, type GapView } from './gap-context';
import type { EnjeuCroise } from './referentiel';

/* What of the plans of droit commun speaks against a quartier (G02): half of a crossing counts both ways. */

export const isCommon = ({ droitCommun }: GapView, { action }: PlacedAction): boolean =>
	droitCommun.includes(action.plan);

/**
 * in     `held`: actions of droit commun that carry the crossing and come to the quartier, or may
 *        `same`: actions of its transition enjeu that come there
 * out    those of `held` but the halves of a kind of plan of which an action of that enjeu names the quartier: it does come there
 */
export function heldAgainst(
	view: GapView,
	quartier: string,
	croise: EnjeuCroise,
	held: readonly PlacedAction[],
	same: readonly PlacedAction[]
): readonly PlacedAction[] {
	const isWhole = (a: PlacedAction) => a.croises.some((c) => c.code === croise.code && c.complet);
	if (held.every(isWhole)) return held;
	const isHere = (b: PlacedAction) => {
		if (!isCommon(view, b) || !isNamed(niveauOf(b, quartier))) return false;
		const said = b.transition.find((t) => t.code === croise.transition);
		return said !== undefined && isHalf(said, croise, b.action) && !isNever([said], croise, b.action.titre);
	};
	const here = new Set(same.filter(isHere).map((b) => b.action.plan));
	return here.size === 0 ? held : held.filter((a) => isWhole(a) || !here.has(a.action.plan));
}
