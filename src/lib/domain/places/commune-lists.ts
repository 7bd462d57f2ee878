import { isCommon } from './place-names';

/* « à Vermoy, Sorbay et Aubrelle », « entre Sorbay et Aubrelle »: a name that says little alone is a commune beside others. */

/** The name of a commune where it stands in a text. */
export interface CommuneSeen {
	/** Several communes may bear it. */
	readonly codes: readonly string[];
	readonly start: number;
	readonly end: number;
	/** Starts the text, has several words or follows « à » or « de »: surely the commune, whatever stands around. */
	readonly sure: boolean;
	/** « Quesnoy » for « Le Quesnoy », after « au » or « du »: only a list makes it one. */
	readonly bare: boolean;
	readonly word: string;
}

/** Names of communes that are also words, or names of persons. */
const WORDS = new Set(
	'albert ham hem croix rue bus avion aire eu ors guise marle fontaine forest vaux conde richelieu descartes colbert nancy orange sens mer bar rose valence florence martin vincent bernard clement laurent germain'.split(
		' '
	)
);
const SMALL = String.raw`(?:(?:à|À|A|a|[Aa]u|[Aa]ux|AU|AUX|[Dd]e|DE|[Dd]u|DU|[Dd]es|DES|[Ll]e|LE|[Ll]a|LA|[Ll]es|LES|en|EN|sur|SUR)\s|[dDlL]['’]\s?)`;
const SIGN = String.raw`\s?[,;/+&>→↔|–—]\s?|\s-\s`;
const WORD_BETWEEN = String.raw`\s(?:et|ET|ou|OU|puis|PUIS|vers|VERS|jusqu|JUSQU|ainsi\sque|AINSI\sQUE)(?=[\s'’])['’]?\s?`;
const BETWEEN = String.raw`(?:\s?\([^()]{0,80}\))?(?:${SIGN}|${WORD_BETWEEN}){1,3}${SMALL}{0,3}`;
const NAME = String.raw`\p{Lu}[\p{L}'’-]*(?:\s(?:\p{Lu}[\p{L}'’-]*|l[èe]s|sur|sous|en|la|le|les|de|du|des)){0,4}`;
/** What stands between two names of one list, and when a place that nothing here knows does: « , Houvelles et ». */
const LINK = new RegExp(`^${BETWEEN}$`, 'u');
const OVER = new RegExp(`^${BETWEEN}${NAME}${BETWEEN}$`, 'u');
const AFTER_ONE = new RegExp(`^\\s+et\\s+${SMALL}{0,3}\\p{Lu}\\p{L}`, 'u');
const OPENS = /(?:^|[:.;(–—]|\s-)\s*$/;
const LEADING = /^(?:À|A|Au|Aux|De|Du|Le|La|Les|Et|Ou|Entre)\s/;
const LONGEST = 90;
const AFTER_BETWEEN = new RegExp(String.raw`(?<!\p{L})(?:[Ee]ntre|ENTRE)\s+${SMALL}{0,3}$`, 'u');
const AFTER_COLON = new RegExp(String.raw`:\s*${SMALL}{0,3}$`, 'u');
const CLOSES = /^\s*(?:\.?\s*$|[)])/;
const IN_BRACKET = /\(\s*$/;
const BRACKET_ENDS = /^\s*\)/;
const STREET = new RegExp(
	String.raw`(?<!\p{L})(?:rue|avenue|boulevard|bd|place|all[ée]e|impasse|route|chemin|quai|square|faubourg|chauss[ée]e)(s?)\s+${SMALL}{0,3}$`,
	'iu'
);
const TITLES =
	/(?<!\p{L})(?:m|mm|mme|mmes|mlle|mr|dr|docteur|abb[ée]|g[ée]n[ée]ral|mar[ée]chal|colonel|pr[ée]sident|saint|sainte|st|ste)\.?\s+$/iu;
/** In a text all in capitals, what may follow a name without making it longer. */
const FOLLOWS = /^\s+(?:ET|OU|A|À|AU|AUX|DE|DU|DES|EN|SUR|POUR|PAR|DANS|AVEC|PUIS|VERS|AINSI|LE|LA|LES)(?!\p{L})/u;

/**
 * The communes of a text: those that are sure, and those that a list carries.
 * in     in the order of the text, none over another
 * never  carries from the name of a street, nor a word that a hyphen, a name or a title makes another one
 */
