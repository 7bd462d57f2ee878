import { remember } from '../remember';
import { plain } from '../text';

/* How people write the name of a quartier: articles, « quartier de », « St », figures in letters, only one part of it. */

/** One word of a text, folded, with where it stands in it. */
export interface Word {
	readonly word: string;
	readonly start: number;
	readonly end: number;
	/** Written with a capital first letter. */
	readonly capital: boolean;
}

/** A way to name a quartier: its words without articles. */
export interface NameForm {
	readonly quartier: string;
	readonly words: readonly string[];
	readonly par: 'nom' | 'alias';
	/** One part of a composite name: « Banc Vert » of « Banc Vert - Île Jeanty ». */
	readonly part: boolean;
	/** Made only of words that name places everywhere: « Centre », « Europe », « Gare ». */
	readonly generic: boolean;
	/** « rattaché par … le … », for a name that a person gave. */
	readonly dit?: string;
}

const SMALL = new Set('le la les l du de des d et a au aux en'.split(' '));
const SAME: Readonly<Record<string, string>> = {
	st: 'saint',
	ste: 'sainte',
	un: '1',
	deux: '2',
	trois: '3',
	quatre: '4',
	cinq: '5',
	six: '6',
	sept: '7',
	huit: '8',
	neuf: '9',
	dix: '10',
	onze: '11',
	douze: '12' // prettier-ignore
};
/** Words that introduce a quartier and are not its name. */
const INTRODUCE = new Set('quartier quartiers prioritaire prioritaires intercommunal qpv qp'.split(' '));
const GENERIC = new Set(
	'centre centralite bourg ville coeur vieux vieille nouveau nouvelle historique secteur nord sud est ouest gare europe village parc hotel poste place residence residences cite cites zone zac rive rives pont moulin stade route rue chemin faubourg commerce quai canal plaine bois mairie marche eglise port haut hauts bas beau belle grand grande petit petite liberte republique victoire renaissance resistance esperance provinces jaures gambetta kennedy pasteur foch verdun multisites'.split(
		' '
	)
);
/** Kinds of places lived in: written small, they belong to the name that follows. */
const AREA = new Set('faubourg cite cites residence residences secteur'.split(' '));
/** After one of these a name is a street or a building, not a quartier. */
export const ADDRESS = new Set(
	'rue avenue boulevard bd place square allee impasse route chemin quai pont ecole ecoles college lycee groupe scolaire gymnase stade salle piscine creche mediatheque bibliotheque hopital clinique maison espace societe'.split(
		' '
	)
);

/** A word as names are compared by, and whether it has a capital. A territory's plans use a few thousand, many times each. */
const readWord = remember(
	(written: string): Pick<Word, 'word' | 'capital'> => {
		const word = plain(written);
		const first = written.charAt(0);
		return { word: SAME[word] ?? word, capital: first !== first.toLowerCase() };
	},
	{ texts: 5_000 }
);

const WORD_SIGN = /[\p{L}\p{N}]/u;
/** Letters and figures of the languages of Europe, looked up rather than searched for: every text of a plan is read. */
const KNOWN_SIGNS = Uint8Array.from({ length: 0x250 }, (_, code) => Number(WORD_SIGN.test(String.fromCharCode(code))));

const isWordSign = (text: string, at: number): boolean => {
	const code = text.charCodeAt(at);
	return code < KNOWN_SIGNS.length
		? KNOWN_SIGNS[code] === 1
		: WORD_SIGN.test(String.fromCodePoint(text.codePointAt(at)!));
};

/** Outside the first plane a letter takes two signs. */
const signLength = (text: string, at: number): number => (text.codePointAt(at)! > 0xffff ? 2 : 1);

/** Words of a text in order, folded, small words kept. Each text of an action is read for communes, then for quartiers. */
export const wordsOf: (text: string) => readonly Word[] = remember(
	(text) => {
		const found: Word[] = [];
		for (let at = 0; at < text.length; at++) {
			if (!isWordSign(text, at)) continue;
			const start = at;
			while (at < text.length && isWordSign(text, at)) at += signLength(text, at);
			const { word, capital } = readWord(text.slice(start, at));
			if (word !== '') found.push({ word, start, end: at, capital });
		}
		return found;
	},
	{ texts: 100, characters: 5_000 }
);

const isSmall = (word: string): boolean => SMALL.has(word);

/** Words that make a name: no article, no « quartier de »; a name made only of those keeps them. */
export function nameWords(text: string): string[] {
	const all = wordsOf(text)
		.map((w) => w.word)
		.filter((w) => !isSmall(w));
	const kept = all.filter((w) => !INTRODUCE.has(w) && w !== 'multisites');
	return kept.length ? kept : all;
}

/**
 * Same name whatever the order of its parts: « Salamandre-Marcel Paul » and « Marcel Paul - Salamandre ».
 * A word said twice counts twice: « Bellevue / Bellevue-Nord » is not « Bellevue-Nord ».
 */
