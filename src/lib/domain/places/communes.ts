import { rememberWith } from '../remember';
import { distance } from '../text';
import { nameKey, nameWords, wordsOf } from './place-names';
import type { Commune } from '../territory';

/** Communes of a territory by the words of their names. */
export interface CommuneIndex {
	readonly all: readonly Commune[];
	readonly byKey: ReadonlyMap<string, string>;
	readonly byCode: ReadonlyMap<string, Commune>;
	/** First word of a name → the names that start with it. */
	readonly byFirst: ReadonlyMap<string, readonly { readonly code: string; readonly words: readonly string[] }[]>;
}

const OWNER =
	/^(?:ville|commune|mairie|ccas|c\.c\.a\.s\.?|centre communal d.action sociale) (?:de |du |des |d['’]|de la |de l['’])?/i;
/** Before the name of its main town, these words name the whole EPCI. */
const LARGER = new Set(
	'agglomeration communaute metropole grand pays ca cu cc bassin arrondissement territoire intercommunalite scot epci contrat'.split(
		' '
	)
);
/** After it too: « Valenciennes Métropole », « Le Havre Seine agglo ». */
const LARGER_AFTER = new Set(['metropole', 'agglomeration', 'agglo', 'communaute', 'intercommunalite']);
/** « Saint-Quentin 2050 » is the name of a vision; a nearer year may date works. */
const HORIZON = /^20[3-9]\d$/;
const LEADS = new Set('a de d ville commune'.split(' '));

export function communeIndex(communes: readonly Commune[]): CommuneIndex {
	const byFirst = new Map<string, { code: string; words: string[] }[]>();
	for (const { code, nom } of communes) {
		const words = wordsOf(nom).map((w) => w.word);
		const first = words[0] ?? '';
		if (words.join('').length >= 3) byFirst.set(first, [...(byFirst.get(first) ?? []), { code, words }]);
	}
	return {
		all: communes,
		byFirst,
		byKey: new Map(communes.map((c) => [nameKey(nameWords(c.nom)), c.code])),
		byCode: new Map(communes.map((c) => [c.code, c]))
	};
}

/** One cell of a « communes » column, or the name of an owner: its code, or null when it is no commune of the territory. */
export const communeNamed: (text: string, index: CommuneIndex) => string | null = rememberWith(findCommune);

function findCommune(text: string, index: CommuneIndex): string | null {
	const trimmed = text.trim();
	const code = /^(?:\d{5}|2[AB]\d{3}|ZZ\d{3})\b/.exec(trimmed)?.[0];
	if (code && index.byCode.has(code as Commune['code'])) return code;
	const bare = trimmed.replace(OWNER, '').replace(/\s*\(.*\)$/, '');
	return index.byKey.get(nameKey(nameWords(bare))) ?? null;
}

/** Communes whose name is one letter off: proposed, never applied. */
export const communesNear = rememberWith((text: string, index: CommuneIndex): readonly string[] => {
	const key = nameKey(nameWords(text.replace(OWNER, '')));
	const near = [...index.byKey].filter(([name]) => Math.abs(name.length - key.length) < 2 && distance(name, key) === 1);
	return key.length < 4 ? [] : near.map(([, code]) => code);
});

/**
 * Communes named in running text: « la piscine de Saint-Quentin ».
 * never  the EPCI that bears the name of its main town (« agglomération de Cambrai »), a word without a capital, the name
 *        of a vision (« Saint-Quentin 2050 »)
 */
export function communesIn(text: string, index: CommuneIndex): string[] {
	const words = wordsOf(text);
	const found = new Set<string>();
	words.forEach((word, at) => {
		const starting = word.capital ? index.byFirst.get(word.word) : undefined;
		if (!starting) return;
		for (const name of starting) {
			if (!name.words.every((w, k) => words[at + k]?.word === w)) continue;
			const before = words.slice(Math.max(0, at - 3), at).map((w) => w.word);
			const after = words[at + name.words.length]?.word ?? '';
			if (before.some((w) => LARGER.has(w)) || LARGER_AFTER.has(after) || HORIZON.test(after)) continue;
			if (at === 0 || name.words.length > 1 || LEADS.has(before.at(-1) ?? '')) found.add(name.code);
		}
	});
	return [...found];
}
