import { INSECABLE, number } from '../french';
import type { CrossingHere } from '../crossing/overview';
import type { Gap } from '../rules/gaps';
import { isOpenAlert } from './open-gaps';

/* How the gaps of a quartier relate to the crossings its title counts: the two figures are not the same. */

type Told = Pick<Gap, 'ecartee' | 'reponse' | 'enjeu'>;

/**
 * in     findings of the quartier, and its crossings
 * out    « 19 sur un croisement sans réponse structurante, 1 avec »; null when all are of the first kind, or there is none
 */
export function gapsBeside(
	gaps: readonly Told[],
	croises: readonly Pick<CrossingHere, 'code' | 'coverage'>[]
): string | null {
	const open = gaps.filter(isOpenAlert);
	const answer = new Map(croises.map((x) => [x.code, x.coverage]));
	const held = open.filter((g) => answer.get(g.enjeu ?? '') === 'structurante').length;
	const other = open.filter((g) => !answer.has(g.enjeu ?? '')).length;
	const bare = open.length - held - other;
	if (held + other === 0) return null;
	const told = (n: number, words: string) => (n ? [`${number(n)}${INSECABLE}${words}`] : []);
	return [
		...told(bare, 'sur un croisement sans réponse structurante'),
		...told(held, bare ? 'avec' : 'sur un croisement à réponse structurante'),
		...told(other, 'hors croisement')
	].join(', ');
}
