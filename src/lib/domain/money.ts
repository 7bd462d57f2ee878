import { z } from 'zod';
import { oneLine, type CellValue } from './import/cell';
import { euros as written, quoted } from './french';
import { anomaly, type Issue, type IssueCode, type Parsed, type Severity } from './issue';
import { isCancelled, isNegative } from './money-taken-back';
import { plain } from './text';

export const Basis = z.enum(['HT', 'TTC', 'inconnu']);
export type Basis = z.infer<typeof Basis>;

/** Euros with two decimals at most. `max` is set when the file gives a range: `euros` is then its lower bound. */
export const Money = z.object({
	euros: z.number(),
	base: Basis,
	max: z.number().nullable().default(null)
});
export type Money = z.infer<typeof Money>;

/** An amount as a person types it; what `parseMoney` reads back. A basis that is not known is not written. */
export const moneyWords = ({ euros, max, base }: Money): string =>
	max === null ? written(euros, base) : `${written(euros)} à ${written(max, base)}`;

const EXPECTED = 'un nombre, par exemple «\u00a060 000 € HT\u00a0» ou «\u00a01,2 M€\u00a0»';
/** Signs people put in a cell to leave it blank. */
const BLANK = /^[-–—_/.\s]*$/;
/** Beyond ten billion euros a cell holds a code or a telephone number, not a budget. */
const ABSURD = 10_000_000_000;

/** Largest first: « milliards » also starts with « m ». */
const UNIT = String.raw`milliards?|mds?|millions?|milliers?|meuros?|keuros?|meur|keur|m€|k€|ke|m|k`;
const CURRENCY = String.raw`€|euros?|eur`;
const DIGITS = String.raw`\d{1,3}(?:[ '’]\d{3})+\.\d{1,2}(?!\d)|\d{1,3}(?:[ '’.]\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d+(?:[.,]\d+)?`;
const AMOUNT = new RegExp(
	String.raw`(?<![\d\p{L}])(?<number>${DIGITS})\s*(?:(?<unit>${UNIT})(?![\p{L}²³]))?\s*(?:d['’]\s*)?(?<currency>${CURRENCY})?(?![\p{L}\d])`,
	'giu'
);
const BETWEEN = /^\s*(?:-|–|—|à|a|et|\/)\s*$/i;
/** Words that may stand beside a bare number without making it something else than an amount. */
const NOISE = new Set(
	(
		'entre de du d le la les l un une a au et ou par an ans annuel annuelle montant budget cout total estime estimee ' +
		'previsionnel previsionnelle soit environ env ht ttc h t c hors taxe taxes toutes comprises enveloppe travaux ' +
		'investissement global globale approximativement approximatif pres maximum maxi max minimum mini min plafond ' +
		'plafonne jusqu moins plus partir'
	).split(' ')
);

interface Found {
	readonly value: number;
	readonly unit: number;
	readonly marked: boolean;
	readonly dotted: boolean;
	readonly metres: boolean;
	readonly start: number;
	readonly end: number;
}

/**
 * Reads an amount as a French table writes it.
 * in     a cell; the basis and the unit its header announces (« k€ » = 1000). What is written in the cell wins over them
 * out    euros to the cent; a range keeps both ends (`euros`, `max`) and says so
 * empty  a blank cell or a lone dash → null without issue; 0 stays a real zero
 * never  guesses in silence: words, several amounts, unit prices and negative amounts → null and an issue
 */
