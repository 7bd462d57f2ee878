import { findNames, wordsOf, type NameForm, type Word } from '../places/place-names';

/* What the title of a project says of quartiers: in one, near one, between two, elsewhere. */

export interface TitleQuartiers {
	/** Quartiers named, the works surely inside. */
	readonly dedans: readonly string[];
	/** Says « QPV » or « quartier prioritaire », and nothing against it. */
	readonly dit: boolean;
	/** Says « hors QPV », and nothing else of quartiers. */
	readonly hors: boolean;
	/** Why a quartier that it names or says is not surely the place, in French. */
	readonly doute: string | null;
}

/** Names of quartiers by first word, and the communes that bear the same names. */
export interface QuartierNames {
	readonly forms: ReadonlyMap<string, readonly NameForm[]>;
	readonly communes: ReadonlySet<string>;
}

export const NO_NAMES: QuartierNames = { forms: new Map(), communes: new Set() };

const ARTICLES = new Set('de du des d la le les l a au aux en sur dans s'.split(' '));
/** Between « à proximité de » and the name of the quartier. */
const LIGHT = new Set(
	'immediate immediat directe direct quartier quartiers qpv qp prioritaire prioritaires politique ville intercommunal cite residence secteur secteurs faubourg 2 3 4 plusieurs ces ses nos son'.split(
		' '
	)
);
/** Beside, along, towards or between: not inside. */
const NEAR = new Set(
	'proximite proche proches pres abord abords alentour alentours environs autour frontiere frontieres bordure lisiere limite limites limitrophe peripherie pourtour long longeant entree vers jusqu depuis entre desserte desservant acces'.split(
		' '
	)
);
const SITUATED = /^(?:situe|implante|localise|inclus|compris|classe|concerne)(?:e|s|es)?$/;
const NOT = new Set('non pas ni'.split(' '));
/** « en QPV et en centre-ville »: one place among several. */
const ELSEWHERE = new Set(
	'hors proximite centre reste autre autres abords veille vecu vecus commune communes ensemble'.split(' ')
);

type Standing = 'dedans' | 'hors' | { readonly words: string };

/**
 * Reads a title.
 * in     names of the quartiers it may mean
 * out    a doubt wins over all: one mention that is near or between, and nothing is surely inside
 */
export function readTitle(title: string, { forms, communes }: QuartierNames): TitleQuartiers {
	const words = wordsOf(title);
	const mentions = words.flatMap((w, at) =>
		isMention(w, words[at + 1]) ? [standingAt(title, words, at, w.word.startsWith('quartier') ? at + 1 : at)] : []
	);
	const named = findNames(title, forms, { strict: true, communes }).filter((m) => m.forms.length === 1);
	const ranges = named.map((m) => ({
		quartier: m.forms[0]!.quartier,
		from: words.findIndex((w) => w.start === m.start),
		to: words.findIndex((w) => w.end === m.end)
	}));
	const isOne = (at: number): boolean => ranges.some(({ from, to }) => at >= from && at <= to);
	const places = ranges.map(({ from, to }): Standing => {
		if (isAmongOthers(title, words, from, to, isOne)) return others(title, words, from, to);
		const standing = standingAt(title, words, from, to);
		// Outside one quartier may be inside another.
		return standing === 'hors' ? { words: `l’intitulé dit « hors » d’un quartier` } : standing;
	});
	const doubt = [...mentions, ...places].find((s) => typeof s === 'object');
	const doute =
		doubt?.words ??
		(mentions.includes('hors') && mentions.includes('dedans') ? 'l’intitulé dit « en QPV » et « hors QPV »' : null);
	return {
		dedans: doute === null ? [...new Set(ranges.map((r) => r.quartier))] : [],
		dit: doute === null && mentions.includes('dedans'),
		hors: doute === null && mentions.includes('hors'),
		doute
	};
}

const isMention = ({ word }: Word, next: Word | undefined): boolean =>
	word === 'qpv' ||
	/^q[np]\d{3}\w{3}$/.test(word) ||
	(/^quartiers?$/.test(word) && /^prioritaires?$/.test(next?.word ?? ''));

/** What comes before a mention, articles and « quartier » aside. */
function standingAt(title: string, words: readonly Word[], from: number, to: number): Standing {
	let at = from - 1;
	while (at >= 0 && (ARTICLES.has(words[at]!.word) || LIGHT.has(words[at]!.word))) at--;
	const before = words[at]?.word ?? '';
	const said = (start: number): Standing => ({
		words: `l’intitulé dit ${quote(title, words, start, to)}, ce qui n’est pas sûrement dedans`
	});
	if (before === 'hors' || before === 'dehors') return 'hors';
	if (NEAR.has(before)) return said(ARTICLES.has(words[at - 1]?.word ?? '') ? at - 1 : at);
	if (NOT.has(before)) return said(at);
	if (SITUATED.test(before) && NOT.has(words[at - 1]?.word ?? '')) return said(at - 1);
	const between = before === 'et' ? words.slice(0, at).findLastIndex((w) => w.word === 'entre') : -1;
	if (between >= 0 && !/[,;.()]/.test(title.slice(words[between]!.end, words[from]!.start))) return said(between);
	let after = to + 1;
	if (words[after]?.word === 'et') {
		after++;
		while (ARTICLES.has(words[after]?.word ?? '') || /^quartiers?$/.test(words[after]?.word ?? '')) after++;
		if (ELSEWHERE.has(words[after]?.word ?? ''))
			return { words: `l’intitulé dit ${quote(title, words, from, after)}, plusieurs lieux` };
	}
	return 'dedans';
}

const others = (title: string, words: readonly Word[], from: number, to: number): Standing => ({
	words: `l’intitulé nomme ${title.slice(words[from]!.start, words[to]!.end)} parmi d’autres lieux`
});

const quote = (title: string, words: readonly Word[], from: number, to: number): string =>
	`«\u00a0${title.slice(words[from]!.start, words[to]!.end)}\u00a0»`;

/** « des Provinces, de Grandpré et des Tilleuls »: named beside a place that is no quartier. */
function isAmongOthers(
	title: string,
	words: readonly Word[],
	from: number,
	to: number,
	isOne: (at: number) => boolean
): boolean {
	const light = (at: number): boolean => ARTICLES.has(words[at]?.word ?? '') || LIGHT.has(words[at]?.word ?? '');
	let before = from - 1;
	while (light(before)) before--;
	if (words[before]?.word === 'et' && before > 1 && words[before - 1]!.capital && !isOne(before - 1)) return true;
	const gap = title.slice(words[to]!.end, words[to + 1]?.start ?? title.length);
	let after = to + 1;
	if (words[after]?.word === 'et') after++;
	else if (!/^\s*,\s*$/.test(gap) || !/^(?:de|du|des|d)$/.test(words[after]?.word ?? '')) return false;
	while (light(after)) after++;
	return words[after]?.capital === true && !isOne(after);
}
