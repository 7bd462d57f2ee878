import { once } from '../memory';
import { distance, plain } from '../text';
import type { Action } from '../action';

/* The building a title is about, when it gives its name: « école Jean-Macé ». Two names are two buildings. */

/** Kinds of building whose name sets two works apart; a school by whatever word it is called. */
const KINDS: readonly (readonly [kind: string, words: string])[] = [
	['école', 'groupes? scolaires?|gs|écoles?|maternelles?'],
	['collège', 'collèges?'],
	['lycée', 'lycées?'],
	['crèche', 'crèches?'],
	['gymnase', 'gymnases?'],
	['stade', 'stades?'],
	['piscine', 'piscines?'],
	['médiathèque', 'médiathèques?|bibliothèques?'],
	['église', 'églises?']
];
const ADJECTIVES = '(?:élémentaires?|maternelles?|primaires?|municipa(?:le?s?|ux)|publiques?|scolaires?)';
/** A name: words with a capital, and the small words between them. */
const NAME =
	"(\\p{Lu}[\\p{L}.]*(?:[-'’]\\p{L}+)*(?:(?:\\s|-)(?:(?:de|du|des|la|le|les)\\s)*(?:[dl]['’])?\\p{Lu}[\\p{L}.]*(?:[-'’]\\p{L}+)*)*)";
const READERS = KINDS.map(([kind, words]) => ({
	kind,
	any: new RegExp(either(words), 'u'),
	reader: new RegExp(`(?<!\\p{L})(?:${either(words)})(?:\\s+${either(ADJECTIVES)})*\\s+${NAME}`, 'gu'),
	small: new RegExp(
		`(?<!\\p{L})(?:${either(words)})(?:\\s+${either(ADJECTIVES)})*\\s+(\\p{L}{4,})(?:[-\\s](\\p{L}{4,}))?`,
		'gu'
	)
}));
/** Words that follow a kind of building in small letters and name nothing. */
const NAMELESS =
	/^(?:dans|avec|pour|sans|sous|vers|chez|entre|ainsi|afin|dont|puis|suite|phases?|tranches?|lots?|etapes?|parties?|zone|quartier|centre|ville|bourg|commune|communa(?:le?s?|ux)|intercommuna(?:le?s?|ux)|elementaires?|primaires?|maternelles?|municipa(?:le?s?|ux)|publi(?:c|cs|ques?)|privees?|neuves?|neufs?|actuel(?:le)?s?|ancien(?:ne)?s?|futur(?:e)?s?|existant(?:e)?s?|situe(?:e)?s?|provisoires?|inclusi(?:f|ve)s?|nautiques?|numeriques?|paroissia(?:le?s?|ux)|communautaires?|couvert(?:e)?s?|sportif?s?|sportives?|rura(?:le?s?|ux)|est|\w+(?:ee|ees|ant|ants))$/;

/** In a title all in capitals, what is done follows the name without a break: « JEAN JAURÈS PHASE 2 ». */
const WORKS =
	/^(?:phases?|tranches?|lots?|etapes?|parties?|volets?|travaux|renovations?|rehabilitations?|restructurations?|extensions?|constructions?|isolations?|toitures?|menuiseries|chauffage|eclairages?|cantine|restauration)$/;

/** The name up to there, [] when nothing is left of it. */
function ownName(name: string): string[] {
	const words = name.split(/\s+/);
	const end = words.findIndex((word) => WORKS.test(plain(word)));
	const own = (end < 0 ? words : words.slice(0, end)).join(' ').replace(/(?:\s(?:de|du|des|la|le|les))+$/, '');
	return own === '' ? [] : [own];
}

/** Names in small letters: only where the title names nothing of that kind with a capital. */
const smallNames = (titre: string, reader: RegExp): string[] =>
	[...titre.matchAll(reader)].flatMap(([, first, second]) => {
		if (NAMELESS.test(plain(first!))) return [];
		return second && !NAMELESS.test(plain(second)) ? `${first} ${second}` : first!;
	});

