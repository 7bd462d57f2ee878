import snowball from 'snowball-stemmers';
import { remember } from './remember';

/* French words as files write them: with or without accents, capitals, ligatures, typographic apostrophes. */

const LIGATURES: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o' };

/**
 * Lower case, no accent, no ligature; anything that is neither letter nor digit becomes a space.
 * out    same words in the same order; « l’École » → "l ecole"; spaces may repeat (see `plain`)
 * never  throws; '' stays ''
 */
export function fold(text: string): string {
	const lower = text.toLowerCase();
	// Outside the first plane a letter takes two signs: those texts are rare, and folded whole.
	return /[\ud800-\udfff]/.test(lower) ? foldWhole(lower) : lower.replace(/[^a-z0-9 ]/g, foldSign);
}

const foldWhole = (lower: string): string =>
	lower
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/[œæßø]/g, (letter) => LIGATURES[letter] ?? letter)
		.replace(/[^\p{L}\p{N}]/gu, ' ');

/** A few hundred signs make every French text. */
const foldSign = remember(foldWhole);

/** Folded text with single spaces and none at the ends: what headers and names are compared by. */
export const plain: (text: string) => string = remember((text) => fold(text).replace(/  +/g, ' ').trim(), {
	texts: 4_000
});

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
		'cheminement peripherie cafe climatise vieillissant droite associant debroussailleuse avenir hall'
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
	return plain(text)
		.split(' ')
		.filter((word) => word !== '')
		.map(stem);
}

/**
 * Number of letters to add, remove, change or swap with their neighbour to go from a to b (optimal string alignment).
 * in     compared as they are: fold both first to ignore accents and case
 */
export function distance(a: string, b: string): number {
	if (a === b) return 0;
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
				best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
			row.push(best);
		}
		beforeLast = last;
		last = row;
	}
	return last[b.length] ?? 0;
}

/** Likeness of two texts once folded: 1 when they read the same, 0 when every letter differs; 0 when one is empty. */
export function similarity(a: string, b: string): number {
	const left = plain(a);
	const right = plain(b);
	if (left === '' || right === '') return 0;
	return 1 - distance(left, right) / Math.max(left.length, right.length);
}
