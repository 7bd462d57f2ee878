import { plain } from '../text';
import { communeNamed, type CommuneIndex } from './communes';
import { answeredBy } from './place-answers';
import type { Places } from './places';
import type { Commune } from '../territory';

/* What one entry of a « communes » column means: a commune of the territory, or what people answered about it. */

export interface CommuneSaid {
	/** Codes; [] for a place outside of the territory, null for the whole of it. */
	readonly communes: readonly string[] | null;
	readonly preuve: string;
}

/** « 02691 » says nothing to a reader: « Saint-Quentin (02691) ». */
const withName = (text: string, code: string, { byCode }: CommuneIndex): string =>
	text.trim() === code ? `${byCode.get(code as Commune['code'])!.nom} (${code})` : text;

/** null when no commune of the territory bears the name, and nobody said what it is. */
export function communeSaid(text: string, places: Pick<Places, 'communes' | 'answers' | 'byCode'>): CommuneSaid | null {
	const named = communeNamed(text, places.communes);
	if (named) return { communes: [named], preuve: withName(text, named, places.communes) };
	if (places.answers.size === 0) return null;
	const given = places.answers.get(plain(text)) ?? [];
	const answer = given.findLast((a) => a.titre === null && a.reponse !== 'hors-quartier');
	if (!answer || answer.reponse === 'hors-quartier') return null;
	const say = (communes: readonly string[] | null): CommuneSaid => ({
		communes,
		preuve: `${text} (${answeredBy(answer)})`
	});
	if (answer.reponse === 'territoire') return say(null);
	if (answer.reponse === 'hors-territoire') return say([]);
	const codes =
		answer.reponse === 'commune'
			? [answer.commune]
			: answer.quartiers.flatMap((code) => places.byCode.get(code)?.communes.map((c): string => c.code) ?? []);
	// What is not of the territory any more answers nothing.
	return codes.length > 0 && codes.every((code) => places.communes.byCode.has(code)) ? say(codes) : null;
}
