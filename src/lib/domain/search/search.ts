import { distance, plain } from '../text';
import { stem } from '../stem';
import { rootsOf, SEARCH_KINDS, type SearchEntry, type SearchIndex, type SearchKind } from './search-index';

/* Looking for something by words typed as they come: accents, plurals, first letters, a letter wrong. */

export interface SearchHit {
	readonly entry: SearchEntry;
	readonly score: number;
}

export interface SearchAnswer {
	/** Kinds with their hits, the kind of the best hit first. */
	readonly groupes: readonly {
		readonly genre: SearchKind;
		readonly hits: readonly SearchHit[];
		readonly total: number;
	}[];
	readonly total: number;
	/** No entry holds every word: these hold some. */
	readonly partiel: boolean;
	/** Words read as another: « mobilte » → « mobilite ». */
	readonly corriges: readonly { readonly ecrit: string; readonly lu: string }[];
	/** What to mark in the texts. */
	readonly marques: { readonly racines: readonly string[]; readonly debuts: readonly string[] };
}

const TOOL_WORDS = new Set(
	'a au aux avec ce ces d dans de des du en et l la le les leur leurs ou par pour qu que qui sur un une'.split(' ')
);
const EXACT = 1;
const BEGUN = 0.75;
const MISSPELT = 0.5;
/** Fewer letters begin too many words. */
const BEGINNING = 2;

interface Term {
	readonly mot: string;
	/** Root → how surely it is the word meant. */
	readonly racines: ReadonlyMap<string, number>;
	readonly lu: string | null;
}

/**
 * Looks in several indexes at once.
 * in     `parGenre`: hits kept of each kind; `genre`: only that kind; `parmi`: only those; `sansPlan`: territories where no plan was read
 * out    entries that hold every word, or those that hold most when none does; the best first, then where plans were read;
 *        a quartier of two territories is told once, where plans were read
 * empty  no group, for a text without a word or a word nobody wrote
 */
export function search(
	indexes: readonly SearchIndex[],
	asked: string,
	{
		parGenre = 5,
		genre = null,
		parmi = null,
		sansPlan = NONE
	}: {
		readonly parGenre?: number;
		readonly genre?: SearchKind | null;
		readonly parmi?: readonly SearchKind[] | null;
		readonly sansPlan?: ReadonlySet<string>;
	} = {}
): SearchAnswer {
	const words = plain(asked)
		.split(' ')
		.filter((mot) => mot !== '');
	const kept = words.filter((mot) => !TOOL_WORDS.has(mot));
	const terms = kept.length ? kept : words;
	const read = terms.map((mot, i) => readTerm(mot, indexes, i === terms.length - 1, i > 0));
	const whole = plain(asked);
	const wanted = ({ genre: own }: SearchEntry) => (!genre || own === genre) && (!parmi || parmi.includes(own));
	const hits = indexes.flatMap((index) => hitsIn(index, read, whole)).filter((h) => wanted(h.entry));
	const most = hits.reduce((best, h) => Math.max(best, h.mots), 0);
	const idle = ({ territoire }: SearchEntry) => territoire !== null && sansPlan.has(territoire);
	const held = hits.filter((h) => h.mots === most);
	const worked = new Set(held.filter(({ entry }) => !idle(entry)).map(({ entry }) => keyOf(entry)));
	// A dispositif of one measure goes by one name: it opens its measures, and is told once.
	const streams = new Set(
		held.filter(({ entry }) => entry.genre === 'dispositif').map(({ entry }) => plain(entry.titre))
	);
	const best = held
		.filter(({ entry }) => entry.genre !== 'mesure' || !streams.has(plain(entry.titre)))
		.filter(({ entry }) => entry.genre !== 'quartier' || !idle(entry) || !worked.has(keyOf(entry)))
		.sort(
			(a, b) =>
				b.score - a.score ||
				Number(idle(a.entry)) - Number(idle(b.entry)) ||
				a.entry.titre.localeCompare(b.entry.titre, 'fr', { numeric: true })
		);
	const groupes = SEARCH_KINDS.flatMap((kind) => {
		const own = best.filter((h) => h.entry.genre === kind);
		return own.length ? [{ genre: kind, hits: own.slice(0, parGenre), total: own.length }] : [];
	}).sort((a, b) => b.hits[0]!.score - a.hits[0]!.score);
	return {
		groupes,
		total: best.length,
		partiel: best.length > 0 && most < terms.length,
		corriges: read.flatMap(({ mot, lu }) => (lu ? [{ ecrit: mot, lu }] : [])),
		marques: {
			racines: [...new Set([...read.flatMap(({ racines }) => [...racines.keys()]), ...saidOtherwise(terms, indexes)])],
			debuts: terms.filter((mot) => mot.length >= BEGINNING)
		}
	};
}

