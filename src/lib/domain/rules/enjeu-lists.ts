import type { ParameterValue } from './tuning';
import type { Referentiel } from './referentiel';

/* Parameters that list enjeux: codes may stand one per line or between commas, with or without quotes. */

const PRIORITIES = 'enjeux_prioritaires';
const LISTS: ReadonlySet<string> = new Set([PRIORITIES, 'sans_objet', 'adaptation', 'enjeux']);

/** May hold several codes on a line. */
export const listsEnjeux = (parametre: string): boolean => LISTS.has(parametre);

/** ['« x05, X06 »'] → ['X05', 'X06']; what is no list of enjeux stays as it is. */
export function eachEnjeu(parametre: string, value: ParameterValue): ParameterValue {
	if (!LISTS.has(parametre) || !Array.isArray(value)) return value;
	const codes = value.flatMap((line) => line.split(/[,;\s«»"“”]+/)).filter((code) => code !== '');
	return [...new Set(codes.map((code) => code.toUpperCase()))];
}

/** What is expected of a list of enjeux that names one nobody knows; null when all are known. */
export function unknownEnjeu(
	parametre: string,
	value: ParameterValue,
	{ enjeux }: Pick<Referentiel, 'enjeux'>
): { readonly inconnus: readonly string[]; readonly attendu: string } | null {
	if (!LISTS.has(parametre) || !Array.isArray(value)) return null;
	const crossings = parametre === PRIORITIES;
	const known = (crossings ? enjeux.croises : [...enjeux.transition, ...enjeux.ville]).map((e) => e.code);
	const inconnus = value.filter((code) => !known.includes(code));
	const kinds = crossings
		? `des codes de croisement, de ${known[0]} à ${known.at(-1)}`
		: 'des codes d’enjeu, comme T01 ou P01';
	return inconnus.length ? { inconnus, attendu: `${kinds}, séparés par une virgule ou un retour à la ligne` } : null;
}
