import type { PlacedAction } from '../crossing/place';
import { cut, list } from '../french';
import { plain } from '../text';

/* Two actions of one title: what tells one from the other, said beside it. */

/** By id, for the actions of one document that share their title: « Rouvigny », « les Fleurs », « n° 2 », « ligne 12 ». */
export function precisionsOf(actions: readonly PlacedAction[]): ReadonlyMap<string, string> {
	const byTitle = new Map<string, PlacedAction[]>();
	for (const one of actions) {
		const key = `${one.action.document}|${plain(one.action.titre)}`;
		const known = byTitle.get(key);
		if (known) known.push(one);
		else byTitle.set(key, [one]);
	}
	return new Map([...byTitle.values()].flatMap((own) => (own.length > 1 ? toldApart(own) : [])));
}

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
