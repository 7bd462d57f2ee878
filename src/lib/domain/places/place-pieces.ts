import { once } from '../memory';
import { nameKey, type NameForm } from './place-names';

/* The pieces of one entry that lists places: « Les Glacis et Cité du Parc », « Les Glacis / Le Parc ». */

/** What parts two pieces: a list says two places, a slash may, a dash mostly says more of the same. */
type Joint = 'liste' | 'barre' | 'tiret';

export interface Piece {
	/** As written, brackets included. */
	readonly text: string;
	readonly start: number;
	readonly end: number;
}

/** What stands between two marks of a list, with the pieces that dashes make of it. */
export interface Part extends Piece {
	readonly pieces: readonly Piece[];
	/** What parts it from the one before, or from the next one when it is the first; null when it is alone. */
	readonly joint: 'liste' | 'barre' | null;
}

const JOINT = /\s(?:et\s?\/\s?ou|et|ou|puis|ainsi que|-|–|—)(?=\s)|[,;/+&|\n]/gi;

/** Brackets are blanked: what they say is of the piece they follow, and signs keep their place. */
export const blanked = (cell: string): string => cell.replace(/\([^)]*\)/g, (bracket) => ' '.repeat(bracket.length));

/** Pieces in order, none of them blank. */
export const piecesOf = (cell: string): readonly Piece[] =>
	cut(cell).map(({ text, start, end }) => ({ text, start, end }));

function cut(cell: string): (Piece & { readonly joint: Joint | null })[] {
	const bare = blanked(cell);
	let [joint, start]: [Joint | null, number] = [null, 0];
	const pieces: (Piece & { readonly joint: Joint | null })[] = [];
	const put = (end: number): void => {
		if (bare.slice(start, end).trim() !== '') pieces.push({ text: cell.slice(start, end), start, end, joint });
	};
	for (const { 0: sign, index } of bare.matchAll(JOINT)) {
		put(index);
		joint = /[-–—]/.test(sign) ? 'tiret' : sign === '/' ? 'barre' : 'liste';
		start = index + sign.length;
	}
	put(cell.length);
	return pieces;
}

/** Parts in order: « Vermoy - Les Glacis et Les Bruyères » has two. */
export function partsOf(cell: string): readonly Part[] {
	const parts: Part[] = [];
	for (const { joint, ...piece } of cut(cell)) {
		const last = parts.at(-1);
		if (!last || joint !== 'tiret') parts.push({ ...piece, pieces: [piece], joint: joint === 'tiret' ? null : joint });
		else {
			const { start, pieces } = last;
			parts[parts.length - 1] = {
				...last,
				end: piece.end,
				text: cell.slice(start, piece.end),
				pieces: [...pieces, piece]
			};
		}
	}
	return parts.map((part, at) => (at === 0 ? { ...part, joint: parts[1]?.joint ?? null } : part));
}

/** Forms by the key of their words: asked of every piece of every entry. */
const byKey = once((forms: readonly NameForm[]): ReadonlyMap<string, readonly NameForm[]> => {
	const table = new Map<string, NameForm[]>();
	for (const form of forms) {
		const key = nameKey(form.words);
		table.set(key, [...(table.get(key) ?? []), form]);
	}
	return table;
});

/** Forms of some kind that words are the whole of; those in the same order when there are. */
export function formsWhole(
	words: readonly string[],
	forms: readonly NameForm[],
	isMeant: (form: NameForm) => boolean = () => true
): readonly NameForm[] {
	const named = (byKey(forms).get(nameKey(words)) ?? []).filter(isMeant);
	const inOrder = named.filter((f) => f.words.join(' ') === words.join(' '));
	return inOrder.length ? inOrder : named;
}

export const isFull = ({ part }: NameForm): boolean => !part;
