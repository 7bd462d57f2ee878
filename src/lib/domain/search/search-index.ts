import { plain } from '../text';
import { stem } from '../stem';

/* Everything one may look for, by the roots of its words. Built once for what a territory holds, then only read. */

export const SEARCH_KINDS = [
	'page',
	'territoire',
	'quartier',
	'commune',
	'action',
	'plan',
	'croisement',
	'enjeu',
	'dispositif',
	'mesure',
	'regle',
	'terme'
] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];
/** What one looks for to go somewhere. */
export const PLACE_KINDS: readonly SearchKind[] = ['territoire', 'quartier', 'commune'];

export interface SearchEntry {
	readonly genre: SearchKind;
	readonly id: string;
	/** Territory it belongs to; null for what is common to all. */
	readonly territoire: string | null;
	/** What it is asked by, whole: « T05 », « G09 », « QN05901M ». */
	readonly code: string | null;
	readonly titre: string;
	/** Shown under the title, and searched. */
	readonly detail: string;
	/** Searched, not shown. */
	readonly mots: readonly string[];
}

/** Ways to say one same thing: an acronym and its words. */
export type Synonyms = readonly (readonly string[])[];

export interface SearchIndex {
	readonly entries: readonly SearchEntry[];
	/** Root → entries that hold it (their rank), with what it weighs there. */
	readonly roots: ReadonlyMap<string, ReadonlyMap<number, number>>;
	/** Folded words as written, sorted, each with its root: words begun and words misspelt are found there. */
	readonly words: readonly { readonly mot: string; readonly racine: string }[];
	/** Roots of each way to say one same thing. */
	readonly groups: readonly (readonly string[])[];
}

const IN_TITLE = 4;
const IN_DETAIL = 2;
const IN_TEXT = 1;

/**
 * in     `synonyms`: an entry that holds all the words of one side, in a row, answers to the other sides too
 * cost   about 10 µs a word: 151 actions with their descriptions in 60 ms
 */
export function buildSearchIndex(entries: readonly SearchEntry[], synonyms: Synonyms = []): SearchIndex {
	const roots = new Map<string, Map<number, number>>();
	const written = new Map<string, string>();
	const groups = synonyms.map((group) => group.map((one) => rootsOf(one).join(' ')));
	const add = (root: string, rank: number, weight: number) => {
		const held = roots.get(root) ?? new Map<number, number>();
		roots.set(root, held);
		held.set(rank, Math.max(weight, held.get(rank) ?? 0));
	};
	entries.forEach((entry, rank) => {
		const texts: [string, number][] = [
			[entry.titre, IN_TITLE],
			[entry.code ?? '', IN_TITLE],
			[entry.detail, IN_DETAIL],
			...entry.mots.map((text): [string, number] => [text, IN_TEXT])
		];
		for (const [text, weight] of texts) {
			if (!text) continue;
			const found = plain(text)
				.split(' ')
				.filter((mot) => mot !== '');
			const own = found.map((mot) => {
				const racine = written.get(mot) ?? stem(mot);
				written.set(mot, racine);
				return racine;
			});
			for (const root of own) add(root, rank, weight);
			const line = ` ${own.join(' ')} `;
			for (const group of groups)
				if (group.some((side) => line.includes(` ${side} `)))
					for (const side of group) for (const root of side.split(' ')) add(root, rank, Math.min(weight, IN_DETAIL));
		}
	});
	// What only a synonym holds has no word of its own in the texts, and must be found by its first letters too.
	for (const group of synonyms)
		for (const one of group) for (const mot of plain(one).split(' ')) written.set(mot, stem(mot));
	return {
		entries,
		roots,
		groups,
		words: [...written]
			.map(([mot, racine]) => ({ mot, racine }))
			.filter(({ racine }) => roots.has(racine))
			.sort((a, b) => (a.mot < b.mot ? -1 : 1))
	};
}

/** « les Rénovations » → its words by their roots, in a row. */
export const rootsOf = (text: string): string[] =>
	plain(text)
		.split(' ')
		.filter((mot) => mot !== '')
		.map(stem);
