import { remember } from '../remember';
import { plain } from '../text';
import type { IsoDate } from '../source';

/* Moments written in French: days, months, quarters, half-years, years, and the words around them. */

export interface Period {
	/** null when the text only gives the other end: « dès 2025 », « d’ici 2030 ». */
	readonly debut: IsoDate | null;
	readonly fin: IsoDate | null;
	/** Last day of the moment itself, whichever end it gives. */
	readonly last: IsoDate;
	readonly precision: 'jour' | 'mois' | 'trimestre' | 'semestre' | 'annee';
	readonly bound: 'debut' | 'fin' | null;
	/** « mi-2024 », « fin 2025 », « été 2025 »: no calendar says where it starts. */
	readonly approximate: boolean;
}

const MONTHS: readonly (readonly [RegExp, number])[] = [
	[/^jan/, 1],
	[/^f[eé]v/, 2],
	[/^mars$/, 3],
	[/^avr/, 4],
	[/^mai$/, 5],
	[/^juin$/, 6],
	[/^juil/, 7],
	[/^ao[uû]t$/, 8],
	[/^sep/, 9],
	[/^oct/, 10],
	[/^nov/, 11],
	[/^d[eé]c/, 12]
];
const MONTH = String.raw`(?<month>janv?(?:ier)?|f[eé]v(?:r(?:ier)?)?|mars|avr(?:il)?|mai|juin|juil(?:l(?:et)?)?|ao[uû]t|sept?(?:embre)?|oct(?:obre)?|nov(?:embre)?|d[eé]c(?:embre)?)\.?`;
const YEAR = String.raw`(?<year>(?:19[89]|20\d)\d)(?!\d)`;
/** The same, for the first of two months. */
const FIRST_MONTH = MONTH.replace('<month>', '<first>');
const RANK = String.raw`(?<rank>[1-4])\s*(?:er|ère|ere|e|è|eme|ème|nd|nde|[ᵉ°])?`;
const OF = String.raw`\s*(?:de\s+(?:l['’]ann[ée]e\s+)?)?`;
const SEASONS: Readonly<Record<string, readonly [number, number]>> = {
	printemps: [3, 6],
	ete: [6, 9],
	automne: [9, 12],
	hiver: [1, 3],
	rentree: [9, 9]
};

const ORDINALS: Readonly<Record<string, number>> = { premier: 1, second: 2, deuxieme: 2, troisieme: 3, quatrieme: 4 };

type Groups = Readonly<Record<string, string | undefined>>;
type Moment = Omit<Period, 'bound' | 'last'> & { readonly fin: IsoDate };
type Reader = (g: Groups) => Moment | null;

const day = (y: number, m: number, d: number): Moment | null => {
	if (m < 1 || m > 12 || d < 1 || d > lastDay(y, m)) return null;
	return { debut: iso(y, m, d), fin: iso(y, m, d), precision: 'jour', approximate: false };
};
const months = (y: number, from: number, to: number, precision: Period['precision'], approximate = false): Moment => ({
	debut: iso(y, from, 1),
	fin: iso(y, to, lastDay(y, to)),
	precision,
	approximate
});