export const nameKey = (words: readonly string[]): string => [...words].sort().join(' ');

/** « centre », « moulin »: words that name places everywhere; « cité »: kinds of places lived in. */
export const isCommon = (word: string): boolean => GENERIC.has(word);
export const isKind = (word: string): boolean => AREA.has(word);

const isGeneric = (words: readonly string[]): boolean =>
	words.every((w) => GENERIC.has(w)) || words.every((w) => /^\d+$/.test(w));

/** Every way to name a quartier: its name, its aliases, and the parts of a composite name. */
export function formsOf(quartier: string, nom: string, aliases: readonly string[]): NameForm[] {
	const form = (text: string, par: NameForm['par'], part: boolean): NameForm => {
		const words = nameWords(text);
		return { quartier, words, par, part, generic: isGeneric(words) };
	};
	const parts = nom.split(/\s+[-–—]\s+|[/,]/).filter((part) => part.trim() !== '');
	const all = [
		form(nom, 'nom', false),
		...aliases.map((alias) => form(alias, 'alias', false)),
		...(parts.length > 1 ? parts.map((part) => form(part, 'nom', true)) : [])
	].filter((f) => f.words.length > 0);
	return all.filter((f, i) => all.findIndex((o) => o.words.join(' ') === f.words.join(' ')) === i);
}

/** Kinds of dwellings that people leave out of a name: « Brossolette » for « Résidence Brossolette ». */
const KIND = new Set('cite cites residence residences ensemble'.split(' '));

/** « Cité du Moulin »: common words, but a kind of dwellings and its own name. */
export const isKindNamed = (words: readonly string[]): boolean =>
	words.length > 1 && (KIND.has(words[0]!) || words[0] === 'faubourg');

/** « Cité du Moulin » of « Cité du Moulin - Chemin Vert »: a cell may say it alone; « Centre » or « Centre Ville », never. */
export const mayStandAlone = ({ part, generic, words }: NameForm): boolean => part && (!generic || isKindNamed(words));

/** Names without the kind that begins them, where what is left is proper to somewhere. */
export const shortForms = (forms: readonly NameForm[]): readonly NameForm[] =>
	forms.flatMap((form) => {
		const words = form.words.slice(1);
		const usable = !form.part && KIND.has(form.words[0] ?? '') && words.join('').length >= 4 && !isGeneric(words);
		return usable ? [{ ...form, words, part: true }] : [];
	});

/** Parts of one word that a title may say alone: proper to one quartier, and neither a common word nor a commune. */
export const lonePartsOf = (forms: readonly NameForm[], communes: ReadonlySet<string>): ReadonlySet<NameForm> =>
	new Set(
		forms.filter((form) => {
			const [word = ''] = form.words;
			if (!form.part || form.generic || form.words.length > 1 || word.length < 4 || communes.has(word)) return false;
			return forms.every((other) => other.quartier === form.quartier || !other.words.includes(word));
		})
	);

/** A name that a person gave to a quartier; null for words too short or too common to be looked for inside a text. */
export function givenForm(quartier: string, texte: string, dit: string): NameForm | null {
	const words = nameWords(texte);
	const usable = words.join('').length >= 4 && !isGeneric(words);
	return usable ? { quartier, words, par: 'alias', part: false, generic: false, dit } : null;
}

/** A name found in a text: where it stands, and the quartiers that bear it. */
export interface NameMatch {
	readonly start: number;
	readonly end: number;
	readonly forms: readonly NameForm[];
}

/**
 * Names of quartiers in a text, the longest first where they overlap.
 * in     forms by first word; `strict` for running text, where a common word must follow « quartier » or « QPV » and a name
 *        that follows « rue » or « école » is an address; in a column of quartiers a name is a name
 * out    in the order of the text; several forms when quartiers share the name
 */
export function findNames(
	text: string,
	forms: ReadonlyMap<string, readonly NameForm[]>,
	options: { readonly strict: boolean; readonly communes: ReadonlySet<string> }
): NameMatch[] {
	const full = wordsOf(text).filter((w) => !isSmall(w.word));
	const matches: NameMatch[] = [];
	for (let at = 0; at < full.length;) {
		const candidates = forms.get(full[at]!.word);
		if (!candidates) {
			at++;
			continue;
		}
		const starting = candidates.filter((f) => f.words.every((w, k) => full[at + k]?.word === w));
		const allowed = starting.filter((f) => !options.strict || isTold(f, full, at, options.communes, text));
		const length = Math.max(0, ...allowed.map((f) => f.words.length));
		if (length === 0) {
			at++;
			continue;
		}
		matches.push({
			start: full[at]!.start,
			end: full[at + length - 1]!.end,
			forms: allowed.filter((f) => f.words.length === length)
		});
		at += length;
	}
	return matches;
}