export function parseMoney(cell: CellValue, base: Basis, unite = 1): Parsed<Money> {
	if (cell === null) return { value: null, issues: [] };
	if (typeof cell === 'boolean') return unread(cell ? 'oui' : 'non');
	if (typeof cell === 'number')
		return checked(cell * unite, null, base, String(cell), inUnit(cell, unite, String(cell)));

	const text = oneLine(cell)
		.replace(/(?<=[\d€])(?=h\.?t|t\.?t\.?c)/gi, ' ')
		// « 12 500€50 »
		.replace(/(?<=\d)\s?€(\d\d)$/, ',$1 €');
	if (BLANK.test(text)) return { value: null, issues: [] };
	const stated = basisIn(text);
	if (stated === 'deux') return twoBases(text);
	const kept = stated ?? base;
	if (isNegative(text)) return negative(text);
	if (isCancelled(text)) return cancelled(text);
	if (/%|\/\s*(?:m²|m2|logement|hab|ha|kwh|mwh|t\b|tonne|unité|jour|an\b.*hab)/i.test(text)) return unread(text);

	const found = amounts(text);
	const rest = remainder(text, found);
	const [first, second] = found;
	if (!first || found.length > 2 || found.some((f) => f.metres)) return unread(text);
	if (!first.marked && !second?.marked && rest !== '') return unread(text);

	const times = found.some((f) => f.marked || f.unit !== 1) ? 1 : unite;
	if (second) {
		if (!BETWEEN.test(text.slice(first.end, second.start)) || looksLikeYears(found)) return unread(text);
		// « entre 200 et 500 k€ »: the unit written once holds for both ends.
		const inThousands = writtenInThousands(first, second);
		// Nothing says whether « 10 » under « k€ », or beside a hundred times as much, is in thousands too.
		if (inThousands && (times !== 1 || second.value > 10_000 * first.value)) return unread(text);
		const low =
			times *
			(inThousands
				? first.value * 1_000
				: first.value * (first.marked ? first.unit : Math.max(first.unit, second.unit)));
		const high = times * second.value * second.unit;
		if (high <= low) return unread(text);
		if (inThousands)
			return checked(low, high, kept, text, [thousands(first, low, high, text), ...yearly(text, written(low))]);
		const message = `Le montant est un intervalle\u00a0: la borne basse, ${written(low)}, est retenue.`;
		const range = say('montant-intervalle', 'info', message, text, 'Précisez le montant dès qu’il est connu.');
		return checked(low, high, kept, text, [range, ...yearly(text, written(low))]);
	}
	const issues = [...doubts(text, { ...first, unit: first.unit * times }), ...inUnit(first.value, times, text)];
	return checked(first.value * first.unit * times, null, kept, text, issues);
}

/** « 10 à 15 000 € »: the lower end is in the thousands of the upper one. « 500 à 2 000 € » is not. */
const writtenInThousands = (low: Found, high: Found): boolean =>
	!low.marked &&
	low.unit === 1 &&
	high.unit === 1 &&
	low.value > 0 &&
	low.value < 1_000 &&
	high.value % 1_000 === 0 &&
	low.value * 1_000 < high.value;

const thousands = (first: Found, low: number, high: number, text: string): Issue =>
	say(
		'montant-intervalle',
		'a-verifier',
		`Le montant est lu de ${written(low)} à ${written(high)}, ${quoted(String(first.value).replace('.', ','))} étant compté en milliers comme l’autre borne\u00a0: la borne basse est retenue.`,
		text,
		'Écrivez les deux bornes en entier, ou le montant dès qu’il est connu.'
	);

/** « 350 000 » under « k€ » is more often euros typed in the wrong column than 350 millions. */
function inUnit(value: number, unite: number, text: string): Issue[] {
	if (unite === 1 || value * unite < 100_000_000) return [];
	const message = `D’après l’en-tête, ${quoted(text)} fait ${written(value * unite)}\u00a0: l’unité est à vérifier.`;
	return [
		say(
			'valeur-suspecte',
			'a-verifier',
			message,
			text,
			'Écrivez l’unité dans la cellule, par exemple «\u00a0350 k€\u00a0».'
		)
	];
}

/** Basis written in a header or a cell; null when none is, 'deux' when both are. */
export function basisIn(text: string): Basis | 'deux' | null {
	const ht = /(?<!\p{L})(?:h\.?\s?t\.?|hors[ -]taxes?)(?!\p{L})/iu.test(text);
	const ttc = /(?<!\p{L})(?:t\.?t\.?c\.?|toutes taxes)(?!\p{L})/iu.test(text);
	return ht && ttc ? 'deux' : ht ? 'HT' : ttc ? 'TTC' : null;
}

function amounts(text: string): Found[] {
	return [...text.matchAll(AMOUNT)].map((match) => {
		const { number = '', unit = '', currency } = match.groups ?? {};
		return {
			value: toNumber(number),
			unit: factor(unit),
			marked: currency !== undefined || /€|euro/i.test(unit) || unit.length > 1,
			dotted: /^\d{1,3}\.\d{3}$/.test(number) && unit === '',
			// A small m without € is more often metres than millions.
			metres: unit === 'm' && currency === undefined,
			start: match.index,
			end: match.index + match[0].length
		};
	});
}

