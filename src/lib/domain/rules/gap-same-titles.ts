import type { PlacedAction } from '../crossing/place';
import { cut, list } from '../french';
import { groupedBy, once, type Memory } from '../memory';
import { plain } from '../text';

/* Two actions of one title: what tells one from the other, said beside it. */

/** By id, for the actions of one document that share their title: « Rouvigny », « les Fleurs », « n° 2 », « ligne 12 ». */
export function precisionsOf(
	actions: readonly PlacedAction[],
	memory: Memory = new Map()
): ReadonlyMap<string, string> {
	const shared: (readonly [string, string])[] = [];
	for (const own of groupedBy(memory, 'par titre', [], actions, titleKey).values())
		if (own.length > 1) shared.push(...toldApart(own));
	return new Map(shared);
}

/** The one key of an action in a list of one. */
const titleKey = once(({ action }: PlacedAction) => [`${action.document}|${plain(action.titre)}`]);

/** First of what the file says that is never the same twice. */
const SAYS: readonly (({ action }: PlacedAction) => string)[] = [
	({ action }) => action.communes[0] ?? '',
	({ action }) => list(action.communes.slice(0, 2)),
	({ action }) => list(action.quartiers.slice(0, 2)),
	({ action }) => (action.reference === null ? '' : `n°\u00a0${action.reference}`),
	({ action: { origine } }) => (origine.ligne === null ? '' : `ligne\u00a0${origine.ligne}`)
];

function toldApart(own: readonly PlacedAction[]): (readonly [string, string])[] {
	for (const say of SAYS) {
		const words = own.map((one) => cut(say(one), 40));
		if (words.includes('') || new Set(words.map(plain)).size < words.length) continue;
		return own.map(({ action }, i) => [action.id, words[i]!]);
	}
	return [];
}

/** « Requalifier les copropriétés – Rouvigny »; the title alone when no other bears it. */
export const withPrecision = (
	titre: string,
	id: string,
	precisions: ReadonlyMap<string, string> | undefined
): string => {
	const said = precisions?.get(id);
	return said === undefined ? titre : `${titre} – ${said}`;
};
