import type { Action } from '../action';
import { inWords, plural } from '../french';
import { coverageOf, type CoverageContext } from './coverage';
import type { PlacedAction } from './place';

/* What answers an enjeu may be over: the end that its file gave is past. Said, never concluded: no status changes by itself. */

/** in     `fin`: the day, or the last of the year when only the year is known */
export const isPast = (fin: string | null | undefined, asOf: string): boolean =>
	fin !== null && fin !== undefined && fin < asOf;

type Ending = Pick<Action, 'dates' | 'statut'>;

/** Past, and nothing says that it was done: to be asked. */
export const isOverdue = ({ dates, statut }: Ending, asOf: string): boolean =>
	statut !== 'realise' && isPast(dates?.fin, asOf);

/** « fin prévue en 2019, passée »; null without an end. */
export const endWords = (action: Ending, asOf: string): string | null =>
	action.dates?.fin
		? `fin prévue en ${action.dates.fin.slice(0, 4)}${isOverdue(action, asOf) ? ', passée' : ''}`
		: null;

/**
 * in     how many actions answer, and how many of them should be over
 * out    « fin prévue passée pour une action sur trois »; null when none is
 */
export function pastEnds(all: number, past: number): string | null {
	if (past === 0) return null;
	if (all === 1) return 'fin prévue passée';
	if (past === all) return `fin prévue passée pour les ${inWords(all, true)} actions`;
	return `fin prévue passée pour ${inWords(past, true)} ${plural(past, 'action')} sur ${inWords(all, true)}`;
}

/** The same, of the actions that give an enjeu its answer: the others answer less. */
export function pastAnswer(own: readonly PlacedAction[], context: CoverageContext, asOf: string): string | null {
	const coverage = coverageOf(own, context);
	if (coverage === 'aucune' || coverage === 'saisie-incomplete') return null;
	const carriers = own.filter((a) => coverageOf([a], context) === coverage);
	return pastEnds(carriers.length, carriers.filter((a) => isPast(a.action.dates?.fin, asOf)).length);
}