/** Before a name that is also that of a river, of a plain or of a building. */
const NOT_THE_QUARTIER = new Set(
	'vallee riviere fleuve bassin berge berges cours eau canal plaine foret bois marais lac etang pays rue rues ville commune'.split(
		' '
	)
);

/**
 * Parts of names in a text: after a small word (« aux ménages de la Briquette »), since a name after another word is that of
 * somebody or of something else (« Roger Salengro »), and never as an address.
 */
export function findParts(
	text: string,
	forms: ReadonlyMap<string, readonly NameForm[]>,
	parts: ReadonlySet<NameForm>
): { readonly start: number; readonly end: number; readonly form: NameForm }[] {
	if (parts.size === 0) return [];
	const all = wordsOf(text);
	return all.flatMap(({ word, start, end, capital }, at) => {
		const form = capital ? forms.get(word)?.find((f) => parts.has(f)) : undefined;
		if (!form || !isSmall(all[at - 1]?.word ?? '')) return [];
		const next = all[at + 1];
		const isLonger = next?.capital === true && /^[\s'’-]+$/.test(text.slice(end, next.start));
		const before = all.slice(0, at).findLast((w) => !isSmall(w.word))?.word ?? '';
		return isLonger || ADDRESS.has(before) || NOT_THE_QUARTIER.has(before) ? [] : [{ start, end, form }];
	});
}

/** « quartier prioritaire de la ville », « quartier politique de la ville », before a name. */
const isOfTheCity = (full: readonly Word[], at: number): boolean =>
	full[at - 1]?.word === 'ville' && /^(?:quartiers?|prioritaires?|politique|qpv)$/.test(full[at - 2]?.word ?? '');

const STREET =
	/(?<!\p{L})(?:[Rr]ues?|[Aa]venue|[Bb]oulevard|[Bb]d|[Pp]lace|[Aa]ll[ée]e|[Ii]mpasse|[Cc]hemin|[Qq]uai|[Ss]quare)\s(?:(?:de|du|des|la|le|les)\s|[dl]['’])*\p{Lu}[^,;.:]*,\s*$/u;

/** « …, rue Ampère, Europe »: a common name alone after a street and a comma, at the end of what is said, is the quartier. */
const endsAddress = (text: string, start: number, end: number): boolean =>
	/^\s*(?:$|[.;)])/.test(text.slice(end)) && STREET.test(text.slice(0, start));

const LEADS = /(?<!\p{L})(?:la|le|les|des?|du|au|aux|l['’]|d['’])\s?$/iu;
/** Beside a common word, they say which part of a town: « la haute-ville ». */
const HEIGHTS = new Set('haute hautes basse basses neuve neuves'.split(' '));

/**
 * A whole name written small: « la cité des verriers », « de la haute-borne ». A kind of dwellings or the hyphens of the name make
 * it one; « un banc vert » is a bench.
 */
function isSmallName({ words }: NameForm, own: readonly Word[], text: string): boolean {
	const proper = words.some((w) => w.length >= 5 && !GENERIC.has(w) && !HEIGHTS.has(w));
	if (!proper || own.some((w) => w.capital)) return false;
	const joined = own.every((w, k) => k === 0 || /^-(?:\p{L}{1,3}[-'’])*$/u.test(text.slice(own[k - 1]!.end, w.start)));
	return (joined || isKindNamed(words)) && LEADS.test(text.slice(Math.max(0, own[0]!.start - 6), own[0]!.start));
}

/** In running text: is this occurrence really the quartier? */
function isTold(
	form: NameForm,
	full: readonly Word[],
	at: number,
	communes: ReadonlySet<string>,
	text: string
): boolean {
	const before = full[at - 1]?.word ?? '';
	if (INTRODUCE.has(before) || isOfTheCity(full, at)) return true;
	if (communes.has(form.words.join(' '))) return false;
	const own = full.slice(at, at + form.words.length);
	const [start, end] = [own[0]!.start, own.at(-1)!.end];
	// « la cité du Moulin »; « la Cité du Parc Monceau » is another one.
	if (form.generic && isKindNamed(form.words) && !ADDRESS.has(before))
		return own.slice(1).some((w) => w.capital) && !/^[\s-]\p{Lu}/u.test(text.slice(end, end + 3));
	if (form.generic) return !form.part && own[0]!.capital && endsAddress(text, start, end);
	if (ADDRESS.has(before)) return false;
	// « le faubourg d’Isle »: the word that makes the name bears the capital; « le pont de Bruay » is a bridge.
	if (form.words.length > 1)
		return (
			own[0]!.capital ||
			/^\d/.test(form.words[0] ?? '') ||
			(AREA.has(own[0]!.word) && own.find((w) => !GENERIC.has(w.word))?.capital === true) ||
			(!form.part && isSmallName(form, own, text))
		);
	return !form.part && full[at]!.capital && (form.words[0] ?? '').length >= 4;
}
