import { communeNamed, communesIn } from './communes';
import { looksLikeQuartier } from './place-look';
import { isKindNamed, mayStandAlone, nameWords, type NameForm, type NameMatch } from './place-names';
import { formsWhole, isFull, partsOf, type Part, type Piece } from './place-pieces';
import type { Places } from './places';
import { withoutShare } from './share-told';
import { centreSaid } from './town-centre';

/* What an entry holds beside the names already found in it: « Les Glacis et Cité du Moulin », « Les Glacis et Les Bruyères ». */

export interface Rest {
	/** Names that a piece is the whole of, be it one part of a composite name. */
	readonly names: readonly NameMatch[];
	/** Pieces that look like places and that nothing here bears. */
	readonly unread: readonly Unread[];
	/** Codes of communes listed beside a quartier of another: « Vermoy et Les Glacis ». */
	readonly communes: readonly string[];
}

/** Words to be read as an entry of their own. */
export interface Unread {
	readonly texte: string;
	/** Codes of the communes that the entry says for all its pieces: « Vermoy - Les Glacis et Les Bruyères ». */
	readonly communes: readonly string[];
}

/** How the words of an entry are read, for those of one of its pieces. */
export interface Readers {
	readonly names: (text: string) => readonly NameMatch[];
	/** Names that resemble some words, or that are one piece of them. */
	readonly like: (text: string) => {
		readonly near: readonly { readonly quartier: string }[];
		readonly same: readonly { readonly quartier: string }[];
	};
}

