import { curly } from '../french';
import { remember } from '../remember';

/* How the sentence of a gap is written from that of its rule: short enough to be read aloud, the rest is in the proofs. */

type Values = Readonly<Record<string, string>>;

/** A sentence longer than that is no longer heard in one breath. */
const LONG = 300;
/** What it does without then, what matters least first. */
const SPARE = ['suite', 'ou_ca', 'proche', 'alors'] as const;

export function sentenceOf(template: string, values: Values): string {
	let [kept, said] = [values, fillIn(template, values)];
	for (const name of SPARE) {
		if (said.length <= LONG || !kept[name]) continue;
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
