/* How figures and dates are written in French, wherever a sentence is made: pages, gaps, exports. */

/** Narrow no-break space: thousands, and before ; ! ? */
export const FINE = '\u202f';
/** No-break space: before : % €, inside « ». */
export const INSECABLE = '\u00a0';

/** 1234.5 → « 1 234,5 » */
export function number(value: number, decimals = 2): string {
	const [whole, fraction = ''] = Math.abs(value).toFixed(decimals).split('.');
	const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, FINE);
	const kept = fraction.replace(/0+$/, '');
	const sign = value < 0 && (Number(whole) !== 0 || kept) ? '−' : '';
	return `${sign}${grouped}${kept ? `,${kept}` : ''}`;
}

const hasCents = (value: number): boolean => Math.round(value * 100) % 100 !== 0;

/** Cents are written only when there are some: 12500 → « 12 500 € », 12500.5 → « 12 500,50 € ». */
export function euros(value: number, base?: 'HT' | 'TTC' | 'inconnu' | null): string {
	const cents = hasCents(value);
	const [whole, fraction] = number(value, cents ? 2 : 0).split(',');
	const digits = cents ? `${whole},${(fraction ?? '').padEnd(2, '0')}` : whole;
	return `${digits}${INSECABLE}€${base && base !== 'inconnu' ? ` ${base}` : ''}`;
}

/** To the euro, in a sentence or a sum: 619782.28 → « 619 782 € »; cents stay where a line is found again in its list. */
export const roundEuros = (value: number): string => euros(Math.abs(value) < 1 ? value : Math.round(value));

/** Amounts of one column, read one under the other: cents on each when any has some. in: euros of all its lines */
export function eurosAlike(values: readonly number[]): (value: number) => string {
	if (!values.some(hasCents)) return (value) => euros(value);
	return (value) => (hasCents(value) ? euros(value) : euros(value).replace(INSECABLE, `,00${INSECABLE}`));
}

export const percent = (share: number, decimals = 1): string => `${number(share * 100, decimals)}${INSECABLE}%`;

/** « 4,5 % à 9 % »; « 9 % » when both are written alike. */
export const percentRange = (min: number, max: number): string => {
	const [low, high] = [percent(min), percent(max)];
	return low === high ? low : `${low} à ${high}`;
};

/** '2026-03-01' → « 01/03/2026 » */
export const date = (iso: string): string => iso.slice(0, 10).split('-').reverse().join('/');

/** « a, b et c » */
export function list(items: readonly string[], last = 'et'): string {
	return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

/** 0 and 1 take the singular in French. */
export const plural = (n: number, one: string, many = `${one}s`): string => (Math.abs(n) < 2 ? one : many);

/** 3, 'action' → « 3 actions » */
export const count = (n: number, one: string, many?: string): string =>
	`${number(n, 0)}${INSECABLE}${plural(n, one, many)}`;

/** « Faubourg d'Isle » → « Faubourg d’Isle »: names come from public files with the apostrophe of keyboards. */
export const curly = (text: string): string => (text.includes("'") ? text.replace(/(\p{L})'(?=\p{L})/gu, '$1’') : text);

/** Words that will stand between « », on one line: their own quotation marks become “ ”. */
export const inner = (text: string): string => (/[\r\n«»]/.test(text) ? innerOf(text) : text);

const innerOf = (text: string): string =>
	text
		.replace(/[ \t]*[\r\n]+\s*/g, ' ')
		.replace(/«\s*/g, '“')
		.replace(/\s*»/g, '”');

/** A title inside a sentence, cut between two words when it is too long to be read aloud: « Accompagner les entreprises… ». */
export function cut(text: string, most = 80): string {
	const said = inner(text);
	if (said.length <= most) return said;
	const kept = said.slice(0, most).replace(/\s+\S*$/, '');
	// No bracket is left open.
	const whole = kept.lastIndexOf('(') > kept.lastIndexOf(')') ? kept.slice(0, kept.lastIndexOf('(')) : kept;
	return `${whole.replace(/[\s,;:.\-–]+$/, '')}…`;
}

export const quoted = (text: string): string => `«${INSECABLE}${inner(text)}${INSECABLE}»`;

const WORDS = ['aucun', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix'];
/** Small numbers in words, for sentences: 3 → « trois », 14 → « 14 ». */
export const inWords = (n: number, feminine = false): string =>
	n === 0 ? (feminine ? 'aucune' : 'aucun') : n === 1 ? (feminine ? 'une' : 'un') : (WORDS[n] ?? number(n, 0));

/** An EPCI by its kind: « la CA du Pays d’Aubrelle », « le SIVOM… ». */
export const withThe = (territory: string): string =>
	/^(CA|CC|CU|communauté|métropole)\b/i.test(territory)
		? `la ${territory}`
		: /^(syndicat|SIVOM|PETR|pôle|pays)\b/i.test(territory)
			? `le ${territory}`
			: territory;

/** « de la CA du Pays d’Aubrelle », « du SIVOM… », « d’Aubrelle », « de Vermoy ». */
export function ofThe(territory: string): string {
	const named = withThe(territory);
	if (named.startsWith('le ')) return `du ${named.slice(3)}`;
	return named === territory && /^[aeiouyàâéèêëîïôœùû]/i.test(territory) ? `d’${territory}` : `de ${named}`;
}

/** The first letter small inside a sentence; an acronym keeps its own: « ESS et coopératives ». */
export const lower = (text: string): string =>
	/^[A-ZÀ-Ý]{2}/.test(text) ? text : text.charAt(0).toLocaleLowerCase('fr') + text.slice(1);

export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);
