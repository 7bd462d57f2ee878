import type { Action } from '../action';
import { inWords, plural } from '../french';
import { coverageOf, type CoverageContext } from './coverage';
import type { PlacedAction } from './place';

/* What answers an enjeu may be over: the end that its file gave is past, or its grant is old. Said, never concluded: no status changes by itself. */

/** in     `fin`: the day, or the last of the year when only the year is known */
export const isPast = (fin: string | null | undefined, asOf: string): boolean =>
	fin !== null && fin !== undefined && fin < asOf;

/**
 * Years after which works that were granted money are said to be probably over. A choice of ours, and no rule of a fund: the
 * year of a grant is no end, and nothing is concluded from it.
 */
const GRANT_YEARS = 4;

type Dates = Pick<Action, 'dates'>;

/** Is the money of a year that is over? The works may well go on. */
export const isPastGrant = ({ dates }: Dates, asOf: string): boolean =>
	!dates?.fin && dates?.exercice !== undefined && dates.exercice < Number(asOf.slice(0, 4));

const isOldGrant = ({ dates }: Dates, asOf: string): boolean =>
	!dates?.fin && dates?.exercice !== undefined && dates.exercice + GRANT_YEARS < Number(asOf.slice(0, 4));

/** What makes one ask whether it is over: « fin » its planned end is past, « subvention » its money is old; null: nothing. */
export const overBy = (action: Dates, asOf: string): 'fin' | 'subvention' | null =>
	isPast(action.dates?.fin, asOf) ? 'fin' : isOldGrant(action, asOf) ? 'subvention' : null;

/** The year it starts or, of a grant, the year of its money; null without either. */
export const firstYear = (dates: Action['dates']): number | null =>
	dates?.debut ? Number(dates.debut.slice(0, 4)) : (dates?.exercice ?? null);

type Ending = Pick<Action, 'dates' | 'statut'>;

/** Past, and nothing says that it was done: to be asked. */
export const isOverdue = (action: Ending, asOf: string): boolean =>
	action.statut !== 'realise' && overBy(action, asOf) !== null;

/** « fin prévue en 2019, passée »; null without an end. */
export const endWords = (action: Ending, asOf: string): string | null =>
	isOldGrant(action, asOf) && action.statut !== 'realise'
		? `subvention de ${action.dates!.exercice}, travaux sans doute finis`
		: action.dates?.fin
			? `fin prévue en ${action.dates.fin.slice(0, 4)}${isOverdue(action, asOf) ? ', passée' : ''}`
			: null;

/**
 * in     how many actions answer, and how many of them should be over; `anciennes`: how many of these by an old grant alone
 * out    « fin prévue passée pour une action sur trois »; null when none is
 */
export function pastEnds(all: number, past: number, anciennes = 0): string | null {
	if (past === 0) return null;
	const what =
		anciennes === 0
			? 'fin prévue passée'
			: anciennes === past
				? 'subvention ancienne'
				: 'fin prévue passée ou subvention ancienne';
	if (all === 1) return what;
	if (past === all) return `${what} pour les ${inWords(all, true)} actions`;
	return `${what} pour ${inWords(past, true)} ${plural(past, 'action')} sur ${inWords(all, true)}`;
}

/** The same, of the actions that give an enjeu its answer: the others answer less. */
export function pastAnswer(own: readonly PlacedAction[], context: CoverageContext, asOf: string): string | null {
	const coverage = coverageOf(own, context);
	if (coverage === 'aucune' || coverage === 'saisie-incomplete') return null;
	const carriers = own.filter((a) => coverageOf([a], context) === coverage);
	const over = carriers.flatMap((a) => overBy(a.action, asOf) ?? []);
	return pastEnds(carriers.length, over.length, over.filter((by) => by === 'subvention').length);
}
