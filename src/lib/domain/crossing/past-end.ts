import { inWords } from '../french';
import { coverageOf, type CoverageContext } from './coverage';
import type { PlacedAction } from './place';

/* What answers an enjeu may be over: the end that its file gave is past. Said, never concluded: no status changes by itself. */

/** in     `fin`: the day, or the last of the year when only the year is known */
export const isPast = (fin: string | null | undefined, asOf: string): boolean =>
	fin !== null && fin !== undefined && fin < asOf;

/** « fin prévue en 2019, passée » */
export const endWords = (fin: string, asOf: string): string =>
	`fin prévue en ${fin.slice(0, 4)}${isPast(fin, asOf) ? ', passée' : ''}`;

/**
 * in     how many actions answer, and how many of them should be over
 * out    « dont deux dont la fin prévue est passée »; null when none is
 */
export function pastEnds(all: number, past: number): string | null {
	if (past === 0) return null;
	if (past < all) return `dont ${inWords(past, true)} dont la fin prévue est passée`;
	return all === 1 ? 'sa fin prévue est passée' : `la fin prévue des ${inWords(all, true)} est passée`;
}

/** The same, of the actions that give an enjeu its answer: the others answer less. */
export function pastAnswer(own: readonly PlacedAction[], context: CoverageContext, asOf: string): string | null {
	const coverage = coverageOf(own, context);
	if (coverage === 'aucune' || coverage === 'saisie-incomplete') return null;
	const carriers = own.filter((a) => coverageOf([a], context) === coverage);
	return pastEnds(carriers.length, carriers.filter((a) => isPast(a.action.dates?.fin, asOf)).length);
}
