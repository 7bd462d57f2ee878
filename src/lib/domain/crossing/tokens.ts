import { plain } from '../text';
import { stem } from '../stem';

/* The words of a title as the classification reads them: without its numbering, by their roots, names of places apart. */

/** Words that carry no meaning of their own: skipped in texts and in expressions alike. */
const EMPTY = new Set(
	(
		'a ainsi au aux avec ce ces cet cette d dans de des du en et l la le les leur leurs n nos notre ou par pour qu que qui ' +
		's sa se ses son sur un une via y afin dont nous vous dun fois'
	)
		.split(' ')
		.concat('')
);

/** One word of a text that means something, and where it stands. */
export interface Token {
	readonly root: string;
	/** Part of the name of a place (« rue des Mineurs »): says nothing by itself. */
	readonly name: boolean;
	readonly start: number;
	readonly end: number;
	readonly text: string;
}

/** Words after which a capital begins a proper name. */
const PLACES = new Set(
	(
		'rue avenue boulevard place square allee chemin impasse quai quartier cite residence secteur faubourg zac site ilot tour ' +
		'ecole college lycee groupe scolaire maternelle elementaire gymnase stade salle espace centre maison parc jardin hameau ' +
		'clos lotissement ferme chateau hopital immeuble barre'
	)
		.split(' ')
		.map(stem)
);

/** « rue du marais », « RUE DES ECOLES »: after these words and an article comes a name, capital or not. */
const STREETS = new Set('rue ruelle avenue boulevard impasse'.split(' ').map(stem));
const ARTICLE = /^\s+(?:du|des|de la|de l['’ ]|de)\s*$/i;

/** A sum says what its words say: « 5 000 € » is « 5 000 euros ». */
const EURO = '€';
const meanings = new Map([[EURO, stem('euro')]]);

/** Root of a word as written; '' when it carries no meaning. */
function meaning(word: string): string {
	let root = meanings.get(word);
	if (root === undefined) {
		root = EMPTY.has(plain(word)) ? '' : stem(word);
		meanings.set(word, root);
	}
	return root;
}

const WORD_SIGN = /[\p{L}\p{M}\p{N}]/u;
/** Signs that make words, among those French is written with: looked up, where a regular expression would be run. */
const KNOWN_SIGNS = Uint8Array.from({ length: 0x250 }, (_, code) => +WORD_SIGN.test(String.fromCharCode(code)));
const CAPITAL = /^\p{Lu}\p{Ll}/u;

/** Length of the sign that stands there when it makes words, 0 otherwise. */
function signAt(text: string, at: number): number {
	const code = text.charCodeAt(at);
	if (code < KNOWN_SIGNS.length) return KNOWN_SIGNS[code]!;
	const whole = String.fromCodePoint(text.codePointAt(at)!);
	return WORD_SIGN.test(whole) ? whole.length : 0;
}

function tokens(text: string): Token[] {
	const found: Token[] = [];
	let mixed: boolean | undefined;
	// In a title all in capitals, a capital says nothing.
	const isMixed = (): boolean => (mixed ??= /\p{Ll}{3}/u.test(text));
	let before: Token | undefined;
	const keep = (start: number, end: number): void => {
		const word = text.slice(start, end);
		const root = meaning(word);
		if (root === '') return;
		const name =
			before !== undefined &&
			(((before.name || PLACES.has(before.root)) && CAPITAL.test(word) && isMixed() && adjoins(text, before, start)) ||
				(STREETS.has(before.root) && ARTICLE.test(text.slice(before.end, start))));
		before = { root, name, start, end, text: word };
		found.push(before);
	};
	for (let start = 0, end = 0; start < text.length; start = end + 1) {
		end = start;
		for (let sign = signAt(text, end); sign > 0; sign = end < text.length ? signAt(text, end) : 0) end += sign;
		if (end > start) keep(start, end);
		if (text[end] === EURO) keep(end, end + 1);
	}
	return found;
}

function adjoins(text: string, before: Token, start: number): boolean {
	return !/[,;:.()/–]| - /.test(text.slice(before.end, start));
}

/** « Action 8 – », « A-3 », « 1.2.1 »… in front of a title: not part of what it says; « 5 000 € » is a sum. */
const NUMBERING =
	/^\s*(?:(?:fiche[- ]?)?action|axe|fiche|mesure|orientation)?\s*(?:n[°o]\s*)?(?:[a-z]{0,2}[-. ]?\d+(?:[-.]\d+)*\s*(?:[-–—:.)]|(?=\s)(?!\s*(?:\d{3}\s*)*(?:€|euros?\b)))|[a-z]\s*[-–—:.)])\s*/iu;

/** « ENV2 : », « OR6 | », « EN.A.1.1. », « 1.b.4. », « (AT1) »: the code of a plan's own numbering. */
const CODED =
	/^\s*\(?(?!CO2|NO2|PM\d)(?:[A-Z]{1,5}\d{1,2}|[A-Z]{1,3}(?:\.[A-Z0-9]{1,2}){1,4}|\d{1,2}\.[a-z](?:\.\d{1,2}[a-z]?)?)\.?\)?\s*(?:[|:–—.-]|\s(?=\p{Lu}))\s*/u;

/** Most titles begin with a word that no numbering begins with. */
const WORDY = /^[B-EG-LNP-Zb-eg-lnp-zÀ-ÿ][a-zà-ÿ]{2}/;

function unnumbered(text: string): string {
	if (WORDY.test(text)) return text;
	const bare = text.replace(CODED, '').replace(NUMBERING, '');
	return bare === text ? text : bare.replace(CODED, '').replace(NUMBERING, '');
}

/** A title or a text, and its words that mean something, in order. */
export interface ReadText {
	/** Without its numbering. */
	readonly body: string;
	readonly words: readonly Token[];
}

export function readText(text: string): ReadText {
	const body = unnumbered(text);
	return { body, words: tokens(body) };
}

/** Roots of an expression, in order. */
export const rootsOfExpression = (expression: string): string[] => tokens(expression).map((token) => token.root);
