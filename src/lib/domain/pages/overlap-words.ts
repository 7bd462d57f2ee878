import { capital, INSECABLE, list, number, plural } from '../french';
import { COMPLETE } from '../rules/overlaps';
import type { OverlapPair } from './overlap-page';

/* Why a pair is proposed, and what pleads against it: a sentence each, read before anything is opened. */

export interface OverlapWords {
	/** What the pair is, in a few words: « Se recoupent ». */
	readonly genre: string;
	/** « 71 points sur 100 »; null for two actions that pull apart: they are not alike. */
	readonly points: string | null;
	/** « Même enjeu (Sport), même quartier (Moulin), mot commun : sportif. » */
	readonly pour: string;
	/** null when nothing does. */
	readonly contre: string | null;
	/** Each reason with what it brings, which the points add up: « enjeux communs : Éducation, 35 points sur 35 ». */
	readonly detail: readonly string[];
}

/** Inside a list. */
export const PAIR_WORDS: Readonly<Record<OverlapPair['genre'], string>> = {
	doublon: 'sans doute la même action, écrite deux fois',
	recoupement: 'se recoupent',
	tension: 'se contredisent peut-être'
};

/** in     parts of one works are no double entry */
function kindOf({ genre, raisons }: Pick<OverlapPair, 'genre' | 'raisons'>): string {
	if (raisons.some((r) => r.mesure === 'tranche')) return 'Tranches d’une même opération';
	const complete = genre === 'recoupement' && raisons.some((r) => r.dit === COMPLETE);
	return complete ? 'Se recoupent, ou se complètent' : capital(PAIR_WORDS[genre]);
}

/** in     a share of 1 */
export function pointsOf(share: number, decimals = 1): string {
	const points = number(share * 100, decimals);
	return `${points}${INSECABLE}${plural(share * 100, 'point')}`;
}

/** Enjeux named; the others are counted. */
const NAMED = 2;
/** Common words said; all are marked in the titles. */
const WORDS = 3;

/** A word that says something, or a number. */
const SAYING = /\p{L}{3}|\p{N}/u;

/** « mots communs : réseau, chaleur, résidences », as the first title writes them; null for two titles with none. */
function sharedWords({ cotes: [a, b], raisons }: OverlapPair): string | null {
	if (a.titre.join('') === b.titre.join('')) return 'même intitulé';
	const words = new Set(a.titre.filter((piece, i) => i % 2 === 1 && SAYING.test(piece)).map((w) => w.toLowerCase()));
	const said = [...words].slice(0, WORDS);
	if (!said.length) return null;
	const general = raisons.some((r) => r.mesure === 'titre' && r.valeur === 0);
	return `${plural(said.length, 'mot commun', 'mots communs')}${general ? `, ${plural(said.length, 'général', 'généraux')}` : ''}\u00a0: ${said.join(', ')}`;
}

/** in     short labels of the enjeux, and names of the quartiers, by their code */
export function overlapWords(
	pair: OverlapPair,
	enjeux: Readonly<Record<string, string>>,
	quartiers: Readonly<Record<string, string>>
): OverlapWords {
	const { raisons, genre } = pair;
	const said = (mesure: string): string[] =>
		raisons.filter((r) => r.mesure === mesure && r.valeur > 0).map((r) => r.dit);
	const labels = pair.enjeux.map((code) => enjeux[code] ?? code);
	const scored = genre !== 'tension';
	const detail = raisons.map(({ mesure, dit, poids, valeur }) => {
		const words = mesure === 'enjeux' && labels.length ? `enjeux communs\u00a0: ${list(labels)}` : dit;
		return poids && scored ? `${words}, ${pointsOf(valeur * poids)} sur ${number(poids * 100, 1)}` : words;
	});
	const what = { genre: kindOf(pair), points: scored ? `${pointsOf(pair.score, 0)} sur 100` : null };
	if (genre === 'tension') return { ...what, pour: `${capital(said('tension').join(''))}.`, contre: null, detail };
	const more = labels.length - NAMED;
	const named = more > 1 ? [...labels.slice(0, NAMED), `${more} autres`] : labels;
	const parts = [
		...said('tranche'),
		...(labels.length ? [`${plural(labels.length, 'même enjeu', 'mêmes enjeux')} (${list(named)})`] : []),
		...placeWords(pair, quartiers),
		...(said('periode').length ? ['en même temps'] : []),
		sharedWords(pair) ?? 'aucun mot commun'
	];
	const against = raisons.filter((r) => r.valeur === 0 && r.mesure !== 'titre').map((r) => r.dit);
	return {
		...what,
		pour: `${capital(parts.join(', '))}.`,
		contre: against.length ? `Mais ${list(against)}.` : null,
		detail
	};
}

function placeWords({ lieu, quartiers, raisons }: OverlapPair, names: Readonly<Record<string, string>>): string[] {
	if (lieu === 'ailleurs') return [];
	if (lieu === 'commune') return ['même commune'];
	if (lieu === 'etablissement') return ['même établissement'];
	const named = quartiers.map((code) => names[code] ?? code);
	if (lieu === 'quartier' && named.length > 0 && named.length < 3)
		return [`${plural(named.length, 'même quartier', 'mêmes quartiers')} (${list(named)})`];
	return raisons.filter((r) => r.mesure === 'zone').map((r) => r.dit);
}
