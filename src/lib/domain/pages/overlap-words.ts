import { capital, list, percent, plural } from '../french';
import type { OverlapPair } from './overlap-page';

/* Why a pair is proposed, and what pleads against it: a sentence each, read before anything is opened. */

export interface OverlapWords {
	/** What the pair is, in a few words: « Se recoupent ». */
	readonly genre: string;
	/** « 71 % »; null for two actions that pull apart: they are not alike. */
	readonly ressemblance: string | null;
	readonly pour: string;
	/** null when nothing does. */
	readonly contre: string | null;
	/** Each reason with what it counts for: « enjeux communs : Éducation, compte pour 35 % ». */
	readonly detail: readonly string[];
}

/** Inside a list. */
export const PAIR_WORDS: Readonly<Record<OverlapPair['genre'], string>> = {
	doublon: 'sans doute la même action, écrite deux fois',
	recoupement: 'se recoupent',
	tension: 'se contredisent peut-être'
};

/** in     parts of one works are no double entry */
const kindOf = ({ genre, raisons }: Pick<OverlapPair, 'genre' | 'raisons'>): string =>
	capital(raisons.some((r) => r.mesure === 'tranche') ? 'tranches d’une même opération' : PAIR_WORDS[genre]);

/** Enjeux named; the others are counted. Common words are marked in the titles, and said nowhere else. */
const NAMED = 2;

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
	const detail = raisons.map(({ mesure, dit, poids }) => {
		const words = mesure === 'enjeux' && labels.length ? `enjeux communs\u00a0: ${list(labels)}` : dit;
		return poids ? `${words}, compte pour ${percent(poids, 0)}` : words;
	});
	const what = { genre: kindOf(pair), ressemblance: genre === 'tension' ? null : percent(pair.score, 0) };
	if (genre === 'tension') return { ...what, pour: `${capital(said('tension').join(''))}.`, contre: null, detail };
	const more = labels.length - NAMED;
	const named = more > 1 ? [...labels.slice(0, NAMED), `${more} autres`] : labels;
	const parts = [
		...said('tranche'),
		...(labels.length ? [`${plural(labels.length, 'même enjeu', 'mêmes enjeux')} (${list(named)})`] : []),
		...placeWords(pair, quartiers),
		...(said('periode').length ? ['aux mêmes dates'] : [])
	];
	const against = raisons.filter((r) => r.valeur === 0).map((r) => r.dit);
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
