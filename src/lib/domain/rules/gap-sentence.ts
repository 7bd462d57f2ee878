import { curly } from '../french';
import { remember } from '../remember';

/* How the sentence of a gap is written from that of its rule: short enough to be read aloud, the rest is in the proofs. */

type Values = Readonly<Record<string, string>>;

/** More words of ours than that are no longer heard in one breath; the titles quoted are not ours. */
const BREATH = 30;
/** What is to be done is read with the finding still in mind. */
const LONGER = 36;
/** What it does without then, what matters least first. */
const SPARE = [
	['suite', BREATH],
	['doute', BREATH],
	['sortie', LONGER],
	['ou_ecarter', LONGER],
	['par_exemple', LONGER]
] as const;
/** A title is said whole: who is called has to recognise it. Longer ones are cut between two words. */
export const WHOLE_TITLE = 130;

/** How many words a person says: a sign, or a telephone number, is none of them or one. */
export const wordsIn = (said: string): number =>
	said
		.replace(/\d[\d\u00a0\u202f ]*\d/g, '0')
		.split(/[\s/]+/)
		.filter((word) => /[\p{L}\d]/u.test(word)).length;

const QUOTED = /«[^»]*»/g;
const GAPS_BETWEEN = /[\s/]+/g;

/** How many words of a sentence are ours. */
export const ownWords = (said: string): number => wordsIn(said.replace(QUOTED, ''));

/** Said in more than one breath: most are not, and the signs between their words are enough to tell. */
function isLong(said: string, most: number): boolean {
	GAPS_BETWEEN.lastIndex = 0;
	let words = 1;
	while (words <= most && GAPS_BETWEEN.test(said)) words++;
	return words > most && ownWords(said) > most;
}

export function sentenceOf(template: string, values: Values): string {
	let [kept, said]: [Values, string] = [values, fillIn(template, values)];
	for (const [name, most] of SPARE) {
		if (!kept[name] || !template.includes(`{${name}}`) || !isLong(said, most)) continue;
		kept = { ...kept, [name]: '' };
		said = fillIn(template, kept);
	}
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

/** A name set apart between commas drops the second one before another sign: « au porteur, Brisse Nature, ; sinon ». */
const oneSign = (part: string): string =>
	!part.includes(',\u2063') ? part : part.replace(/,(?=\u2063*\s?[,;.)])/g, '');

/** French typography, whatever the rule's file has; a title read in a file keeps its own apostrophes. */
const typeset = remember(
	(text) =>
		text
			// A title may run over two lines of its cell.
			.replace(/[ \t\n]{2,}|\n/g, ' ')
			.replace(/«[ \u00a0\u202f]*/g, '«\u00a0')
			.replace(/[ \u00a0\u202f]*»/g, '\u00a0»')
			.replace(/ (:)/g, '\u00a0$1')
			.replace(/ ([;!?])/g, '\u202f$1')
			.replace(/«[^»]*»|[^«]+/g, (part) => (part.startsWith('«') ? part : oneSign(curly(part)))),
	{ texts: 5_000, characters: 1_000 }
);
