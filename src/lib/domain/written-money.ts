import type { Action } from './action';
import { once } from './memory';

/* What a file says of money that has no place among figures: kept in the notes, where people and every export find it. */

type Noted = Pick<Action, 'notes'>;

const COST = 'Coût écrit, non lu';
const YEARLY = 'Coût écrit par an';
const NONE = 'Financements';

/** in     the words of a cell of cost that hold figures and could not be read */
export const unreadCostNote = (words: string): string => `${COST}\u00a0: ${words}`;
/** in     the words of a cell whose amount is that of one year */
export const yearlyCostNote = (words: string): string => `${YEARLY}\u00a0: ${words}`;
/** in     the words that say that nobody finances it: « néant » */
export const noFunderNote = (words: string): string => `${NONE}\u00a0: ${words}`;

/** The cost as written, when it could not be read; null when none is. */
export const unreadCost = once((action: Noted): string | null => noted(action, COST));

/** Is the cost of the action that of one year, as far as its file says? */
export const isYearlyCost = once((action: Noted): boolean => noted(action, YEARLY) !== null);

/** The words that say that nobody finances it; null when nothing says so. */
export const noFunder = once((action: Noted): string | null => {
	const words = noted(action, NONE);
	return words !== null && isNobody(words) ? words : null;
});

/** « néant », « aucun financeur »: an answer, where « à définir » is none. */
export const isNobody = (words: string): boolean =>
	/^(?:néant|neant|(?:aucune?|pas d[e’'])\s*(?:financements?|financeurs?|cofinancements?|subventions?|aides?)?)$/i.test(
		words.trim()
	);

function noted({ notes }: Noted, name: string): string | null {
	const line = notes?.split('\n').find((one) => one.startsWith(`${name}\u00a0: `));
	return line === undefined ? null : line.slice(name.length + 3);
}
