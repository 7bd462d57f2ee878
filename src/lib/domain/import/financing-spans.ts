/* Amounts written with their unit inside the words of a financing cell: where each starts and ends. */

/** Digits as French tables group them, one sign for all thousands: « 15 000 », « 1.200.000,50 ». */
const NUMBER = String.raw`(?:\d{1,3}(?<sign>[ '’.])\d{3}(?:\k<sign>\d{3})*(?!\d)(?:[.,]\d{1,2})?|\d{1,3}(?:,\d{3}){2,}|\d+(?:[.,]\d+)?)`;
/** The longest number that ends a text: of « BOP 147 15 000 » it is « 15 000 », of « P147 15 000 » too. */
export const LAST_NUMBER = new RegExp(String.raw`(?<![\p{L}\d]|\d[.,'’])${NUMBER}\s?$`, 'u');
const UNIT =
	/(?<=\d\s?)(?:(?:milliards?|millions?|milliers?)(?:\s*d['’]\s*(?:euros?|€)|\s*(?:€|euros?))?(?![\p{L}\d])(?!\s+de\s)|(?:md|[mk])?\s?(?:€(?:\d\d(?![\d ]))?|(?:euros?|eur)(?![\p{L}\d]))|ke?(?![\p{L}\d]))/giu;
/** What stands right after an amount and belongs to it. */
const BASIS =
	/^\s*(?:\((?:HT|TTC)\)|(?:HT|TTC|hors taxes?|toutes taxes comprises)(?!\p{L})|H\.\s?T\.|T\.\s?T\.\s?C\.)/iu;
const PER =
	/^\s*(?:\/|par)\s*(?:(?<year>an|année)|mois|jour|heure|m²|m2|ha|kwh|mwh|tonnes?|logements?|hab(?:itants?)?|unités?|personnes?|élèves?|enfants?|foyers?|ménages?|places?|dossiers?)(?![\p{L}\d])/iu;
/** « 10 000 à » before « 20 000 € »: the lower end, whose unit is written once. */
const LOWER_END = new RegExp(
	String.raw`(?<open>(?<!\p{L})(?:entre|de)\s+|[:=(]\s*|^)?(?<![\p{L}\d]|\d[.,'’])(?<low>${NUMBER})\s*(?<link>à|a|et|[-–—])\s*$`,
	'iu'
);
/** How sure the amount is: the reader of amounts says it. */
const ABOUT = /(?<!\p{L})(?:environ|env\.|près de|jusqu['’]à|plafonné à|maximum|max\.?)\s*$|[~≈]\s*$/iu;
const RANGE_LINK = /^\s*(?:à|a|[-–—])\s*$/i;

export interface Span {
	readonly start: number;
	readonly end: number;
	/** Its digits alone, as written. */
	readonly number: string;
	/** « € », « k€ », « millions d’euros ». */
	readonly unit: string;
	/** A price of one thing among many is no amount. */
	readonly each: boolean;
}

/** in « Fonds vert 2026 500 000 € HT », from « 500 » to « HT »; a range is one span. */
export function amountSpans(text: string): Span[] {
	const spans: Span[] = [];
	let from = 0;
	for (const { 0: unit, index } of text.matchAll(UNIT)) {
		if (index < from) continue;
		const found = LAST_NUMBER.exec(text.slice(from, index));
		if (!found) continue;
		const number = found[0].trim();
		const before = text.slice(from, from + found.index);
		const start = lowerStart(before, number) ?? ABOUT.exec(before)?.index ?? found.index;
		let end = index + unit.length;
		end += BASIS.exec(text.slice(end))?.[0].length ?? 0;
		const per = PER.exec(text.slice(end));
		end += per?.[0].length ?? 0;
		const span = { start: from + start, end, number, unit: unit.trim(), each: per !== null && !per.groups?.year };
		const last = spans.at(-1);
		if (last && isRange(text, last, span)) spans[spans.length - 1] = { ...span, start: last.start };
		else spans.push(span);
		from = end;
	}
	return spans;
}

/** Where the lower end of a range starts, in the words before its upper end; null when there is none. */
function lowerStart(before: string, high: string): number | null {
	const { index = 0, groups, 0: all } = LOWER_END.exec(before) ?? { 0: '' };
	const { open, low, link } = groups ?? {};
	if (low === undefined) return null;
	const between = /^entre/i.test(open ?? '');
	if (/et/i.test(link ?? '') && !between) return null;
	// « Lot 1 à 15 000 € » and « BOP 147 - 15 000 € » number something.
	const alike = /[ '’.]/.test(low) || (open !== undefined && !/[ '’.]/.test(high) && !/^(?:19|20)\d\d$/.test(low));
	// « : 10 à 15 000 € »: the thousands are written once, for both ends.
	const thousands = open !== undefined && /^\d{1,3}$/.test(low) && /[ '’.]000$/.test(high);
	if (!alike && !thousands) return null;
	return /^(?:entre|de)/i.test(open ?? '') ? index : index + all.indexOf(low, open?.length ?? 0);
}

function isRange(text: string, low: Span, high: Span): boolean {
	const link = text.slice(low.end, high.start);
	return RANGE_LINK.test(link) || (/^\s*et\s*$/i.test(link) && /(?<!\p{L})entre\s+$/iu.test(text.slice(0, low.start)));
}