function toNumber(digits: string): number {
	if (/^\d{1,3}(?:[ '’]\d{3})+\.\d{1,2}$/.test(digits)) return Number(digits.replace(/[ '’]/g, ''));
	const grouped = /^\d{1,3}(?:[ '’.]\d{3})+(?:,\d+)?$/.test(digits);
	if (grouped) return Number(digits.replace(/[ '’.]/g, '').replace(',', '.'));
	if (/^\d{1,3}(?:,\d{3}){2,}/.test(digits)) return Number(digits.replace(/,/g, ''));
	return Number(digits.replace(',', '.'));
}

function factor(unit: string): number {
	const letters = unit.toLowerCase();
	if (letters.startsWith('milliard') || letters.startsWith('md')) return 1_000_000_000;
	if (letters.startsWith('k') || letters.startsWith('millier')) return 1_000;
	return letters.startsWith('m') ? 1_000_000 : 1;
}

/** What is left once amounts and the words that usually go with them are taken away. */
function remainder(text: string, found: readonly Found[]): string {
	const chars = [...found].reverse().reduce((left, f) => left.slice(0, f.start) + ' ' + left.slice(f.end), text);
	const words = plain(chars).split(' ');
	return words.filter((word) => word !== '' && !NOISE.has(word)).join(' ');
}

const looksLikeYears = (found: readonly Found[]): boolean =>
	found.every((f) => !f.marked && f.unit === 1 && Number.isInteger(f.value) && f.value >= 1990 && f.value <= 2100);

/** Things worth telling about an amount that was read all the same. */
function doubts(text: string, amount: Found): Issue[] {
	const value = written(amount.value * amount.unit);
	const issues: Issue[] = [];
	const add = (code: IssueCode, severity: Severity, message: string, hint: string) =>
		issues.push(say(code, severity, message, text, hint));
	if (/environ|\benv\b|approximativ|~|≈|près de/i.test(text))
		add(
			'montant-intervalle',
			'info',
			`Le montant est approximatif\u00a0: ${value} est retenu.`,
			'Précisez-le ensuite.'
		);
	if (/\bmax|plafon|jusqu|au plus|<|\bmini?\b|minimum|au moins|à partir|plus de|moins de|>/i.test(text))
		add(
			'montant-intervalle',
			'a-verifier',
			`Le montant est une borne\u00a0: ${value} est retenu.`,
			'Donnez le montant prévu.'
		);
	issues.push(...yearly(text, value));
	if (amount.dotted)
		add(
			'valeur-suspecte',
			'a-verifier',
			`Le point est lu comme un séparateur de milliers\u00a0: ${value}.`,
			'Écrivez les milliers avec une espace.'
		);
	return issues;
}

export const isYearly = (text: string): boolean => /par an\b|\/\s*an\b|annuel/i.test(text);

/** « 200 k€/an »: one year is kept, and said. */
const yearly = (text: string, value: string): Issue[] =>
	isYearly(text)
		? [
				say(
					'valeur-suspecte',
					'a-verifier',
					`Le montant est annuel\u00a0: ${value} est retenu pour une année.`,
					text,
					'Donnez le total.'
				)
			]
		: [];

function checked(low: number, high: number | null, base: Basis, text: string, issues: readonly Issue[]): Parsed<Money> {
	if (!Number.isFinite(low)) return unread(text);
	if (low < 0) return negative(text);
	if (Math.max(low, high ?? 0) >= ABSURD) {
		const message = `${quoted(text)} est trop grand pour être un montant\u00a0: il n’est pas retenu.`;
		return {
			value: null,
			issues: [say('valeur-suspecte', 'a-verifier', message, text, 'Vérifiez qu’il ne s’agit pas d’un code.')]
		};
	}
	return { value: { euros: cents(low), base, max: high === null ? null : cents(high) }, issues };
}

/** To the cent, halves up, on the digits one reads: 2 490,345 is 2 490,35 though its binary float is a little less. */
function cents(value: number): number {
	const [whole, decimals = ''] = String(value).split('.');
	if (decimals.length <= 2 || decimals.includes('e')) return Math.round(value * 100) / 100;
	return (Number(`${whole}${decimals.slice(0, 2)}`) + (decimals[2]! >= '5' ? 1 : 0)) / 100;
}

const say = (code: IssueCode, severity: Severity, message: string, found: string, hint: string): Issue =>
	anomaly(code, severity, message, { found, expected: EXPECTED, hint });

const none = (code: IssueCode, message: string, found: string, hint: string): Parsed<Money> => ({
	value: null,
	issues: [say(code, 'a-verifier', message, found, hint)]
});

const unread = (text: string): Parsed<Money> =>
	none(
		'montant-illisible',
		`Aucun montant ne peut être lu dans ${quoted(text)}.`,
		text,
		'Écrivez un seul montant, en euros, ou laissez la cellule vide.'
	);

const negative = (text: string): Parsed<Money> =>
	none(
		'valeur-suspecte',
		`${quoted(text)} est négatif\u00a0: il n’est pas retenu.`,
		text,
		'Écrivez un montant positif.'
	);

const cancelled = (text: string): Parsed<Money> =>
	none(
		'valeur-suspecte',
		`${quoted(text)} est écrit comme annulé ou retiré\u00a0: le montant n’est pas retenu.`,
		text,
		'Écrivez le montant qui tient, ou laissez la cellule vide.'
	);

const twoBases = (text: string): Parsed<Money> =>
	none(
		'montant-illisible',
		`${quoted(text)} donne un montant hors taxes et un montant toutes taxes comprises.`,
		text,
		'Gardez un seul montant et sa base.'
	);
