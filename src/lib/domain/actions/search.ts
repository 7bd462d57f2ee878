import { once } from '../memory';
import { remember } from '../remember';
import type { Synonyms } from '../search/search-index';
import { plain } from '../text';
import { stem } from '../stem';

/* Looking for actions by words: accents, plurals, beginnings and initials are all understood. */

/** A text cut where it answers a search: odd pieces are what was looked for. */
export type Marked = readonly string[];

export interface Search {
	/** Is every word looked for somewhere in these texts? */
	readonly finds: (texts: readonly (string | null)[]) => boolean;
	readonly mark: (text: string) => Marked;
}

/** Fewer letters find too much as the beginning of a word. */
const PREFIX = 3;
const WORD = /[\p{L}\p{N}]+/gu;
/** Left out of initials: « qpv » = quartier prioritaire de la politique de la ville. */
const SMALL = new Set('a au aux d de des du en et l la le les par pour sur'.split(' '));

interface Wanted {
	readonly mot: string;
	/** Folded words it stands for, itself first. */
	readonly sens: readonly string[];
	readonly racines: ReadonlySet<string>;
	/** What was asked, written otherwise: roots of words in a row. */
	readonly autrement: readonly (readonly string[])[];
}

/**
 * Makes a search ready; null when nothing is asked.
 * in     `short`: abbreviations and what they stand for; `ways`: ways to write one same thing, one of several words found in a row
 */
export function compileSearch(
	asked: string,
	short: Readonly<Record<string, string>> = {},
	ways: Synonyms = []
): Search | null {
	const all = plain(asked)
		.split(' ')
		.filter((word) => word !== '');
	const told = all.filter((word) => !SMALL.has(word));
	const words = told.length > 0 ? told : all;
	if (words.length === 0) return null;
	const wanted = words.map((mot): Wanted => {
		const sens = [mot, ...(short[mot] ? plain(short[mot]).split(' ') : [])];
		return { mot, sens, racines: new Set(sens.map(stem)), autrement: [] };
	});
	const groups = groupsOf(ways);
	for (let at = 0; at < words.length; at++) {
		const own = wanted.slice(at).map(({ mot }) => stem(mot));
		for (const group of groups)
			for (const side of group) {
				if (!side.every((root, i) => root === own[i])) continue;
				const others = group.filter((other) => other !== side);
				// Several words stand for one thing: each of them may be said the other way.
				for (let i = 0; i < side.length; i++) {
					const { autrement, ...asked } = wanted[at + i]!;
					wanted[at + i] = { ...asked, autrement: [...autrement, ...others] };
				}
			}
	}
	return {
		finds: (texts) => {
			const read = texts.flatMap((text) => (text ? [text] : []));
			return wanted.every((w) =>
				read.some((text) => wordsOf(text).some((x) => meets(x, w)) || initials(text, w) || saidOtherwise(text, w))
			);
		},
		mark: (text) => markWords(text, wanted)
	};
}

interface Word {
	readonly plie: string;
	readonly racine: string;
}

const wordsOf = remember(
	(text: string): readonly Word[] =>
		plain(text)
			.split(' ')
			.filter((word) => word !== '')
			.map((plie) => ({ plie, racine: stem(plie) })),
	{ texts: 20_000, characters: 4_000 }
);

const meets = ({ plie, racine }: Word, { mot, sens, racines }: Wanted): boolean =>
	racines.has(racine) || sens.includes(plie) || (mot.length >= PREFIX && plie.startsWith(mot));

const initials = (text: string, { mot }: Wanted): boolean => spanOfInitials(wordsOf(text), mot) !== null;

/** First run of words whose initials are those letters, small words left out: from, to. */
function spanOfInitials(words: readonly Word[], letters: string): readonly [number, number] | null {
	if (letters.length < PREFIX) return null;
	for (let start = 0; start < words.length; start++) {
		let read = 0;
		for (let at = start; at < words.length && read < letters.length; at++) {
			const { plie } = words[at]!;
			if (plie.startsWith(letters[read]!)) read++;
			else if (at === start || !SMALL.has(plie)) break;
			if (read === letters.length) return [start, at];
		}
	}
	return null;
}

const saidOtherwise = (text: string, { autrement }: Wanted): boolean =>
	autrement.length > 0 && autrement.some((side) => spanOf(wordsOf(text), side) !== null);

/** First run of words of those roots, small words left out: from, to. */
function spanOf(words: readonly Word[], side: readonly string[]): readonly [number, number] | null {
	const told = words.flatMap(({ plie, racine }, at) => (SMALL.has(plie) ? [] : [{ racine, at }]));
	const start = told.findIndex((_, i) => side.every((root, k) => told[i + k]?.racine === root));
	return start < 0 ? null : [told[start]!.at, told[start + side.length - 1]!.at];
}

/** Roots of each way, small words left out. */
const groupsOf = once((ways: Synonyms): readonly (readonly (readonly string[])[])[] =>
	ways.map((group) => {
		const sides = group.map((one) =>
			plain(one)
				.split(' ')
				.filter((word) => word !== '' && !SMALL.has(word))
				.map(stem)
		);
		return [...new Map(sides.map((side) => [side.join(' '), side])).values()].filter((side) => side.length > 0);
	})
);

function markWords(text: string, wanted: readonly Wanted[]): Marked {
	const found = [...text.matchAll(WORD)].filter((match) => plain(match[0]) !== '');
	const words = found.map((match) => ({ plie: plain(match[0]), racine: stem(match[0]) }));
	const spans = wanted
		.flatMap((w) => [spanOfInitials(words, w.mot), ...w.autrement.map((side) => spanOf(words, side))])
		.filter((span) => span !== null);
	const within = (at: number): boolean => spans.some(([from, to]) => at >= from && at <= to);
	const pieces: string[] = [''];
	let done = 0;
	found.forEach((match, at) => {
		if (!within(at) && !wanted.some((w) => meets(words[at]!, w))) return;
		pieces[pieces.length - 1] += text.slice(done, match.index);
		pieces.push(match[0], '');
		done = match.index + match[0].length;
	});
	pieces[pieces.length - 1] += text.slice(done);
	return pieces;
}
