import type { ActionDraft, Champ, Echelle } from '../action';
import { cellsOf, joined, textOf } from './row-values';
import type { CellValue, MappedColumn, Table } from './sheet';
import { plain } from '../text';

/* The scale of an action: written under « Échelle », or by some of the values of a « Territoire » column. */

const ECHELLES: readonly (readonly [Echelle, RegExp])[] = [
	['supra-epci', /\b(?:supra|departement\w*|region\w*|national\w*|pays|scot|inter ?epci)\b/],
	['batiment', /\b(?:batiments?|sites?|ecoles?|equipements?|residences?)\b/],
	['quartier', /\b(?:quartiers?|qpv|qp|infra ?communal\w*)\b|\bq[np]\w{6}\b/],
	[
		'epci',
		/\b(?:epci|intercommunal\w*|agglo\w*|metropol\w*|communaute\w*|communautaire|territoire|toutes les communes|ensemble des communes)\b/
	],
	['commune', /\b(?:communes?|communal\w*|villes?|municipal\w*)\b/]
];

/** The scale that words name; null when they name none. */
export function matchEchelle(text: string): Echelle | null {
	const words = plain(text);
	const said = ECHELLES.find(([, pattern]) => pattern.test(words))?.[0];
	return said ?? (INITIALS.test(words) ? 'epci' : null);
}

/** « CU », « toute la CA », and no name after them. */
const INITIALS = /^(?:(?:(?:tout|toute|ensemble|echelle|niveau|territoire|sur|a|de|du|l) )*(?:la |les )?)(?:ca|cc|cu)$/;

/**
 * What a row says of its scale.
 * out    the « Échelle » columns first; else what a « Territoire » column says, when it names no place
 */
export function scaleText(cells: readonly CellValue[], table: Table): string | null {
	const own = joined(cells, table, 'echelle', ', ');
	if (own !== null) return own;
	const said = cellsOf(cells, table, 'territoire').flatMap(({ cell, colonne }) => {
		const text = textOf(cell);
		return text !== null && isScale(text, colonne) ? [text] : [];
	});
	return said.length > 0 ? [...new Set(said)].join(', ') : null;
}

/** Words of a scale, and those that tie them: with any other, a place is named. */
const SCALE_WORDS = new Set(
	(
		'epci interepci supra infra intercommunal intercommunale intercommunales intercommunaux intercommunalite ' +
		'intercommunalites agglo agglomeration metropole metropolitain metropolitaine communaute communautaire urbaine ca cc cu commune ' +
		'communes communal communale communales communaux ville villes municipal municipale quartier quartiers qpv qp ' +
		'prioritaire prioritaires batiment batiments site sites equipement equipements residence residences territoire ' +
		'territorial departement departemental departementale region regional regionale national nationale ' +
		'echelle niveau sur tout toute tous toutes ensemble le la les l de du des d et ou a'
	).split(' ')
);
const TERRITORY = /\bterritoires?\b/;

/** « EPCI », « tous les quartiers », in a column headed « Territoire »; never « CA de Lens-Liévin », nor « Collectivité : commune ». */
export function isScale(text: string, { champ, entete }: MappedColumn): boolean {
	return champ === 'territoire' && TERRITORY.test(plain(entete)) && isScaleAlone(text);
}

/** A scale and nothing else: no name. */
export const isScaleAlone = (text: string): boolean =>
	matchEchelle(text) !== null &&
	plain(text)
		.split(' ')
		.every((word) => SCALE_WORDS.has(word));

/** Fields a table has columns for: a « Territoire » column that says scales has one for the scale as well. */
export const fieldsIn = ({ colonnes }: Table, drafts: readonly ActionDraft[]): readonly Champ[] => [
	...new Set<Champ>([
		...colonnes.flatMap((c) => c.champ ?? []),
		...(drafts.some((d) => d.echelle !== null) ? (['echelle'] as const) : [])
	])
];
