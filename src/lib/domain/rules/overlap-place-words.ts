import type { PlacedAction } from '../crossing/place';
import { once } from '../memory';
import { titleRoot, titleRoots } from './title-likeness';

/* Words of two titles that only say where: two actions of one quartier are neighbours, not one thing said twice. */

const WHERE: ReadonlySet<string> = new Set(
	'quartier prioritaire qpv politique ville commune secteur sein'.split(' ').map(titleRoot)
);

/** Roots of the names of quartiers and communes that an action gives. */
const placeRoots = once(
	({ reach, action }: PlacedAction): ReadonlySet<string> =>
		new Set(
			[
				...reach.flatMap(({ par, preuve }) => ((par === 'nom' || par === 'alias') && preuve ? [preuve] : [])),
				...action.quartiers,
				...action.communes
			].flatMap(titleRoots)
		)
);

/** in     roots that both titles hold; out those that say what is done, or to what */
export const sayingWords = (shared: readonly string[], a: PlacedAction, b: PlacedAction): readonly string[] =>
	shared.filter((root) => !WHERE.has(root) && !placeRoots(a).has(root) && !placeRoots(b).has(root));
