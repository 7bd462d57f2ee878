import type { Action } from '../action';
import { once } from '../memory';
import { plain } from '../text';

/* The quartier a title says it is about: « quartier de Neuville », « faubourg d’Isle ». Two names are two places. */

/** « quartier », a word or two that qualify it, small words, then a name with a capital. */
const READER =
	/(?<!\p{L})(?:quartiers?|faubourgs?)(?:\s+(?:prioritaires?|historiques?|politique))*(?:\s+de\s+la\s+ville,?)?\s+(?:(?:de|du|des|la|le|les)\s+)*(?:[dl]['’]\s?)?(\p{Lu}[\p{L}\p{N}]*(?:[-'’\s]\p{Lu}[\p{L}\p{N}]*)*)/giu;
const WORD = /^\p{Lu}/u;
/** Words with a capital that name no quartier. */
const NAMELESS = /^(?:prioritaires?|politique|ville|ete|anru|npnru|qpv|solidaires?|libres?)\b/;

/** in     a title; out every quartier it names, [] when it names none */
export const quartiersNamed = once(({ titre }: Pick<Action, 'titre'>): readonly string[] =>
	!/quartier|faubourg/i.test(titre)
		? []
		: [...titre.matchAll(READER)].flatMap(([, name]) =>
				WORD.test(name!) && !NAMELESS.test(plain(name!)) ? [name!] : []
			)
);

/** Two quartiers that two titles name, when neither title says the name the other gives; null otherwise. */
export function otherQuartiers(a: Pick<Action, 'titre'>, b: Pick<Action, 'titre'>): readonly [string, string] | null {
	const [own, other] = [quartiersNamed(a), quartiersNamed(b)];
	if (own.length === 0 || other.length === 0) return null;
	const says = (titre: string, names: readonly string[]): boolean => {
		const words = ` ${plain(titre)} `;
		return names.some((name) => words.includes(` ${plain(name)} `));
	};
	return says(a.titre, other) || says(b.titre, own) ? null : [own[0]!, other[0]!];
}
