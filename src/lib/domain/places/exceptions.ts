import { remember } from '../remember';
import { plain } from '../text';

/* Words that turn a name round: « tous les QPV sauf … », « … n’est pas concerné » leave it out, « à proximité de … » is not inside. */

/** What one entry of a column keeps, and what it leaves out. */
export interface Exception {
	readonly kept: string;
	readonly out: string;
	/** « hors », « sans »: they leave a place out only beside places. */
	readonly weak: boolean;
	/** « QPV et hors QPV »: what is outside comes on top. */
	readonly also: boolean;
}

/** « ne concerne pas »; « ne concerne pas que … », « pas seulement … » leave nothing out. */
const NOT_ABOUT = String.raw`n(?:e\s+|['’]\s?)(?:concerne|vise|touche|couvre|dessert|cible|inclut|int[èe]gre|comprend)(?:nt|ra|ront)?\s+(?:pas|plus)(?!\s+(?:que|qu['’]|seulement|uniquement|exclusivement))`;
const STRONG = String.raw`sauf|hormis|except[ée]e?s?|[àa]\s+l['’\s]\s?(?:exception|exclusion)|en\s+dehors`;
const NOT_THERE = String.raw`${NOT_ABOUT}|exclu(?:t|ent|ant)`;
/** « exclu du NPNRU », « pas éligible au FEDER »: left out of something else than the action. */
const OF_ELSE = String.raw`(?!\s+(?:d(?:u|e|es)\s+|d['’]|par\s+|[àa]\s+|aux?\s+)(?!(?:l['’]|la\s+|le\s+|les\s+|cette\s+|ce\s+|ces\s+)?(?:pr[ée]sente?\s+)?(?:actions?|projets?|op[ée]rations?|dispositifs?|mesures?|travaux|fiches?|fait)(?!\p{L})))`;
/** After a name: « n’est pas concerné », « en est exclu ». « N’est pas le seul concerné », « n’est pas exclu » leave nothing out. */
const LEFT_OUT = String.raw`(?:n['’]\s?(?:en\s+)?|ne\s+)(?:est|sont|sera|seront)\s+(?:pas|plus)\s+(?:encore\s+)?(?:concern|inclus|compris|[ée]ligible|vis[ée]|retenu|cibl[ée]|couvert|desservi|int[ée]gr[ée]|b[ée]n[ée]ficiaire)\p{L}*(?!\p{L})${OF_ELSE}|(?:n['’]\s?en\s+|ne\s+)(?:fai|fon)t\s+(?:pas|plus)\s+partie${OF_ELSE}|n['’]\s?en\s+b[ée]n[ée]ficie(?:nt|ra|ront)?\s+(?:pas|plus)|(?:(?:en\s+)?(?:est|sont|sera|seront|restent?)\s+)?(?<!(?:pas|plus|non|jamais)[\s-])(?:exclue?s?|except[ée]e?s?|[ée]cart[ée]e?s?|non[\s-]+(?:concern|compris|inclus|[ée]ligible)\p{L}*)(?!\p{L})${OF_ELSE}`;
const LEAD = String.raw`(?:(?:de|du|des|pour|que|celui|celle|ceux)\s+|d['’]\s?)*`;
const EXCEPT = new RegExp(String.raw`(?<!\p{L})(?:(${STRONG}|${NOT_THERE})|hors|sans)[\s:-]+${LEAD}`, 'iu');
/** « Les Glacis exclus », « Les Glacis non concerné », at the end or inside brackets. */
const AFTER = new RegExp(String.raw`^(?:(.*)[(,;]\s*)?([^(),;]+?)\s+(?:${LEFT_OUT})\s*\)?[\s.]*$`, 'iu');
const JOINED = /(?:\bet|[+/&]|\bou)\s*$/i;

/**
 * Reads an exception in one entry of a column.
 * out    `kept` is '' for « sauf Les Glacis » alone; null when nothing is left out
 */
