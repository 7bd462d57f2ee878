import { rememberWith } from '../remember';
import { distance } from '../text';
import { communesCarried, type CommuneSeen } from './commune-lists';
import { isCommon, nameKey, nameWords, wordsOf } from './place-names';
import type { Commune } from '../territory';

/** Communes of a territory by the words of their names. */
export interface CommuneIndex {
	readonly all: readonly Commune[];
	readonly byKey: ReadonlyMap<string, string>;
	readonly byCode: ReadonlyMap<string, Commune>;
	/** First word of a name → the names that start with it. */
	readonly byFirst: ReadonlyMap<string, readonly NameStart[]>;
}

interface NameStart {
	readonly code: string;
	readonly words: readonly string[];
	/** Without its article: « Quesnoy » of « Le Quesnoy », for « au Quesnoy ». */
	readonly bare: boolean;
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
const ARTICLES = new Set('le la les l du des au aux'.split(' '));
const LEADS = new Set('a de d ville commune'.split(' '));

export function communeIndex(communes: readonly Commune[]): CommuneIndex {
	const byFirst = new Map<string, NameStart[]>();
	const add = (code: string, words: readonly string[], bare: boolean): void => {
		const first = words[0] ?? '';
		if (words.join('').length >= 3) byFirst.set(first, [...(byFirst.get(first) ?? []), { code, words, bare }]);
	};
	for (const { code, nom } of communes) {
		const words = wordsOf(nom).map((w) => w.word);
		add(code, words, false);
		if (words.length > 1 && ARTICLES.has(words[0]!)) add(code, words.slice(1), true);
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

/** Communes whose name is one letter off, or is said by its first words: proposed, never applied. */
export const communesNear = rememberWith((text: string, index: CommuneIndex): readonly string[] => {
	const key = nameKey(nameWords(text.replace(OWNER, '')));
	const short = communesShort(text, index);
	if (short.length > 0) return short;
	const near = [...index.byKey].filter(([name]) => Math.abs(name.length - key.length) < 2 && distance(name, key) === 1);
	return key.length < 4 ? [] : near.map(([, code]) => code);
});

/** Words that begin many names, or that stand before one. */
const BEFORE = new Set('ville commune politique veille'.split(' '));
const TOO_COMMON = /^(?:sainte?|notre|mont|bois|val|vieux|vieille|neuve|grand|grande|petit|petite)$/;

/** « Montreval », « les 3 QPV de Montreval »: communes whose longer name begins so, « Montreval-sur-Sauvelle »; [] for a whole name. */
export const communesBeginning = rememberWith((text: string, index: CommuneIndex): readonly string[] => {
	const said = nameWords(text.replace(/\([^)]*\)/g, ' ')).filter((w) => !BEFORE.has(w) && !/^\d+$/.test(w));
	if (said.join('').length < 4 || said.every((w) => isCommon(w) || TOO_COMMON.test(w))) return [];
	const fitting = index.all.flatMap(({ code, nom }) => {
		const name = nameWords(nom);
		return said.every((word, k) => name[k] === word) ? [{ code, whole: name.length === said.length }] : [];
	});
	return fitting.some((f) => f.whole) ? [] : fitting.map((f) => f.code);
});

/** The only commune that begins so: proposed, never applied; [] otherwise. */
export const communesShort = (text: string, index: CommuneIndex): readonly string[] => {
	const begun = communesBeginning(text, index);
	return begun.length === 1 ? begun : [];
};

/**
 * Communes named in running text: « la piscine de Saint-Quentin », « les gymnases de Saint-Quentin, Omissy et Gauchy ».
 * out    in the order of the text, each once
 * never  the EPCI that bears the name of its main town (« agglomération de Cambrai »), a word without a capital, the name
 *        of a vision (« Saint-Quentin 2050 »)
 */
export function communesIn(text: string, index: CommuneIndex): string[] {
	const seen = communesSeen(text, index);
	return seen.length === 0 ? [] : [...new Set(communesCarried(text, seen).flatMap((s) => s.codes))];
}

/** Names of communes in a text, the longest where they overlap. */
function communesSeen(text: string, { byFirst }: CommuneIndex): CommuneSeen[] {
	const words = wordsOf(text);
	const seen: CommuneSeen[] = [];
	for (let at = 0; at < words.length; at++) {
		const word = words[at]!;
		const starting = word.capital ? byFirst.get(word.word) : undefined;
		if (!starting) continue;
		const fitting = starting.filter((n) => n.words.every((w, k) => words[at + k]?.word === w));
		const own = fitting.filter((n) => !n.bare);
		const bare = own.length === 0 && ARTICLES.has(words[at - 1]?.word ?? '');
		const length = Math.max(0, ...(bare ? fitting : own).map((n) => n.words.length));
		if (length === 0) continue;
		const before = words.slice(Math.max(0, at - 3), at).map((w) => w.word);
		const after = words[at + length]?.word ?? '';
		if (before.some((w) => LARGER.has(w)) || LARGER_AFTER.has(after) || HORIZON.test(after)) continue;
		seen.push({
			codes: (bare ? fitting : own).filter((n) => n.words.length === length).map((n) => n.code),
			start: word.start,
			end: words[at + length - 1]!.end,
			sure: !bare && (at === 0 || length > 1 || LEADS.has(before.at(-1) ?? '')),
			bare,
			word: word.word
		});
		at += length - 1;
	}
	return seen;
}
