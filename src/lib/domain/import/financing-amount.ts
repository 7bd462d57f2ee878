import { euros } from '../french';
import { amountSpans, LAST_NUMBER, type Span } from './financing-spans';
import { parseMoney } from '../money';
import { plain } from '../text';

/* The one amount of one financeur, and where his name ends: a number may be the end of the name, « BOP 147 ». */

/** What the rest of the cell says of a number without unit. */
export interface Around {
	/** Amounts in plain euros stand beside it, or its header says the unit. */
	readonly euros: boolean;
	/** Amounts stand beside it, be they all in thousands. */
	readonly amounts: boolean;
	/** Folded names of dispositifs. */
	readonly dispositifs: ReadonlyMap<string, string>;
}

export type AmountFound =
	| { readonly genre: 'aucun' }
	| { readonly genre: 'lu'; readonly start: number; readonly end: number }
	/** Something is written that cannot be read without guessing. */
	| { readonly genre: 'douteux'; readonly raison: string };

const NONE: AmountFound = { genre: 'aucun' };
const doubt = (raison: string): AmountFound => ({ genre: 'douteux', raison });

/** Words that take a number after them: « BOP 147 », « axe 4 », « CD 62 ». */
const NUMBERED =
	/(?<!\p{L})(?:bop|uo|prog(?:ramme)?|p|cd|n[°o]|num[ée]ro|axe|lot|phase|tranche|action|mesure|fiche|volet|article)[\s.:]*$/iu;
