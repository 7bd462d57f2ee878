import { communeNamed } from './communes';
import { findNames, isCommon, isKind, mayStandAlone, nameWords, type NameForm, type NameMatch } from './place-names';
import { blanked, formsWhole, isFull, piecesOf } from './place-pieces';
import { restOf, type Unread } from './place-rest';
import type { Places } from './places';
import { rememberWith } from '../remember';
import { withoutShare } from './share-told';
import { distance, plain } from '../text';

/* The names that one entry of a column holds: as a whole, inside it, or nearly. */

/** « quartiers »: only quartiers are asked; « lieux »: addresses and communes stand there too. */
export type ColumnOf = 'quartiers' | 'lieux';

export interface Named {
	readonly found: readonly NameMatch[];
	/** Communes said beside the name: « centre de Lestrelle ». */
	readonly communes: readonly string[];
	/** What stands beside the names, that looks like a place and that nothing here bears; [] when no name is found. */
	readonly unread: readonly Unread[];
	/** Codes of communes listed beside a quartier of another. */
	readonly also: readonly string[];
}

type Recognised = Pick<Named, 'found' | 'communes'>;

/** Names in one entry of a column: the whole of it, else those it holds. */
export const namesIn = (cell: string, column: ColumnOf, places: Places): Named =>
	column === 'lieux' ? namesAmongPlaces(cell, places) : namesAmongQuartiers(cell, places);

const namesAmongQuartiers = rememberWith((cell: string, places: Places) => readNamesIn(cell, places, false));
/** Beside addresses, a name inside a longer text must be told from that of a street or of a school. */
const namesAmongPlaces = rememberWith((cell: string, places: Places) => readNamesIn(cell, places, true));

function readNamesIn(cell: string, places: Places, strict: boolean): Named {
	const { found, communes } = recognisedIn(cell, places, strict);
	// What somebody answered about the whole entry holds.
	if (found.length === 0 && places.answers.has(plain(cell))) return { found, communes, unread: [], also: [] };
	const rest = restOf(cell, found, communes, places, {
		names: (text) => recognisedIn(text, places, strict).found,
		like: (text) => formsLike(text, places)
	});
	// No name at all: it is asked about as one.
	if (found.length + rest.names.length === 0) return { found, communes, unread: [], also: [] };
	const all = [...found, ...rest.names].sort((a, b) => a.start - b.start);
	return { found: all, communes, unread: rest.unread, also: rest.communes };
}

function recognisedIn(cell: string, places: Places, strict: boolean): Recognised {
	const clean = withoutShare(cell.replace(/\([^)]*\)/g, ' '));
	const words = nameWords(clean);
	const whole = (some: readonly string[], isMeant: (form: NameForm) => boolean): Named['found'] => {
		const kept = formsWhole(some, places.allForms, isMeant);
		return kept.length ? [{ start: 0, end: cell.length, forms: kept }] : [];
	};
	const listed = listedIn(cell, (piece) => whole(nameWords(withoutShare(piece)), isFull));
	// « Bellevue et Nord », where each is a quartier, is not « Bellevue-Nord »; « Nord - Bellevue » may be.
	if (listed.length > 1 && !DASHED.test(clean)) return { found: listed, communes: [] };
	const asWritten = whole(words, isFull);
	if (asWritten.length) return { found: asWritten, communes: [] };
	const { rest, communes } = withoutCommunes(words, places);
	if (communes.length && rest.length) {
		const beside = whole(rest, isFull);
		if (beside.length) return { found: beside, communes };
	}
	if (communes.length && rest.length === 0) {
		const within = inBrackets(cell, communes, places);
		if (within.length) return { found: within, communes };
	}
	const inside = findNames(cell, places.forms, { strict, communes: places.communeNames }).filter(
		(m) => !m.forms.every((f) => f.generic || places.communeNames.has(f.words.join(' ')))
	);
	if (listed.length > inside.length) return { found: listed, communes: [] };
	if (inside.length) return { found: inside, communes: [] };
	if (places.communeNames.has(rest.join(' '))) return { found: [], communes };
	const part = whole(rest, mayStandAlone);
	if (part.length) return { found: part, communes };
	const short = formsWhole(rest, places.shorts);
	return { found: short.length ? [{ start: 0, end: cell.length, forms: short }] : [], communes };
}