/** Most titles name none: one look tells. */
const ANY = new RegExp(KINDS.map(([, words]) => either(words)).join('|'), 'u');

/** Either in small letters, with a capital, or in capitals, accents or not: the name alone is read by its capitals. */
function either(words: string): string {
	return words.replace(/\p{L}/gu, (letter) => `[${letter}${letter.toUpperCase()}${/[éè]/.test(letter) ? 'eE' : ''}]`);
}

export interface NamedBuilding {
	readonly kind: string;
	readonly name: string;
}

/** in     a title; out every building it names, [] when it names none */
export const buildingsOf = once(({ titre }: Pick<Action, 'titre'>): readonly NamedBuilding[] =>
	!ANY.test(titre)
		? []
		: READERS.flatMap(({ kind, any, reader, small }) => {
				if (!any.test(titre)) return [];
				const named = [...titre.matchAll(reader)].flatMap(([, name]) => ownName(name!));
				return (named.length ? named : smallNames(titre, small)).map((name) => ({ kind, name }));
			})
);

/**
 * Two buildings of one kind that two titles name, when they have none in common; null otherwise, and when either names none.
 * never  sets apart two ways to write a name: « Corette » and « Eugène Corrette » are one school
 */
export function otherBuildings(
	a: Pick<Action, 'titre'>,
	b: Pick<Action, 'titre'>
): readonly [NamedBuilding, NamedBuilding] | null {
	const [own, other] = [buildingsOf(a), buildingsOf(b)];
	for (const one of own) {
		const rivals = other.filter((x) => x.kind === one.kind);
		if (rivals.length === 0) continue;
		return sameBuilding(a, b) ? null : [one, rivals[0]!];
	}
	return null;
}

/** The building two titles name, both by its name, as the first writes it; null when there is none. */
export function sameBuilding(a: Pick<Action, 'titre'>, b: Pick<Action, 'titre'>): NamedBuilding | null {
	const other = buildingsOf(b);
	if (other.length === 0) return null;
	return buildingsOf(a).find((x) => other.some((y) => x.kind === y.kind && isSameName(x.name, y.name))) ?? null;
}

/** Does one of two titles name a building that the other does not? What is done there is not done beside it. */
export const isBesideBuilding = (a: Pick<Action, 'titre'>, b: Pick<Action, 'titre'>): boolean =>
	buildingsOf(a).length + buildingsOf(b).length > 0 && sameBuilding(a, b) === null;

/** « Jules Ferry » and « Jules Verne » are two schools. */
const FIRST_NAMES = new Set(
	'jean jules victor pierre paul louis louise marie henri charles saint sainte jacques emile georges michel andre marcel albert francois joseph anne rosa lucie raymond roger maurice robert leon pauline eugene suzanne marcelin simone'.split(
		' '
	)
);

/** What two mentions of one building have in common, a doubled letter aside: « école|corete ». */
export const buildingKeys = ({ kind, name }: NamedBuilding): readonly string[] => {
	const words = plain(name).split(' ');
	const own = words.filter((word) => !FIRST_NAMES.has(word) && word.length > 2);
	return (own.length ? own : [words.join(' ')]).map((word) => `${kind}|${word.replace(/([a-z])\1+/g, '$1')}`);
};

/** Does a long enough word of one stand in the other, but for a letter? First names only count for a name that has no other. */
function isSameName(a: string, b: string): boolean {
	const wordsOf = (name: string) => {
		const words = plain(name).split(' ');
		const own = words.filter((word) => !FIRST_NAMES.has(word));
		return own.length ? own : words;
	};
	const [own, other] = [wordsOf(a), wordsOf(b)];
	return own.some((x) => other.some((y) => (x === y ? x.length > 2 : x.length > 4 && distance(x, y) < 2)));
}