/** Bodies that the number of their département may follow. */
const LOCAL = /(?<!\p{L})(?:caf|cpam|msa|ars|d[ée]partement|ddtm?|ddets|adil|sdis)\s*$/iu;
/** Beyond that, « CAF 62 500 000 € » is rather what CAF 62 gives. */
const TOO_MUCH = 10_000_000;
/** « Fonds vert : -5 000 € »: a dash that a space follows only stands between the name and the amount. */
const MINUS_BEFORE = /(?:^|[:=]\s*)[-−–]\s?$|[:=]\s*\(\s*$/;
const MINUS_AFTER = /^\s*[-−–]\s*$/;
const NEGATIVE = 'le montant y est négatif';
/** « Ville 10 à 15 000 € » */
const LOWER_END = /(?<![\p{L}\d])(\d{1,3})\s*[àa]\s*$/iu;
const TIMES = /^\s*[x×*]\s*\d/i;
const OF_EACH = /\d\s*[x×*]\s*$/i;
const SHARE_OF = /%\s*(?:de|du|des|d['’]|sur)\s*(?:\p{L}+\s+){0,3}$/iu;
/** What follows only details or compares what comes before. */
const DETAIL =
	/(?:^|[\s,(])(?:dont|soit|sur|y compris|pour un (?:co[uû]t|total|budget)(?: total)?|sur un (?:co[uû]t|total|budget)(?: total)?)\s*(?:de\s+)?$/iu;
export const CURRENCY = /€|(?<!\p{L})(?:k|m)?(?:euros?|eur)(?!\p{L})/iu;

/**
 * in     words of one financeur, on one line; `around`: what the rest of the cell says
 * out    `lu`: from the first digit of the amount to its unit, its basis and « / an »; what is left is the name
 * never  gives to the amount the number that ends a name, nor chooses between two readings
 */
export function amountIn(text: string, around: Around): AmountFound {
	const spans = amountSpans(text);
	if (spans.length === 0) return bareAmount(text, around);
	const span = spans.length === 1 ? spans[0]! : mainSpan(text, spans);
	if (span === null) return doubt('plusieurs montants y sont écrits');
	if (span.each || TIMES.test(text.slice(span.end)) || OF_EACH.test(text.slice(0, span.start)))
		return doubt('c’est un prix à l’unité, non un total');
	if (SHARE_OF.test(text.slice(0, span.start))) return doubt('c’est une part d’un montant, non un montant');
	if (MINUS_BEFORE.test(text.slice(0, span.start)) || MINUS_AFTER.test(text.slice(span.end))) return doubt(NEGATIVE);
	const [, low] = LOWER_END.exec(text.slice(0, span.start)) ?? [];
	if (low !== undefined && !NUMBERED.test(text.slice(0, span.start).replace(LOWER_END, '')))
		return doubt(`rien ne dit si ${low} est la borne basse du montant`);
	return nameApart(text, span, around.dispositifs);
}

/** The amount that the others only detail: « 10 000 € (dont 5 000 € du FSE) », « 5 000 € sur 20 000 € ». */
function mainSpan(text: string, spans: readonly Span[]): Span | null {
	const outside = spans.filter((s) => depthAt(text, s.start) === 0);
	const [first] = spans as [Span];
	const inBrackets = outside.length === 1 && outside[0] === first ? text.slice(first.end) : null;
	if (inBrackets !== null && !/\p{L}{2}/u.test(wordsIn(inBrackets))) return first;
	const details = spans.slice(1).every((s, i) => DETAIL.test(text.slice(spans[i]!.end, s.start)));
	return details ? first : null;
}

/** Letters left once amounts and the years they are for are taken away. */
const wordsIn = (text: string): string =>
	amountSpans(text)
		.reduceRight((left, s) => `${left.slice(0, s.start)} ${left.slice(s.end)}`, text)
		.replace(/(?<!\p{L})(?:en|pour|dont|puis|et|soit)(?!\p{L})/giu, ' ');

export const depthAt = (text: string, at: number): number => {
	const before = text.slice(0, at);
	return before.split(/[([]/).length - before.split(/[)\]]/).length;
};

/** « 147 500 000 »: of the group before thousands, whether it ends the name. */
function nameApart(text: string, { start, end, number }: Span, dispositifs: Around['dispositifs']): AmountFound {
	const [first = '', ...others] = number.split(' ');
	const rest = others.join(' ');
	const whole: AmountFound = { genre: 'lu', start, end };
	if (others.length === 0 || rest.startsWith('0') || !text.startsWith(number, start)) return whole;
	const before = text.slice(0, start);
	const part: AmountFound = { genre: 'lu', start: start + first.length + 1, end };
	if (isKnown(`${before}${first}`, dispositifs)) return part;
	const [most, least] = [start, part.start].map((from) => inEuros(text.slice(from, end)));
	const local = LOCAL.test(before) && /^(?:[0-8]\d|9[0-5])$/.test(first) && (most ?? 0) >= TOO_MUCH;
	if (!local && !NUMBERED.test(before)) return whole;
	return doubt(`deux lectures sont possibles, ${euros(most ?? 0)} ou ${euros(least ?? 0)}`);
}

const inEuros = (text: string): number | null => parseMoney(text, 'inconnu').value?.euros ?? null;

/** The last words are the name of a dispositif, number and all: « BOP 147 ». */
function isKnown(text: string, dispositifs: Around['dispositifs']): boolean {
	const words = plain(text).split(' ');
	return words.some((_, i) => {
		const name = words.slice(i).join(' ');
		return /[a-z]/.test(name) && dispositifs.has(name);
	});
}

/** What may follow a number without making it something else than an amount. */
const TRAIL =
	/\s*(?:\([^()\d]*\)|(?<!\p{L})(?:HT|TTC)|(?<!\p{L})(?:demand|obten|accord|notifi|sollicit|envisag|refus|acquis|attribu|vot|pr[ée]v)\p{L}*|[.:–—-])\s*$/iu;

/** A number without unit that ends the words: « Ville : 20 000 ». */
function bareAmount(text: string, around: Around): AmountFound {
	if (/[:=]\s*\(\s*\d[\d\s.,'’]*\)\s*$/.test(text)) return doubt(NEGATIVE);
	let head = text.trimEnd();
	for (let next = head.replace(TRAIL, ''); next !== head; next = head.replace(TRAIL, '')) head = next;
	const found = LAST_NUMBER.exec(head);
	const unread =
		/\d/.test(text.replace(/\d+(?:[.,]\d+)?\s?%/g, '')) && CURRENCY.test(text)
			? doubt('aucun nombre ne s’y lit comme un montant')
			: NONE;
	if (!found) return unread;
	const number = found[0].trim();
	const before = head.slice(0, found.index);
	if (MINUS_BEFORE.test(before) || /\d\s*[-−–]\s*$/.test(text)) return doubt(NEGATIVE);
	const prefixed = /(?:€|euros?)\s*$/i.exec(before);
	const start = prefixed ? prefixed.index : found.index;
	const end = found.index + number.length;
	if (/[ '’.]\d{3}/.test(number)) {
		const told = nameApart(text, { start: found.index, end, number, unit: '', each: false }, around.dispositifs);
		return told.genre === 'lu' && told.start === found.index ? { ...told, start } : told;
	}
	const value = Number(number.replace(/,(?=\d{3},)|(?<=,\d{3}),/g, '').replace(',', '.'));
	const told = sureness(before, number, value, { ...around, euros: around.euros || prefixed !== null });
	if (told === 'montant') return { genre: 'lu', start, end };
	return told === 'question' ? doubt(`rien ne dit si ${number} est un montant en euros`) : unread;
}

/** Whether digits that are not grouped are money, a part of the name, or nobody knows. */
function sureness(before: string, number: string, value: number, around: Around): 'montant' | 'nom' | 'question' {
	const name = isKnown(`${before}${number}`, around.dispositifs) || NUMBERED.test(before);
	if (name || /^0\d/.test(number)) return 'nom';
	const year = Number.isInteger(value) && value >= 1990 && value <= 2100;
	const announced = /(?:[:=]|€|euros?)\s*$/i.test(before);
	if (year) return announced && around.amounts ? 'question' : 'nom';
	if (announced) {
		if (around.euros || value >= 1_000) return 'montant';
		return around.amounts || value >= 100 ? 'question' : 'nom';
	}
	const digits = number.length;
	if (!/^\d+$/.test(number) || digits < 3) return 'nom';
	// Nine digits are the SIREN of a body.
	if (digits > 3) return around.euros && digits < 9 ? 'montant' : 'question';
	return around.euros ? 'question' : 'nom';
}