export const exceptionIn: (cell: string) => Exception | null = remember((cell) => {
	const found = EXCEPT.exec(cell);
	if (!found) {
		const [, before = '', out = ''] = AFTER.exec(cell) ?? [];
		return out ? { kept: bare(before), out, weak: true, also: false } : null;
	}
	const before = cell.slice(0, found.index);
	const rest = cell.slice(found.index + found[0].length);
	// What follows the bracket is kept: « tous les QPV (sauf Les Glacis) de Vermoy ».
	const close = before.lastIndexOf('(') > before.lastIndexOf(')') ? rest.indexOf(')') : -1;
	const [out, after] = close < 0 ? [rest, ''] : [rest.slice(0, close), rest.slice(close + 1)];
	const kept = before.replace(/[\s(,;:–—-]+$/u, '');
	return {
		kept: bare(`${kept.replace(JOINED, '')} ${after}`),
		out: bare(out),
		weak: found[1] === undefined,
		also: JOINED.test(kept)
	};
});

const bare = (text: string): string => text.replace(/^[\s(,;:–—-]+|[\s),;:.–—-]+$/gu, '');

const OF_QUARTIERS =
	/^(?:(?:les?|la|l|de|des|du|d|tous|qpv|qp|quartiers?|prioritaires?|geographie|politique|ville|zones?|perimetres?) ?)+$/;

/** « hors QPV », « hors quartiers prioritaires »: no quartier at all is meant. */
export const meansQuartiers = (out: string): boolean =>
	OF_QUARTIERS.test(plain(out)) && /qpv|qp|quartier|geographie/.test(plain(out));

const NO_QUARTIER =
	/(?<!(?:\bet|\bou|[/+&])\s{0,3})(?<!\p{L})(?:hors|en dehors d(?:es|u)|[àa] l['’]ext[ée]rieur d(?:es|u))[\s-]+(?:des |du |les |la )?(?:qpv|quartiers?(?! (?:de|du|des)(?! la ville))|g[ée]ographie prioritaire)(?: prioritaires?| politique de la ville)*(?!\p{L})/giu;

/** « Rénovation hors QPV », in running text; « en QPV et hors QPV » says both. */
export const saysOutside = (text: string): boolean =>
	/(?:hors|dehors|ext[ée]rieur)/i.test(text) && text.search(NO_QUARTIER) >= 0;

/** The text without the quartiers it sets aside: they are not spoken of as reached. */
export const withoutOutside = (text: string): string => (saysOutside(text) ? text.replace(NO_QUARTIER, ' ') : text);

/** « hors QPV et Les Glacis »: what follows the quartiers set aside is in. */
export function afterQuartiers(out: string): string | null {
	const [, first = '', rest = ''] = /^(.+?)(?:\s+et\s+|\s*[+/&,]\s*)(.+)$/iu.exec(out) ?? [];
	return first !== '' && meansQuartiers(first) ? rest : null;
}

const NAMES = String.raw`(?:(?:de|du|des|le|la|les|au|aux|à|celui|avec|immédiate?|quartiers?|qpv|prioritaires?|intercommunal)\s+|[dl]['’]\s?)*`;
const LISTED_OUT = String.raw`(?:exclue?s?|exclusions?|non[\s-]+concern\p{L}+)\s*:`;
const EXCEPT_BEFORE = new RegExp(String.raw`(?<!\p{L})(?:${STRONG}|hors)\s+${NAMES}$`, 'iu');
const LEFT_OUT_BEFORE = new RegExp(String.raw`(?<!\p{L})(?:${NOT_THERE}|${LISTED_OUT})\s+${NAMES}$`, 'iu');
/** No text without one of these leaves a name out in those longer ways: most are not read for them. */
const MAY_LEAVE_OUT = /\bpas\b|\bplus\b|exclu|cart[ée]|except|\bnon\b/i;
/** Between a name and what is said of it: « (Vermoy) », « , lui, », « qui ». */
const EXCEPT_AFTER = new RegExp(
	String.raw`^(?:\s*\([^)]*\))?\s*[(,–—:-]?\s*(?:(?:lui|elle|eux|elles|en revanche|quant [àa] (?:lui|elle|eux|elles))\s*,\s*)?(?:qui\s+)?(${LEFT_OUT})`,
	'iu'
);
/** « ne sont pas concernés » is said of each name that « et » joins. */
const SEVERAL = /\b(?:sont|seront|font|b[ée]n[ée]ficient|restent)\b|s$/i;
const NEAR = String.raw`limitrophes?|[àa]\s+proximit[ée](?:\s+imm[ée]diate|\s+directe)?|proximit[ée]|proches?|(?<!\bplus\s)pr[èe]s|abords(?:\s+imm[ée]diats)?|(?:en|[àa]\s+la|[àa])\s+(?:fronti[èe]re|bordure|lisi[èe]re|limite|marge|p[ée]riph[ée]rie)|aux\s+(?:portes|limites|marges|alentours|environs|fronti[èe]res)|alentours|p[ée]riph[ée]rie|voisine?s?|jouxtant|jouxte|longeant|attenante?s?|contigu[ëe]?s?|adjacente?s?|mitoyen(?:ne)?s?|[àa]\s+c[ôo]t[ée]|(?:en\s+)?face|non\s+loin|[àa]\s+\d+\s?(?:m|km|mètres|minutes)`;
const NEAR_BEFORE = new RegExp(
	String.raw`(?<!\p{L})(?:${NEAR}|entre)\s+${NAMES}$|(?<!\p{L})entre\s[^.;:\d]{2,60}\set\s+${NAMES}$`,
	'iu'
);
/** « Les Glacis et Les Pyramides »: the second name follows the first. */
const AND = new RegExp(String.raw`^\s*(?:et|ou|ni|/|,)\s*${NAMES}$`, 'iu');
const LOOK_BACK = 90;
const LOOK_AHEAD = 90;

/** How the words around a name turn it round. */
export type Turn = 'dehors' | 'proche' | null;

/**
 * What the words before and after each name say of it.
 * in     `names` in the order of the text
 * out    one turn per name; a name joined to one that is turned round is turned with it
 */
export function turnsOf(text: string, names: readonly { readonly start: number; readonly end: number }[]): Turn[] {
	const turns: Turn[] = [];
	const mayLeaveOut = MAY_LEAVE_OUT.test(text);
	names.forEach(({ start }, rank) => {
		const before = names[rank - 1];
		const told = text.slice(Math.max(0, start - LOOK_BACK), start);
		const joined = before && turns[rank - 1] && AND.test(text.slice(before.end, start)) ? turns[rank - 1]! : null;
		const out = EXCEPT_BEFORE.test(told) || (mayLeaveOut && LEFT_OUT_BEFORE.test(told));
		turns.push(out ? 'dehors' : NEAR_BEFORE.test(told) ? 'proche' : joined);
	});
	if (!mayLeaveOut) return turns;
	names.forEach(({ end }, rank) => {
		const out = EXCEPT_AFTER.exec(text.slice(end, end + LOOK_AHEAD))?.[1];
		if (out === undefined) return;
		turns[rank] = 'dehors';
		for (let at = rank; SEVERAL.test(out) && at > 0; at--) {
			if (!AND.test(text.slice(names[at - 1]!.end, names[at]!.start))) break;
			turns[at - 1] = 'dehors';
		}
	});
	return turns;
}

/** The words after a name that leave it out, with what stands between: « , lui, n’est pas concerné »; '' when none do. */
export const outAfter = (text: string, end: number): string =>
	EXCEPT_AFTER.exec(text.slice(end, end + LOOK_AHEAD))?.[0] ?? '';

const NEAR_THERE = new RegExp(String.raw`(?<!\p{L})(?:${NEAR})(?:\s|$)`, 'iu');
/** « à proximité des QPV », « limitrophe du QPV »: beside quartiers that it does not name. */
export const saysNear = (cell: string): boolean => NEAR_THERE.test(cell);

const LOCATING = new RegExp(
	String.raw`(?<!\p{L})(?:au\s+(?:cœur|coeur|sein|centre)|dans|situ[ée]e?s?(?:\s+(?:rue|place|avenue|all[ée]e)[^,.;]{2,40},?)?|implant[ée]e?s?|localis[ée]e?s?|install[ée]e?s?|au\s+pied\s+des\s+immeubles|(?:lieu|site|localisation|emplacement)\s*:)\s+(?:(?:au|aux|à|en|sur|dans|cœur|coeur|sein)\s+)*${NAMES}$`,
	'iu'
);
/** One place among others, one step among others, a wider place, or places to compare with. */
const NOT_ALONE =
	/(?<!\p{L})(?:dont|notamment|par exemple|exemples?|comme|tel(?:le)?s? que|en particulier|particuli[èe]rement|y compris|entre autres|ainsi que|[ée]galement|aussi|puis|d['’]abord|dans un premier temps|premi[èe]re (?:phase|[ée]tape|tranche)|exp[ée]riment\p{L}*|pilotes?|prioritairement|en priorit[ée]|surtout|autres? (?:quartiers?|communes?|sites?)|d[ée]j[àa]|[àa] l['’](?:instar|image)|mod[èe]le|communes|territoires?|agglom[ée]ration|intercommunal\p{L}*|m[ée]tropole|[ée]tc)(?!\p{L})/iu;

/** Words that place the whole action at a name: « situé au cœur des Glacis »; never an example among other places. */
export function locates(text: string, start: number): boolean {
	const told = text.slice(Math.max(0, start - LOOK_BACK), start);
	if (!LOCATING.test(told) || NOT_ALONE.test(text)) return false;
	// « 43 % des ménages du parc social dans le quartier … » is a figure of the quartier, not the place of the action.
	return !/%[^.;\n]*$/.test(told);
}