/** Most precise first: what one pattern takes is no longer there for the next. */
const PATTERNS: readonly (readonly [string, Reader])[] = [
	[String.raw`(?<year>(?:19|20)\d\d)-(?<m>\d\d)-(?<d>\d\d)(?:T[\d:.]+Z?)?`, (g) => day(n(g.year), n(g.m), n(g.d))],
	[
		String.raw`(?<d>\d{1,2})\s?[/.-]\s?(?<m>\d{1,2})\s?[/.-]\s?(?<year>(?:19|20)\d\d)(?!\d)(?:,?\s+[0-2]?\d[:h][0-5]\d(?::[0-5]\d)?)?`,
		(g) => day(n(g.year), n(g.m), n(g.d))
	],
	[String.raw`(?<d>\d{1,2})/(?<m>\d{1,2})/(?<year>\d\d)(?!\d)`, (g) => day(2000 + n(g.year), n(g.m), n(g.d))],
	[String.raw`(?<d>\d\d)\.(?<m>\d\d)\.(?<year>\d\d)(?!\d|\.)`, (g) => day(2000 + n(g.year), n(g.m), n(g.d))],
	[String.raw`(?<d>\d{1,2})(?:\s?er|\s?ier)?\s+${MONTH}\s*${YEAR}`, (g) => day(n(g.year), monthOf(g.month), n(g.d))],
	// « avril à juin 2025 »: the year is written once.
	[
		String.raw`${FIRST_MONTH}\s*(?:-|–|à|a|/|et)\s*${MONTH}\s*${YEAR}`,
		(g) => {
			const [from, to] = [monthOf(g.first), monthOf(g.month)];
			return from <= to ? months(n(g.year), from, to, 'mois') : null;
		}
	],
	[
		String.raw`(?<part>d[ée]but|mi|fin|courant|mois d[e'’])?[\s-]*${MONTH}\s*[-/]?\s*${YEAR}`,
		(g) => {
			const m = monthOf(g.month);
			return months(n(g.year), m, m, 'mois', /^(?:d|mi$|fin)/i.test(g.part ?? ''));
		}
	],
	// « mars-25 », as a spreadsheet shows a month.
	[
		String.raw`${MONTH}\s?[-/'’ ]\s?(?<short>[1-4]\d)(?![\d/:h])`,
		(g) => months(2000 + n(g.short), monthOf(g.month), monthOf(g.month), 'mois')
	],
	[String.raw`(?<m>0?[1-9]|1[0-2])/${YEAR}`, (g) => months(n(g.year), n(g.m), n(g.m), 'mois')],
	[String.raw`${YEAR}-(?<m>0[1-9]|1[0-2])(?!\d)`, (g) => months(n(g.year), n(g.m), n(g.m), 'mois')],
	[
		String.raw`(?:[TQ]\s?(?<rank>[1-4])|(?<rank2>[1-4])\s?[TQ])\s*[-/]?\s*${YEAR}`,
		(g) => quarter(n(g.year), n(g.rank ?? g.rank2))
	],
	[String.raw`${RANK}\s*trim(?:estre|\.)?${OF}${YEAR}`, (g) => quarter(n(g.year), n(g.rank))],
	[
		String.raw`(?<word>premier|second|deuxi[eè]me|troisi[eè]me|quatri[eè]me)\s+(?<unit>trim|sem)(?:estre|\.)?${OF}${YEAR}`,
		(g) => {
			const rank = ORDINALS[plain(g.word ?? '')] ?? 0;
			return g.unit?.toLowerCase() === 'sem' ? semester(n(g.year), rank) : quarter(n(g.year), rank);
		}
	],
	[String.raw`S\s?(?<rank>[12])\s*[-/]?\s*${YEAR}`, (g) => semester(n(g.year), n(g.rank))],
	[String.raw`${RANK}\s*sem(?:estre|\.)?${OF}${YEAR}`, (g) => semester(n(g.year), n(g.rank))],
	// « 2027 T2 », « 2027-S1 »
	[
		String.raw`${YEAR}\s*[-/]?\s*(?<unit>[TQS])\s?(?<rank>[1-4])(?![\p{L}\d])`,
		(g) => (/s/i.test(g.unit ?? '') ? semester : quarter)(n(g.year), n(g.rank))
	],
	[
		String.raw`(?<season>printemps|[ée]t[ée]|automne|hiver|rentr[ée]e)\s*(?:scolaire\s*)?${YEAR}`,
		(g) => {
			const [from, to] = SEASONS[plain(g.season ?? '')] ?? [1, 12];
			return months(n(g.year), from, to, 'trimestre', true);
		}
	],
	[String.raw`d[ée]but[\s-]*(?:de l['’]ann[ée]e\s*)?${YEAR}`, (g) => months(n(g.year), 1, 3, 'trimestre', true)],
	[String.raw`mi[\s-]*${YEAR}`, (g) => months(n(g.year), 4, 9, 'semestre', true)],
	[String.raw`fin[\s-]*(?:d['’]ann[ée]e\s*)?${YEAR}`, (g) => months(n(g.year), 10, 12, 'trimestre', true)],
	// « 2024-26 »: a period, the second year cut short.
	[
		String.raw`${YEAR}\s?[-–/]\s?(?<short>\d\d)(?!\d)`,
		(g) => {
			const last = Math.floor(n(g.year) / 100) * 100 + n(g.short);
			if (last <= n(g.year)) return null;
			return { ...months(n(g.year), 1, 12, 'annee'), fin: iso(last, 12, 31) };
		}
	],
	[YEAR, (g) => months(n(g.year), 1, 12, 'annee')]
];

const COMPILED = PATTERNS.map(
	([pattern, reader]) => [new RegExp(String.raw`(?<![\p{L}\d])${pattern}`, 'giu'), reader] as const
);