const NONE: ReadonlySet<string> = new Set();
const keyOf = ({ genre, id }: SearchEntry): string => `${genre} ${id}`;

/** Roots of what was asked in another way: « qpv » → quartier, prioritaire. */
function saidOtherwise(terms: readonly string[], indexes: readonly SearchIndex[]): string[] {
	const asked = ` ${terms.map(stem).join(' ')} `;
	const groups = indexes.find((index) => index.groups.length > 0)?.groups ?? [];
	return groups.flatMap((group) =>
		group.some((side) => asked.includes(` ${side} `))
			? group.flatMap((side) => side.split(' ')).filter((root) => !TOOL_WORDS.has(root))
			: []
	);
}

/** The last word may still be under way: it is also read as a beginning, as are those of which no whole word is known. */
function readTerm(mot: string, indexes: readonly SearchIndex[], last: boolean, after: boolean): Term {
	const racines = new Map<string, number>();
	const exact = stem(mot);
	if (indexes.some((index) => index.roots.has(exact))) racines.set(exact, EXACT);
	// After another word, one letter is a beginning too: what the first found is little.
	if ((mot.length >= BEGINNING || (last && after)) && (last || racines.size === 0))
		for (const { words } of indexes)
			for (let i = firstFrom(words, mot); words[i]?.mot.startsWith(mot); i++)
				if (!racines.has(words[i]!.racine)) racines.set(words[i]!.racine, BEGUN);
	if (racines.size > 0) return { mot, racines, lu: null };
	const near = nearest(mot, indexes);
	if (near) racines.set(near.racine, MISSPELT);
	return { mot, racines, lu: near?.mot ?? null };
}

/** Where the words that begin like that one start. */
function firstFrom(words: SearchIndex['words'], mot: string): number {
	let [low, high] = [0, words.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (words[middle]!.mot < mot) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** One letter wrong in five, two from nine; the first letter is taken as right. */
function nearest(mot: string, indexes: readonly SearchIndex[]): { mot: string; racine: string } | null {
	const most = mot.length >= 9 ? 2 : mot.length >= 5 ? 1 : 0;
	let best: { mot: string; racine: string; far: number } | null = null;
	for (const { words } of most ? indexes : [])
		for (let i = firstFrom(words, mot[0]!); words[i]?.mot.startsWith(mot[0]!); i++) {
			const word = words[i]!;
			if (Math.abs(word.mot.length - mot.length) > most) continue;
			const far = distance(word.mot, mot);
			if (far <= most && (!best || far < best.far)) best = { ...word, far };
		}
	return best;
}

function hitsIn(index: SearchIndex, terms: readonly Term[], whole: string): (SearchHit & { mots: number })[] {
	const found = new Map<number, { score: number; mots: number }>();
	for (const { racines } of terms) {
		const own = new Map<number, number>();
		for (const [racine, sure] of racines)
			for (const [rank, weight] of index.roots.get(racine) ?? [])
				own.set(rank, Math.max(own.get(rank) ?? 0, weight * sure));
		for (const [rank, score] of own) {
			const before = found.get(rank) ?? { score: 0, mots: 0 };
			found.set(rank, { score: before.score + score, mots: before.mots + 1 });
		}
	}
	return [...found].map(([rank, { score, mots }]) => {
		const entry = index.entries[rank]!;
		return { entry, mots, score: score + bonus(entry, whole) };
	});
}

/** Named whole, or by its code, it is what was asked for; so is a page in whose words the question stands. */
function bonus({ genre, titre, code, detail, mots }: SearchEntry, whole: string): number {
	const name = plain(titre);
	const roots = genre === 'page' ? rootsOf(whole).join(' ') : '';
	if (roots && rootsOf(titre).join(' ') === roots) return 10;
	if (roots.includes(' ') && [detail, ...mots].some((text) => ` ${rootsOf(text).join(' ')} `.includes(` ${roots} `)))
		return 10;
	if (code !== null && plain(code) === whole) return 12;
	if (name === whole) return 8;
	return name.startsWith(whole) ? 3 : 0;
}

/** A text cut where it answers: odd pieces are the words to mark. */
export function markWords(text: string, { racines, debuts }: SearchAnswer['marques']): string[] {
	const pieces: string[] = [''];
	for (const part of text.split(/([\p{L}\p{N}]+)/u)) {
		const mot = /[\p{L}\p{N}]/u.test(part) ? plain(part) : '';
		const answers = mot !== '' && (racines.includes(stem(mot)) || debuts.some((begun) => mot.startsWith(begun)));
		if (answers) pieces.push(part, '');
		else pieces[pieces.length - 1] += part;
	}
	return pieces;
}
