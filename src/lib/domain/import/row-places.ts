import { isScale, isScaleAlone, matchEchelle } from './row-scale';
import { cellsOf, listOf, splitList, textOf } from './row-values';
import type { CellValue, Table } from './sheet';
import { plain } from '../text';

/* A quartier or a commune written under « Secteur », « Périmètre » or « Territoire » is a place, whatever the column is for. */

export type PlaceKind = 'quartiers' | 'communes';
/** What a text surely names here; null for a theme, a scale, an address. A code is known without any quartier loaded. */
export type PlaceNamed = (text: string) => PlaceKind | null;
export interface PlaceWords {
	readonly named: PlaceNamed;
	/** Words that name a place which nothing here bears; false for a scale, the whole EPCI, « à préciser ». */
	readonly unknown: (text: string) => boolean;
	/** Words that name a place, known here or not, under a header that may also hold a theme, a public or a scale. */
	readonly place: (text: string) => boolean;
	/** Words for the whole EPCI, and nothing else. */
	readonly whole: (text: string) => boolean;
}
/** A file read without the places of its territory. */
export const NO_PLACES: PlaceWords = {
	named: () => null,
	unknown: () => false,
	place: () => false,
	whole: () => false
};

/** Sectors hold commas in their own names. */
const BUT_COMMA = /[;|\n•]/;

/** « Secteur » may be a place, where « Thématique » is none. */
const SECTOR = /\bsecteurs?\b(?! d activite)/;

/** « Type de territoire »: « rural » is no name. */
const OF_A_KIND = /\b(?:types?|typologies?|categories?|natures?|genres?)\b/;

export interface StrayPlaces {
	readonly quartiers: readonly string[];
	readonly communes: readonly string[];
	/** Themes that are left. */
	readonly secteurs: readonly string[];
	/** Words of the « Échelle » column that are neither a place nor a scale; null when there is none. */
	readonly echelleInconnue: string | null;
}

/**
 * Sorts the values of those columns one by one.
 * in     `echelleTexte`: what the row says of its scale
 * out    a value named as a place leaves the themes; one that is part of a list goes alone
 */
export function strayPlaces(
	cells: readonly CellValue[],
	table: Table,
	echelleTexte: string | null,
	{ named, unknown, place, whole }: PlaceWords
): StrayPlaces {
	const found: Record<PlaceKind, string[]> = { quartiers: [], communes: [] };
	/** Every value, or none: « Habitat, Les Glacis » is no list of places. */
	const places = (text: string): boolean => {
		const whole = named(text);
		const values = whole ? [text] : splitList(text);
		const kinds = whole ? [whole] : values.map(named);
		if (kinds.length === 0 || kinds.includes(null)) return false;
		values.forEach((value, i) => found[kinds[i]!].push(value));
		return true;
	};
	const sectors = cellsOf(cells, table, 'secteurs').some(({ colonne }) => SECTOR.test(plain(colonne.entete)));
	const secteurs = listOf(cells, table, 'secteurs', BUT_COMMA).filter((value) => {
		const all = sectors && whole(value);
		if (all) found.communes.push(value);
		return !all && !places(value);
	});
	for (const { cell, colonne } of cellsOf(cells, table, 'territoire')) {
		const text = textOf(cell);
		if (text === null || !/territoire/i.test(colonne.entete) || isScale(text, colonne) || places(text)) continue;
		// A place that nothing knows is one all the same: it is asked about, as under « Commune ».
		const values = OF_A_KIND.test(plain(colonne.entete)) ? [] : splitList(text);
		if (!values.every((value) => named(value) !== null || unknown(value))) continue;
		for (const value of values) found[named(value) ?? 'communes'].push(value);
	}
	const rest =
		echelleTexte === null ? [] : splitList(echelleTexte).filter((value) => isScaleAlone(value) || !places(value));
	const unread = rest.filter((value) => {
		if (matchEchelle(value) !== null) return false;
		// Nothing here bears it, and it is a place: it is asked about, never taken for the whole territory.
		const asked = place(value) || whole(value);
		if (asked) found.communes.push(value);
		return !asked;
	});
	return {
		...found,
		secteurs,
		echelleInconnue: unread.length > 0 && unread.length === rest.length ? echelleTexte : null
	};
}