/** « Les Bruyères : 20 logements » */
const COUNTED = /\s*:\s*\d.*$/su;
const LEADING = /^\s*(?:(?:de|du|des|à|au|aux|en)\s+(?:la\s+|l['’]\s?)?|d['’]\s?)/;

const NOTHING: Rest = { names: [], unread: [], communes: [] };

/**
 * What stands beside the names found in an entry.
 * in     `found`: those names where they stand; `beside`: communes told from a name that is the whole entry
 */
export function restOf(
	cell: string,
	found: readonly NameMatch[],
	beside: readonly string[],
	places: Places,
	by: Readers
): Rest {
	const whole = found.find((m) => m.start === 0 && m.end === cell.length);
	if (whole && beside.length === 0) return NOTHING;
	const parts = partsOf(cell);
	// « Centre - Gambetta » is one place, which is not known.
	if (found.length === 0 && parts.length < 2) return NOTHING;
	const rest: Gathered = { names: [], unread: [], communes: [] };
	if (!whole) for (const bracket of insideBrackets(cell, found, places, by)) gather(bracket, rest);
	const isRead = ({ start, end }: Piece): boolean => found.some((m) => m.start < end && start < m.end);
	const codes = new Set(found.flatMap((m) => m.forms.map((f) => f.quartier)));
	const held = [...codes].flatMap((code) => places.byCode.get(code)?.communes.map((c): string => c.code) ?? []);
	const said = parts.filter((p) => p.joint !== 'liste' || p.pieces.length > 1).flatMap((p) => p.pieces);
	const around = said.flatMap((piece) => communeNamed(wordsIn(piece), places.communes) ?? []);
	const keep = (forms: readonly NameForm[], { start, end }: Piece): boolean => {
		if (forms.length > 0 && !forms.some((f) => codes.has(f.quartier))) rest.names.push({ start, end, forms });
		return forms.length > 0;
	};
	const readName = (piece: Piece): boolean => keep(ownForms(wordsIn(piece), places), piece);
	// « Cité du Parc - Centre »: beside a dash, a common word alone says which part of the town.
	const readNamePart = (piece: Piece): boolean => keep(ownForms(wordsIn(piece), places).filter(isProper), piece);
	const readPiece = (piece: Piece): void => {
		if (!readNamePart(piece) && by.like(wordsIn(piece)).near.length > 0)
			rest.unread.push({ texte: wordsIn(piece), communes: around });
	};
	const readCommune = (part: Part, commune: string): void => {
		const words = wordsIn(part);
		if (centreSaid(words, places) !== null) return;
		if (!words.includes('(')) return void (held.includes(commune) || rest.communes.push(commune));
		const own = by.names(part.text);
		rest.names.push(...own.map((m) => ({ ...m, start: m.start + part.start, end: m.end + part.start })));
		if (own.length === 0) rest.unread.push({ texte: words, communes: [] });
	};
	const isAsked = (part: Part): boolean => {
		const words = wordsIn(part);
		const { near, same } = by.like(words);
		if (near.length === 0 && same.length === 0) return looksLikeQuartier(words, part.joint, cell, places);
		// « et centre-ville »: a quartier may bear it, in the same commune.
		return near.length > 0 || centreSaid(words, places) === null || same.some((f) => isThere(f.quartier, held, places));
	};
	const readPart = (part: Part): void => {
		if (readName(part)) return;
		const named = part.pieces.map((piece) => part.pieces.length > 1 && readNamePart(piece));
		if (named.includes(true)) part.pieces.forEach((piece, k) => named[k] || readPiece(piece));
		else if (isAsked(part)) rest.unread.push({ texte: wordsIn(part), communes: around });
	};
	for (const [at, part] of parts.entries()) {
		if (!whole && isRead(part)) {
			// What a dash parts from a name says more of it, unless it is a name too, or nearly.
			for (const piece of part.pieces) if (!isRead(piece)) readPiece(piece);
			continue;
		}
		// A quartier may bear the name of its commune.
		if (!whole && keep(fullForms(wordsIn(part), places), part)) continue;
		const commune = communeNamed(wordsIn(part), places.communes);
		// « Aubrelle, Vermoy / Les Glacis »: what a slash parts from the quartier says where it is.
		const listed = part.joint === 'liste' && (parts[at + 1]?.joint ?? 'liste') === 'liste';
		if (commune === null) {
			if (!whole) readPart(part);
		} else if (listed) readCommune(part, commune);
	}
	return rest;
}

const isProper = (form: NameForm): boolean => !form.generic || isKindNamed(form.words);

const isThere = (quartier: string, communes: readonly string[], { byCode }: Places): boolean =>
	byCode.get(quartier)?.communes.some((c) => communes.includes(c.code)) ?? false;

type Gathered = { readonly [K in keyof Rest]: Rest[K][number][] };

const gather = (from: Rest, into: Gathered): void => {
	into.names.push(...from.names);
	into.unread.push(...from.unread);
	into.communes.push(...from.communes);
};

/** « Vermoy (Les Glacis et Les Bruyères) »: each bracket that holds a name. */
function insideBrackets(cell: string, found: readonly NameMatch[], places: Places, by: Readers): Rest[] {
	return [...cell.matchAll(/\(([^()]*)\)/g)].flatMap(({ 0: { length }, 1: said = '', index }) => {
		const from = index + 1;
		const within = found.flatMap((m) =>
			index < m.start && m.end < index + length ? [{ ...m, start: m.start - from, end: m.end - from }] : []
		);
		if (within.length === 0) return [];
		const rest = restOf(said, within, [], places, by);
		const around = communesIn(cell.slice(0, index), places.communes);
		return {
			...rest,
			names: rest.names.map((m) => ({ ...m, start: m.start + from, end: m.end + from })),
			unread: rest.unread.map((u) => ({ ...u, communes: u.communes.length > 0 ? u.communes : around }))
		};
	});
}

/** The words of a piece without shares nor what ties them to the one before. */
const wordsIn = ({ text }: Pick<Piece, 'text'>): string =>
	withoutShare(
		text
			.replace(/\([^()]*%[^()]*\)/g, ' ')
			.replace(LEADING, '')
			.replace(COUNTED, '')
	).trim();

const wordsOfName = (words: string): readonly string[] => nameWords(words.replace(/\([^)]*\)/g, ' '));

/** Names that the words are the whole of. */
const fullForms = (words: string, { allForms }: Places): readonly NameForm[] =>
	formsWhole(wordsOfName(words), allForms, isFull);

/** The same, a part of one that may stand alone, or one without its « Résidence »; never a commune. */
function ownForms(words: string, { allForms, shorts, communeNames }: Places): readonly NameForm[] {
	const name = wordsOfName(words);
	if (name.length === 0 || communeNames.has(name.join(' '))) return [];
	const whole = formsWhole(name, allForms, isFull);
	const parts = whole.length > 0 ? whole : formsWhole(name, allForms, mayStandAlone);
	return parts.length > 0 ? parts : formsWhole(name, shorts);
}
