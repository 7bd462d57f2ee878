import { communesIn } from './communes';
import { ADDRESS, isCommon, nameWords, wordsOf } from './place-names';
import type { Part } from './place-pieces';
import type { Places } from './places';
import { plain } from '../text';

/* Whether words that nothing here bears look like the name of a quartier: « Les Bruyères », not « alentours » nor « centre-ville ». */

/** Words that say no more than the name beside them, or a place too wide to be a quartier. */
const QUIET = new Set(
	(
		'alentour alentours environs environ abords abord reste restes ensemble tout tous toute toutes territoire territoires commune communes ' +
		'rural rurale rurales ruraux villes agglomeration agglo communaute metropole intercommunalite intercommunal epci pays bassin canton ' +
		'departement region secteurs autre autres hameau hameaux peripherie voisin voisins voisine voisines limitrophe limitrophes proche ' +
		'proches proximite hors dont notamment etc public publics habitant habitants jeunes familles scolaires scolaire enfants seniors usagers ' +
		'tranche tranches phase phases lot lots ilot ilots batiment batiments immeuble immeubles tour tours bloc blocs logement logements projet ' +
		'projets travaux site sites veille active politique divers diverses plusieurs multi selon sous sur dans pour par entre vers puis ' +
		'non oui total commun communs tissu tiers partie parties entree entrees nos notre avec sans hlm qpv'
	).split(' ')
);
/** Programmes that a cell writes beside a quartier as a label. */
const PROGRAMMES = new Set('npnru anru pnru pru opah orcod pnrqad zup zus zac anct'.split(' '));
const OF_THE_NAME = /^(?:son|sa|ses|leurs?|l ensemble)\s/;
const INTRODUCED =
	/^(?:(?:le|la|les|l|du|de|des|d|au|aux|a) )*(?:quartiers?|qpv|qp|cites?|residences?|secteur|lotissement|hameau) /;
const SIDES = new Set('nord sud est ouest haut bas centre ville'.split(' '));

/**
 * Words proper to somewhere, that say no more of the name beside them.
 * in     `joint`: what parts them from that name; after a slash, a school or a programme is a label of it; `cell`: the whole entry
 */
export function looksLikeQuartier(words: string, joint: Part['joint'], cell: string, places: Places): boolean {
	const said = plain(words);
	if (OF_THE_NAME.test(said)) return false;
	const all = wordsOf(words);
	const known = communesIn(words, places.communes);
	const ofCommunes = new Set(known.flatMap((code) => nameWords(places.communes.byCode.get(code as never)!.nom)));
	const own = all.filter(
		({ word }) =>
			word.length >= 3 &&
			!/^\d/.test(word) &&
			!isCommon(word) &&
			!QUIET.has(word) &&
			!ofCommunes.has(word) &&
			nameWords(word).length > 0
	);
	const name = nameWords(words);
	// « Les Glacis et Parc », where a quartier is « Cité du Parc »: a capital, and a word of a name.
	if (own.length === 0) return all.some((w) => w.capital) && isWordOfName(name, places);
	const first = name[0] ?? '';
	const address = ADDRESS.has(first) || /^\d/.test(said) || own.every(({ word }) => PROGRAMMES.has(word));
	if (address && joint !== 'liste') return false;
	// In an entry all in one case, capitals tell nothing.
	const cased = cell !== cell.toUpperCase() && cell !== cell.toLowerCase();
	return INTRODUCED.test(said) || own.some(({ word, capital }) => (cased ? capital : !ADDRESS.has(word)));
}

const isWordOfName = ([word = '', ...more]: readonly string[], { allForms }: Places): boolean =>
	more.length === 0 &&
	word.length >= 4 &&
	isCommon(word) &&
	!SIDES.has(word) &&
	allForms.some((f) => f.words.includes(word));