export function communesCarried(text: string, seen: readonly CommuneSeen[]): readonly CommuneSeen[] {
	if (seen.every((s) => s.sure)) return seen;
	const shouted = text === text.toUpperCase();
	const usable = seen.filter((s, at) => s.sure || isFree(text, s, seen[at - 1], seen[at + 1], shouted));
	const kept = new Set(seen.filter((s) => s.sure));
	for (const chain of chainsOf(text, usable, shouted)) if (isList(text, chain)) for (const s of chain.seen) kept.add(s);
	return seen.filter((s) => kept.has(s));
}

interface Chain {
	readonly seen: CommuneSeen[];
	/** A hyphen alone, or a place unknown here, stands in it. */
	loose: boolean;
}

function chainsOf(text: string, seen: readonly CommuneSeen[], shouted: boolean): Chain[] {
	const chains: Chain[] = [];
	for (const one of seen) {
		const chain = chains.at(-1);
		const last = chain?.seen.at(-1);
		const gap = last && one.start - last.end <= LONGEST ? onOneLine(text.slice(last.end, one.start)) : '';
		const linked = LINK.test(gap);
		const loosely = gap === '-' || (!linked && !shouted && OVER.test(gap));
		if (chain && (linked || loosely)) {
			chain.seen.push(one);
			chain.loose ||= loosely;
		} else chains.push({ seen: [one], loose: false });
	}
	return chains;
}

/** Lines and signs alike part a list; one space each, so that a search stays short. */
const onOneLine = (gap: string): string => gap.replace(/\s*\n\s*/g, ';').replace(/\s+/g, ' ');

function isList(text: string, { seen, loose }: Chain): boolean {
	const [first, last] = [seen[0]!, seen.at(-1)!];
	const [before, after] = [text.slice(Math.max(0, first.start - 40), first.start), text.slice(last.end)];
	const street = STREET.exec(before);
	// « 12 rue de Vermoy, Sorbay » is in Sorbay; « rues de Vermoy et Sorbay » are two streets.
	if (street) return seen.length === 2 && street[1] === '' && /^\s*,\s*$/.test(text.slice(first.end, last.start));
	if (seen.some((s) => s.sure)) return true;
	const own = seen.filter((s) => !s.bare && !isWord(s.word));
	const several = new Set(seen.map((s) => s.codes.join())).size > 1;
	const alone = seen.length === 1 && own.length === 1;
	if (AFTER_BETWEEN.test(before) && (several || (alone && AFTER_ONE.test(after)))) return true;
	const listed =
		(IN_BRACKET.test(before) && BRACKET_ENDS.test(after)) || (AFTER_COLON.test(before) && CLOSES.test(after));
	if (listed && (several || alone)) return true;
	return !loose && new Set(own.map((s) => s.codes.join())).size > 1;
}

const isWord = (word: string): boolean => WORDS.has(word) || isCommon(word);

/** The word is the whole of the name: « Albert Camus », « Sorbay-le-Vieux », « Mme Sorbay » are something else. */
function isFree(
	text: string,
	{ start, end }: CommuneSeen,
	previous: CommuneSeen | undefined,
	next: CommuneSeen | undefined,
	shouted: boolean
): boolean {
	const [before, after] = [text.slice(Math.max(0, start - 40), start), text.slice(end, end + 40)];
	if (/^[-‐‑'’]\p{L}/u.test(after) && next?.start !== end + 1) return false;
	if (/[\p{L}\p{N}][-‐‑]$/u.test(before) && previous?.end !== start - 1) return false;
	if (TITLES.test(before)) return false;
	if (STREET.test(before)) return false;
	if (shouted) return !/^\s+[\p{L}\p{N}]/u.test(after) || FOLLOWS.test(after);
	const [, following = ''] = /^\s+(\p{Lu}\p{L}*)/u.exec(after) ?? [];
	if (following !== '' && !isCommon(following.toLowerCase())) return false;
	const leading = /(?<![\p{L}'’-])\p{Lu}[\p{L}'’-]*\s+$/u.exec(before);
	// The first word of a text or of a sentence has its capital whatever it is.
	return (
		leading === null || OPENS.test(text.slice(0, start - before.length + leading.index)) || LEADING.test(leading[0])
	);
}
