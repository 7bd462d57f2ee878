import { communeNamed } from './communes';
import { saysNear } from './exceptions';
import { nameKey } from './place-names';
import type { Places } from './places';
import { remember, rememberWith } from '../remember';
import { plain } from '../text';

/* Words that mean every quartier of the territory, or of one of its communes. */

export interface Everywhere {
	/** Communes the words keep to, null when they do not. */
	readonly communes: readonly string[] | null;
	/** « les 3 quartiers »; null when they are not counted. */
	readonly combien: number | null;
	/** « habitants des QPV », « à proximité des QPV »: those quartiers are meant, the place is not said to be in each. */
	readonly probable: boolean;
}

const NUMBERS = 'zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze'.split(' ');
/** « 4 », « quatre »; null for any other word. */
export const numberSaid = (word: string): number | null => {
	const said = /^\d{1,3}$/.test(word) ? Number(word) : NUMBERS.indexOf(word);
	return said < 0 ? null : said;
};
const CORE = /(?:^| )(?:qpv|qp|quartiers|geographie prioritaire)(?= |$)/;
/** « le QPV » is one of them: which one is not said. */
const ONE = /(?:^| )(?:le|un|du|au|chaque quartier|ce) (?:qpv|qp|quartier)(?= |$)/;
const SMALL = new Set(
	(
		'dans en au aux a sein sur le la les l de du des d et tous toutes tout toute ensemble chacun pour inter multi qpv qp quartiers ' +
		'prioritaires prioritaire politique ville geographie commune territoire agglomeration agglo epci contrat communaute ' +
		'metropole concernes concerne cibles situes situe inscrits retenus actuels vises'
	).split(' ')
);
const PUBLICS = new Set(
	(
		'habitants habitantes habitant residents residants jeunes jeune familles femmes enfants seniors public publics personnes ' +
		'locataires demandeurs emploi menages population populations issus issues vivant residant parents eleves scolaires adolescents'
	).split(' ')
);
const NEAR = new Set(
	(
		'proximite immediate directe limitrophe limitrophes proche proches pres abords frontiere bordure lisiere limite limites marge ' +
		'portes alentours voisin voisins cote face peripherie ou qu'
	).split(' ')
);

/** A cell that means every quartier: « tous les QPV », « dans les QPV », « les quartiers de Douai »; null when it does not. */
export const meansEverywhere: (cell: string, places: Places) => Everywhere | null = rememberWith(readEverywhere);

function readEverywhere(cell: string, places: Places): Everywhere | null {
	// « QPV et quartiers de veille »: those of veille come on top.
	const words = plain(cell).replace(/ (?:et )?(?:les )?quartiers (?:de )?(?:veille(?: active)?|vecus?)$/, '');
	if (words === '') return null;
	const every = { communes: null, combien: null, probable: false };
	if (!CORE.test(words) && !(saysNear(cell) && /(?:^| )quartier(?= |$)/.test(words)))
		return places.everywhere.includes(words) ? every : null;
	const near = saysNear(cell);
	if (ONE.test(words) && !near && places.quartiers.length > 1) return null;
	// « QPV 2 » is the second of them, « les 2 QPV » are two.
	if (/(?:^| )(?:qpv|qp) \d{1,2}(?: |$)/.test(words)) return null;
	let combien: number | null = null;
	let probable = near;
	const rest: string[] = [];
	for (const word of words.split(' ')) {
		const counted = numberSaid(word);
		if (counted !== null && counted > 1) combien = counted;
		else if (PUBLICS.has(word)) probable = true;
		else if (!SMALL.has(word) && !(near && (NEAR.has(word) || word === 'quartier'))) rest.push(word);
	}
	if (rest.length === 0) return { communes: null, combien, probable };
	// A quartier may bear the name of a commune.
	const key = nameKey(rest);
	if (places.allForms.some((f) => !f.part && nameKey(f.words) === key)) return null;
	const commune = communeNamed(rest.join(' '), places.communes) ?? communeAmong(words, places);
	if (commune) return { communes: [commune], combien, probable };
	return places.everywhere.includes(words) ? every : null;
}

/** « le QPV », « quartier prioritaire »: one of them, and which one is not said. */
export const meansOne: (cell: string) => boolean = remember((cell) => {
	const words = plain(cell).split(' ');
	return (
		words.some((w) => /^(?:qpv|qp|quartier)$/.test(w)) &&
		words.every((w) => SMALL.has(w) || /^(?:un|ce|quartier|chaque|seul)$/.test(w))
	);
});

/** « les quartiers de Saint-Pol »: the name may hold small words. */
function communeAmong(words: string, places: Places): string | null {
	const after = /(?:qpv|qp|quartiers(?: prioritaires)?) (?:de la ville |de la commune )?(?:de |du |d |des )?(.+)$/.exec(
		words
	)?.[1];
	return after === undefined ? null : communeNamed(after, places.communes);
}

/**
 * Whether « les 3 quartiers » are all of them.
 * in     `communes`: those of the row, null when it states none
 * out    the communes they keep to (null: everywhere); false when the count says others are left out, without saying which
 */
export function countedAll(
	{ communes, combien }: Everywhere,
	within: readonly string[] | null,
	places: Places
): readonly string[] | null | false {
	const kept = communes ?? null;
	const countIn = (codes: readonly string[] | null): number =>
		places.quartiers.filter((q) => codes === null || q.communes.some((c) => codes.includes(c.code))).length;
	if (combien === null || combien >= countIn(kept)) return kept;
	return within?.length && combien === countIn(within) ? within : false;
}

/** Running text that speaks of every quartier, or of the quartiers prioritaires in general. */
export function speaksOfAll(text: string, places: Places): 'tous' | 'en-general' | null {
	if (!/qpv|prioritaire|politique/i.test(text)) return null;
	const words = ` ${plain(text)} `;
	if (!/ qpv | prioritaires? | politique de la ville /.test(words)) return null;
	const told = places.everywhere.filter(
		(e) => / /.test(e) && /qpv|prioritaire|politique/.test(e) && words.includes(` ${e} `)
	);
	if (told.length === 0) return null;
	return told.some((e) => /^(?:l )?(?:tou|ensemble)/.test(e)) ? 'tous' : 'en-general';
}