const OPENS =
	/(?:à partir (?:de|du)|a partir (?:de|du)|dès|des|depuis|à compter (?:de|du)|après|démarrage|début des travaux)\s*(?:le|l['’]|la|en|:)?\s*$/i;
const CLOSES =
	/(?:jusqu['’](?:en|à|au|a)|d['’]ici(?: à)?|avant|horizon|échéance|au plus tard(?: en| le)?|livraison)\s*(?:le|l['’]|la|fin|en|:|de)?\s*$/i;
/** Words that only tie moments together. */
const LINKS = new Set(
	'de du d a au en et le la l les entre jusqu dans courant annee annees puis ou pour periode'.split(' ')
);
const RANGE_LINK = /^[\s,;]*(?:-|–|—|>|→|\/|à|a|au|et|jusqu['’](?:en|au|à)|fin)?[\s,;]*(?:le|en|fin)?\s*$/i;

/**
 * Finds the moments a text speaks of.
 * out    periods in the order of the text; `rest`: the words that are not dates nor links between dates;
 *        `ranged`: the moments found are the two ends of one period, « 2024 à 2026 »
 */
export const periodsIn: (text: string) => Moments = remember(readPeriods);

export interface Moments {
	readonly periods: readonly Period[];
	readonly rest: string;
	readonly ranged: boolean;
	/** What stands between the two ends; null when `ranged` is not. */
	readonly link: string | null;
}

function readPeriods(written: string): Moments {
	// A macOS file may write « é » as two signs.
	const text = written.normalize('NFC');
	const taken: { at: number; end: number; period: Period }[] = [];
	let left = text;
	// Every moment has a year: without a figure there is none to look for.
	for (const [pattern, reader] of /\d/.test(text) ? COMPILED : []) {
		for (const match of left.matchAll(pattern)) {
			const period = reader(match.groups ?? {});
			const mark = period ? '\u0001' : '\u0002';
			left = left.slice(0, match.index) + mark.repeat(match[0].length) + left.slice(match.index + match[0].length);
			if (!period) continue;
			const whole = { ...period, last: period.fin, bound: null };
			taken.push({ at: match.index, end: match.index + match[0].length, period: whole });
		}
	}
	taken.sort((a, b) => a.at - b.at);
	const periods = taken.map(({ at, period }) => bounded(text.slice(0, at), period));
	const words = plain(
		left
			.replace(/\u0001+/g, ' ')
			.replace(/\u0002+/g, ' impossible ')
			.replace(OPENS_ANY, ' ')
	);
	const rest = words
		.split(' ')
		.filter((word) => word !== '' && !LINKS.has(word))
		.join(' ');
	const between = taken.length === 2 ? text.slice(taken[0]!.end, taken[1]!.at) : null;
	const ranged =
		between !== null && RANGE_LINK.test(between) && (taken[0]!.period.debut ?? '') <= (taken[1]!.period.debut ?? '');
	return { periods, rest, ranged, link: ranged ? between : null };
}

const OPENS_ANY = /à partir|a partir|dès|depuis|à compter|après|d['’]ici|avant|horizon|échéance|au plus tard|jusqu/gi;

function bounded(before: string, period: Period): Period {
	if (OPENS.test(before)) return { ...period, fin: null, bound: 'debut' };
	if (CLOSES.test(before)) return { ...period, debut: null, bound: 'fin' };
	return period;
}

const n = (text: string | undefined): number => Number(text ?? NaN);
const monthOf = (word = ''): number => MONTHS.find(([re]) => re.test(word.toLowerCase()))?.[1] ?? 0;
const quarter = (y: number, rank: number) => months(y, rank * 3 - 2, rank * 3, 'trimestre');
const semester = (y: number, rank: number) => (rank > 2 ? null : months(y, rank * 6 - 5, rank * 6, 'semestre'));

const leap = (y: number): boolean => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
const lastDay = (y: number, m: number): number => (m === 2 ? (leap(y) ? 29 : 28) : [4, 6, 9, 11].includes(m) ? 30 : 31);

export const iso = (y: number, m: number, d: number): IsoDate =>
	`${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;

export const isYear = (value: number): boolean => Number.isInteger(value) && value >= 1990 && value <= 2100;
/** From 1990 on: « 20255 » is a year with a digit too many, not a day of 1955. */
export const isSerial = (value: number): boolean => value >= 32_874 && value < 60_000;

/** Excel's count of days (1900 system) to a civil date; the fraction of a day is dropped. 45078 → '2023-06-01' */
export function fromSerial(serial: number): IsoDate {
	// Days since 0000-03-01, so that leap days fall at the end of a year.
	const days = Math.floor(serial) + 693_899;
	const era = Math.floor(days / 146_097);
	const inEra = days - era * 146_097;
	const year = Math.floor(
		(inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365
	);
	const inYear = inEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
	const shifted = Math.floor((5 * inYear + 2) / 153);
	const d = inYear - Math.floor((153 * shifted + 2) / 5) + 1;
	const m = shifted < 10 ? shifted + 3 : shifted - 9;
	return iso(year + era * 400 + (m <= 2 ? 1 : 0), m, d);
}
