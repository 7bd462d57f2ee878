import type { Found, Labels } from './criteria';
import type { Situation } from './funding';
import { list } from '../french';
import type { PlacedAction } from '../crossing/place';

/* Is what was found among the values a rule accepts? */

export const name = (code: string, labels: Labels): string => labels[code] ?? code;

export function oneOf(critere: string, found: string | undefined, parmi: readonly string[], labels: Labels): Found {
	return {
		vrai: found === undefined ? null : parmi.includes(found),
		critere,
		attendu: list(
			parmi.map((code) => name(code, labels)),
			'ou'
		),
		trouve: found === undefined ? null : name(found, labels)
	};
}

const UNREAD = 'un porteur dont le type n’est pas reconnu';

/**
 * Who carries an action, among the kinds of body a rule accepts; a cell may list several kinds.
 * out    any kind of the list is enough; none of them fails only when every one is known
 */
export function carrierAmong(
	parmi: readonly string[],
	{ maitre_ouvrage, maitres_ouvrage: several }: Situation,
	labels: Labels
): Found {
	const alone = oneOf('organisme porteur', maitre_ouvrage, parmi, labels);
	if (several === undefined) return alone;
	const right = several.some((kind) => kind !== null && parmi.includes(kind));
	return {
		...alone,
		vrai: right ? true : several.includes(null) ? null : false,
		trouve: list(
			several.map((kind) => (kind === null ? UNREAD : name(kind, labels))),
			'ou'
		)
	};
}

/** What the file says of the kind of body that carries an action: one, or each of those its cell lists. */
export const carriedBy = ({
	action: { porteurType },
	meneurs: { types }
}: PlacedAction): Pick<Situation, 'maitre_ouvrage' | 'maitres_ouvrage'> => ({
	...(porteurType && { maitre_ouvrage: porteurType }),
	...(types && { maitres_ouvrage: [...types] })
});
