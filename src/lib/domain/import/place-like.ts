import { isCommon, wordsOf, type Word } from '../places/place-names';
import { lieuSaid } from '../places/place-column';
import type { Places } from '../places/places';
import { rememberWith } from '../remember';

/* « Périmètre » holds a scale, a place, or what an action is about: « Hameau du Plantin », not « Patrimoine bâti » nor « Tous publics ». */

/** Longer, it is a sentence. */
const NAME = 60;
/** Kinds of places, before the name of one: « hameau du Plantin », « rive gauche ». */
const KINDS = new Set(
	(
		'hameau hameaux lieu lieudit quartier cite residence lotissement faubourg village bourg bourgs rue avenue boulevard place chemin impasse ' +
		'zac za zi zae vallee rive rives ilot friche canton marais coteau plateau pointe presqu ile cote estuaire berges'
	).split(' ')
);
/** What an action may be about, whom it is for, or how far it goes: never the name of a place. */
const OBJECTS = new Set(
	(
		'habitat habitats logement logements bati batis bailleur bailleurs patrimoine tertiaire transport transports mobilite mobilites velo velos ' +
		'voirie agriculture agricole agricoles alimentation commerce commerces artisanat industrie industries industriel industriels entreprise ' +
		'entreprises economie emploi insertion formation tourisme culture culturel sport sports sportif loisirs sante social sociale sociaux ' +
		'solidarite education enfance jeunesse petite famille familles senior seniors jeune jeunes enfants public publics habitant habitants menage ' +
		'menages citoyen citoyens usagers locataires proprietaires proprietaire agent agents elu elus personnel personnels partenaire partenaires ' +
		'acteur acteurs association associations associatif collectivite collectivites service services interne internes externe externes energie ' +
		'energies climat air eau eaux assainissement dechet dechets biodiversite nature naturel naturels naturelle naturelles foret forets foncier ' +
		'espace espaces vert verts verte vertes sol sols bois reseau reseaux eclairage numerique urbanisme urbain urbaine urbains urbaines rural rurale ' +
		'ruraux rurales littoral planification plan plans projet projets programme action actions etude etudes travaux neuf neufs existant existants ' +
		'parc flotte vehicules prive prives privee privees collectif collectifs individuel individuels diffus global globale general generale local ' +
		'locale locaux transversal transversale transverse multi autre autres divers diverses tout tous toute toutes total ensemble grand grands grande ' +
		'large petit moyen complet partiel zone zones secteur secteurs perimetre perimetres bassin bassins pole poles centre centres maison maisons ' +
		'relais copropriete coproprietes ecologie gouvernance cadre vie france europe monde europeen international mondial oui non na nc sans avec hors'
	).split(' ')
);
/** Endings of what is done or thought, seldom of a name: « rénovation », « sobriété ». */
const ABSTRACT = /(?:tions?|sions?|ites?|ismes?|iques?|ements?|iels?|ielles?|eurs?|atifs?|atives?|ances?)$/;
/** « Houlle-le-Vieux », « Bois d’en Haut-Marais ». */
const JOINED = /\p{Lu}\p{L}*-(?:\p{L}{1,4}-)*(?:[ld]['’])?\p{Lu}/u;
const ARTICLES = new Set(['le', 'la', 'les', 'l']);

const names = ({ word, capital }: Word): boolean =>
	capital && word.length >= 3 && !OBJECTS.has(word) && !ABSTRACT.test(word) && !KINDS.has(word);

/**
 * Whether words name a place, known here or not.
 * in     one entry of a column that may hold anything
 * never  true for a theme, a public, a scale
 */
export const looksLikePlace = rememberWith((text: string, places: Places): boolean => {
	const all = wordsOf(text);
	if (text.length > NAME || !/\p{L}{2}/u.test(text)) return false;
	const { genre } = lieuSaid(text, places);
	const own = all.filter(({ word }) => word.length >= 3);
	const about = own.every(({ word }) => OBJECTS.has(word) || ABSTRACT.test(word));
	if (genre === 'territoire' || genre === 'sauf') return false;
	if (genre === 'communes' || genre === 'quartiers' || genre === 'centre' || genre === 'proche') return true;
	if (about) return false;
	if (genre === 'ailleurs' || JOINED.test(text)) return true;
	const first = all.find(({ word }) => !ARTICLES.has(word));
	if (first && KINDS.has(first.word) && all.at(-1) !== first) return true;
	// In a cell all in capitals they tell nothing.
	if (text === text.toUpperCase()) return own.length === 1 && !isCommon(own[0]!.word) && own[0]!.word.length > LETTERS;
	const [head] = own;
	if (own.length === 1) return names(own[0]!) && !isAcronym(text, own[0]!) && !isCommon(own[0]!.word);
	return own.some((word) => word !== head && names(word) && !isAcronym(text, word)) || (ARTICLES.has(all[0]!.word) && own.some(names)); // prettier-ignore
});

/** « PCAET », « EPCI », « HLM ». */
const LETTERS = 5;
const isAcronym = (text: string, { start, end }: Word): boolean =>
	text.slice(start, end) === text.slice(start, end).toUpperCase();
