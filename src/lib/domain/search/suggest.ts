import type { SearchAnswer, SearchHit } from './search';
import type { SearchKind } from './search-index';

/* What is proposed while one types: the first lines of the very answer the page of the search would give. */

/** One line to choose, ready to be written. */
export interface Suggestion {
	readonly href: string;
	readonly code: string | null;
	/** Odd pieces are the words to mark. */
	readonly titre: readonly string[];
	readonly detail: readonly string[];
	/** Territory it belongs to, when several are looked in. */
	readonly ou: string | null;
}

export interface Suggestions {
	readonly groupes: readonly { readonly nom: string; readonly choix: readonly Suggestion[] }[];
	/** Said to who does not see the list: « 5 propositions ». */
	readonly annonce: string;
	/** What is said before the list: the territory in hand has nothing, or a word was read as another. */
	readonly note: string | null;
	/** The whole answer. */
	readonly tout: { readonly nom: string; readonly href: string } | null;
}

/** Fewer letters begin too many words. */
export const FROM_LETTERS = 2;
const MOST = 8;
/** Of one kind, while another has something to say. */
const OF_ONE_KIND = 3;

export interface SuggestedGroup {
	readonly genre: SearchKind;
	readonly hits: readonly SearchHit[];
}

/**
 * The few best of an answer, kinds and lines in its own order.
 * out    at most 8 lines; no more than 3 of a kind, unless the other kinds leave room
 */
export function suggest(answer: Pick<SearchAnswer, 'groupes'>, most = MOST): SuggestedGroup[] {
	const line = answer.groupes.flatMap(({ hits }) => hits.map((hit, rank) => ({ hit, rank })));
	const inOrder = [...line].sort(
		(a, b) => Number(a.rank >= OF_ONE_KIND) - Number(b.rank >= OF_ONE_KIND) || b.hit.score - a.hit.score
	);
	const kept = new Set(inOrder.slice(0, most).map(({ hit }) => hit));
	return answer.groupes.flatMap(({ genre, hits }) => {
		const own = hits.filter((hit) => kept.has(hit));
		return own.length ? [{ genre, hits: own }] : [];
	});
}
