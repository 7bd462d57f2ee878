import type { SearchAnswer } from '$lib/domain/search/search';
import { whereOf } from './where';

/**
 * Where Enter leads by itself: the only quartier that holds all that was typed, letter for letter, when it is the best answer.
 * out    null: several, none, or words read as others; one chooses
 */
export function theOne({ groupes, partiel, corriges }: SearchAnswer): string | null {
	const [first] = groupes;
	if (partiel || corriges.length > 0 || first?.genre !== 'quartier' || first.total !== 1) return null;
	return whereOf(first.hits[0]!.entry);
}