/** « Vermoy (Les Glacis) »: quartiers of that commune; one common word says no more than a part of the town. */
function inBrackets(cell: string, communes: readonly string[], places: Places): Named['found'] {
	const bracket = /\(([^()]*)\)/.exec(cell);
	if (!bracket) return [];
	const found = recognisedIn(bracket[1]!, places, false).found.map((m) => ({
		...m,
		start: m.start + bracket.index + 1,
		end: m.end + bracket.index + 1
	}));
	const isThere = ({ quartier, generic, words }: NameForm): boolean =>
		(!generic || words.length > 1) &&
		(places.byCode.get(quartier)?.communes.some((c) => communes.includes(c.code)) ?? false);
	return found.every((match) => match.forms.some(isThere)) ? found : [];
}

const DASHED = /\s[-–—]\s/;

/** « Les Glacis et Cité du Parc »: every piece is the whole of a name, be it made of common words. */
function listedIn(cell: string, whole: (piece: string) => readonly NameMatch[]): readonly NameMatch[] {
	const pieces = piecesOf(cell);
	if (pieces.length < 2) return [];
	const bare = blanked(cell);
	const found = pieces.map(({ start, end }) => whole(bare.slice(start, end)).map((m) => ({ ...m, start, end })));
	return found.every((matches) => matches.length > 0) ? found.flat() : [];
}

function withoutCommunes(words: readonly string[], { communes }: Places): { rest: string[]; communes: string[] } {
	let rest = [...words];
	const found: string[] = [];
	for (const { code, nom } of communes.all) {
		const name = nameWords(nom);
		const at = rest.findIndex((_, i) => name.every((w, k) => rest[i + k] === w));
		if (at < 0 || name.length === 0) continue;
		found.push(code);
		rest = [...rest.slice(0, at), ...rest.slice(at + name.length)];
	}
	return { rest, communes: found };
}

/** « Vermoy », « Vermoy et Aubrelle »: every piece is a commune; null otherwise. */
export function communesListed(text: string, places: Places): string[] | null {
	const whole = communeNamed(text, places.communes);
	if (whole) return [whole];
	const codes = text.split(/[,;/+&]|\s+et\s+|\s+[-–—]\s+/i).map((piece) => communeNamed(piece, places.communes));
	return codes.length > 1 && codes.every((code) => code !== null) ? (codes as string[]) : null;
}

/** Names one letter off, names that are one piece of the words, names that share a word with them, or one proper to somewhere. */
export const formsLike = rememberWith((cell: string, places: Places) => {
	const pieces = [cell, ...cell.split(/[,;/+]|\s+[-–—]\s+|\s+et\s+/)].map((p) => nameWords(p));
	const [all = []] = pieces;
	const shared = places.allForms.filter(
		(f) => !f.generic && f.words.some((w) => w.length >= 4 && !isKind(w) && all.includes(w))
	);
	return {
		near: places.allForms.filter((f) => pieces.some((words) => isNear(words, f))),
		same: places.allForms.filter((f) => pieces.some((words) => words.join(' ') === f.words.join(' '))),
		shared,
		proper: shared.filter((f) => f.words.some((w) => w.length >= 4 && !isCommon(w) && all.includes(w)))
	};
});

/** One letter off, in a name long enough for that to be a slip. */
function isNear(words: readonly string[], form: NameForm): boolean {
	const [a, b] = [words.join(' '), form.words.join(' ')];
	return Math.min(a.length, b.length) >= 4 && Math.abs(a.length - b.length) <= 1 && distance(a, b) === 1;
}
