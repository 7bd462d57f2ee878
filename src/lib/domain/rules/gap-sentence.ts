import { curly, cut, quoted } from '../french';
import { remember } from '../remember';

/* How the sentence of a gap is written from that of its rule: short enough to be read aloud, the rest is in the proofs. */

type Values = Readonly<Record<string, string>>;

/** More words than that are no longer heard in one breath. */
const BREATH = 30;
/** What it does without then, what matters least first. */
const SPARE = ['suite', 'doute', 'hors'] as const;
/** Titles of actions are the longest words of a sentence: they are cut before anything else is lost. */
const SHORT_TITLE = 40;
/** Those that stand bare in the values. */
const TITLES = ['action', 'action_a', 'action_b'] as const;
/** Names that are said whole. */
const WHOLE = ['enjeu', 'mesure', 'champs_manquants', 'manque'] as const;

/** How many words a person says: a sign, or a telephone number, is none of them or one. */
export const wordsIn = (said: string): number =>
	said
		.replace(/\d[\d\u00a0\u202f ]*\d/g, '0')
		.split(/[\s/]+/)
		.filter((word) => /[\p{L}\d]/u.test(word)).length;

const GAPS_BETWEEN = /[\s/]+/g;

/** Said in more than one breath: most are not, and the signs between their words are enough to tell. */
function isLong(said: string): boolean {
	GAPS_BETWEEN.lastIndex = 0;
	let most = 1;
	while (most <= BREATH && GAPS_BETWEEN.test(said)) most++;
	return most > BREATH && wordsIn(said) > BREATH;
}

export function sentenceOf(template: string, values: Values): string {
	let [kept, said]: [Record<string, string>, string] = [{ ...values }, fillIn(template, values)];
	if (isLong(said)) {
		const whole = WHOLE.map((name) => values[name] ?? '').filter(Boolean);
		const short = (part: string, title: string) =>
			title.length > SHORT_TITLE && !whole.some((name) => name.includes(title))
				? quoted(cut(title, SHORT_TITLE))
				: part;
		const shorter = (text: string) => text.replace(/«\u00a0([^»]*)\u00a0»/g, short);
		kept = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shorter(value)]));
		for (const name of TITLES) if (kept[name]) kept[name] = cut(kept[name], SHORT_TITLE);
		said = fillIn(template, kept);
	}
	for (const name of SPARE) {
		if (!kept[name] || !isLong(said)) continue;
		kept = { ...kept, [name]: '' };
		said = fillIn(template, kept);
	}
	// The gesture names it.
	if (kept['n_court'] && isLong(said)) said = fillIn(template, { ...kept, n_dit: kept['n_court'] });
	return said;
}

export const fillIn = (template: string, values: Values): string => typeset(fill(template, values));

function fill(sentence: string, values: Values): string {
	let said = '';
	const pieces = piecesOf(sentence);
	for (let i = 0; i < pieces.length; i++) said += i % 2 ? (values[pieces[i]!] ?? 'non renseigné') : pieces[i]!;
	return said;
}

/** « Au {quartier}, rien. » → text and names in turn. */
const piecesOf = remember((sentence) => sentence.split(/\{(\w+)\}/), { characters: 2_000 });

/** French typography, whatever the rule's file has; a title read in a file keeps its own apostrophes. */
const typeset = remember(
	(text) =>
		text
			.replace(/«[ \u00a0\u202f]*/g, '«\u00a0')
			.replace(/[ \u00a0\u202f]*»/g, '\u00a0»')
			.replace(/ (:)/g, '\u00a0$1')
			.replace(/ ([;!?])/g, '\u202f$1')
			.replace(/«[^»]*»|[^«]+/g, (part) => (part.startsWith('«') ? part : curly(part))),
	{ texts: 5_000, characters: 1_000 }
);
