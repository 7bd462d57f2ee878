import snowball from 'snowball-stemmers';
import { plain } from './text';

/* Roots of French words. Apart from the rest of the texts: the stemmer weighs 40 kB, and pages must not send it to browsers. */

/** Words whose Snowball root is also that of an unrelated word: they keep their own letters, less the plural, and a mark. */
const APART = new Set(
	(
		'abordable accedant addiction aidant aire alimentation alternance amiante arrivant associer associe associee auditif ' +
		'batir borduration bureau chargement chassis cheminee collecte collecter collectif collective collectivement colonne ' +
		'commun commune communal communale communication concert conforter cooperative courant definitif disposition donnee ' +
		'dunant econome elevateur enclave enseigne enseignant environ equipe equitable etudiant exclusivement fin fine format ' +
		'fort forte france francais franche fret frette garant garantie garantir garde gare gens genie generation generer gers ' +
		'habitat habitant habitante habitation habiter incineration inclus independance initiation initiative initier isole ' +
		'isolee isolement levant local locaux locale location locatif locative louis mare maree marais marant marche marie ' +
		'mine mini minima mobile mutuelle nager organe organique organisme pass place placement placer pluie plui port portant ' +
		'porte portee porter positif positive procede procession programmation programmer recours reference referent relais ' +
		'repas repit resident restaurant reste rester roulant selectif selective selle serre sortant sortie sortir station ' +
		'stationnement suivant table tennis terrasse terre trait traiter versant verger villa vivant voir voirie ' +
		'conversation alternatif alternative particulier particuliere santes bus secours concours parcours cours cour geste ' +
		'securise aborder elevation eleve degradation renouvelable participer participant participatif participative classement structure structurer decarbone danse forme conseil conseiller plus usage usager accompagnateur pose poste logis maire mairie marchand fete ' +
		'cheminement peripherie cafe climatise vieillissant droite associant debroussailleuse avenir hall opera animateur educateur trame vent mer box cavee retraitement detente chaussee moyenne sentiment soutenement flottant fonction competent definitive loi compta copie lot villers paca usee suivante regle vieille ccas pac perm cac trainer soli berger bergere sentir exclusif exclusive mediatique ambulance ambulances'
	).split(' ')
);

const french = snowball.newStemmer('french');
const known = new Map<string, string>();

/**
 * Root of one word, the same for its plural, its feminine and most of its forms.
 * in     a word, folded or not; a text of several words is not split (see `stems`)
 * out    folded root; a word of three letters or fewer keeps its letters
 */
export function stem(word: string): string {
	const cached = known.get(word);
	if (cached !== undefined) return cached;
	const folded = plain(word);
	const root = rootOf(folded);
	known.set(word, root);
	return root;
}

function rootOf(folded: string): string {
	if (APART.has(folded)) return `${folded}~`;
	const single = folded.replace(/(eu|eau)x$/, '$1').replace(/s$/, '');
	if (APART.has(single)) return `${single}~`;
	if (single.length <= 3) return folded.length <= 3 ? folded : single;
	// Without its accent « aménagées » would keep an e that « aménager » has not.
	return french.stem(single.replace(/ee$/, 'e'));
}

/** Roots of the words of a text, in order; [] for a text without words. */
export function stems(text: string): string[] {
	const words = plain(text);
	return words === '' ? [] : words.split(' ').map(stem);
}
