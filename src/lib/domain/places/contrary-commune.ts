import { communeNamed, communesIn } from './communes';
import type { NameMatch } from './place-names';
import type { Places } from './places';

/* « Sorbay / Les Glacis », where Les Glacis is in Vermoy: the commune and the quartier of one entry do not agree. */

/** What stands on each side of them is two places: « Sorbay et Les Glacis ». */
const LISTED = /[,;+&|\n]|\s(?:et|ou|puis|ainsi que)\s/gi;
/** From one place to another: neither is said of the other. */
const TRAVEL = /(?<!\p{L})(?:entre|vers|jusqu|depuis|liaison|reli\p{L}*|itin[ée]raire|ligne|piste|voie|trajet)/iu;
const BRACKET = /\(([^()]*)\)/;
const PIECES = /[/:()]|\s[-–—]\s/;

/**
 * Communes that an entry says beside the name of a quartier, when the quartier is in none of them.
 * in     `beside`: those already told from the name
 * out    [] when they agree, or when no commune is said
 */
export function contraryCommunes(
	cell: string,
	{ start, end, forms }: NameMatch,
	beside: readonly string[],
	places: Places
): readonly string[] {
	// The name is somewhere in the whole of the entry: only what stands in brackets is told from it.
	const isWhole = start === 0 && end === cell.length;
	const [from, to] = isWhole ? [0, cell.length] : pieceAround(cell, start, end);
	if (TRAVEL.test(cell.slice(from, to)) || (isWhole && cell.replace(/\([^)]*\)/g, ' ').search(LISTED) >= 0)) return [];
	const told = isWhole ? (BRACKET.exec(cell)?.[1] ?? '') : `${cell.slice(from, start)} / ${cell.slice(end, to)}`;
	const named = told.split(PIECES).flatMap((piece) => communeNamed(piece.trim(), places.communes) ?? []);
	const said = [...new Set([...beside, ...named, ...communesIn(told, places.communes)])];
	const agrees = forms.some(({ quartier }) => places.byCode.get(quartier)?.communes.some((c) => said.includes(c.code)));
	return agrees ? [] : said;
}

/** From one mark of a list to the next, around a name. */
function pieceAround(cell: string, start: number, end: number): readonly [number, number] {
	const before = [...cell.slice(0, start).matchAll(LISTED)].at(-1);
	const after = [...cell.slice(end).matchAll(LISTED)][0];
	return [before ? before.index + before[0].length : 0, after ? end + after.index : cell.length];
}
