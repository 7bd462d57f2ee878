import { quoted } from '../french';
import type { PlacedAction } from './place';

/* A title that says where the works are, by a street or a square: it may not be moved to another quartier. */

const ADDRESS =
	/(?<![\p{L}-])(?:rue|avenue|boulevard|place|square|quai|pont|parvis|impasse)\s+(?:(?:de\s+la\s+|du\s+|des\s+|de\s+)|(?:de\s+l|d)['’]\s?)?\p{Lu}[\p{L}’'-]*(?:[\s-]\p{Lu}[\p{L}’'-]*)*/u;
const CENTRE = /(?<![\p{L}-])(?:centre[- ]ville|c(?:œ|oe)ur d(?:e ville|['’]agglomération))(?![\p{L}-])/iu;

/**
 * Why an action could hardly be aimed elsewhere than where its title says.
 * out    to stand after « à confirmer : »; null: its title names no address, or is written in capitals throughout
 */
export function namedAddress({ action: { titre } }: Pick<PlacedAction, 'action'>): string | null {
	if (titre === titre.toUpperCase()) return null;
	const [place] = ADDRESS.exec(titre) ?? CENTRE.exec(titre) ?? [];
	return place ? `son titre la situe, ${quoted(place)}` : null;
}
