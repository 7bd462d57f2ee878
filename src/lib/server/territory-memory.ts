import type { Memory } from '../domain/memory';
import type { Referentiel } from '../domain/rules/referentiel';
import type { Crossed, TerritoryRecords } from '../domain/crossing/territory-view';
import type { DbOrTrx } from './db/client';
import { SUBJECTS, type Revisions, type Subject } from './db/revisions';

/* What was read and worked out of a territory, held until the database says that something under it has changed. */

export interface Held {
	readonly ref: Referentiel;
	readonly asOf: string;
	/** Counted before the records were read: a write in between makes it stale, never wrong. */
	readonly revisions: Revisions;
	readonly records: TerritoryRecords;
	readonly memory: Memory;
	readonly crossed: Crossed;
}

/** Actions of the territories held at once, those read last: a thousand weigh some 11 MB with all that is said of them. */
export const HELD_ACTIONS = 6_000;
/** Held whatever they weigh: two territories are read side by side. */
const ALWAYS = 2;
const memories = new WeakMap<DbOrTrx, Map<string, Held>>();

export function heldOf(db: DbOrTrx, code: string): Held | undefined {
	return memories.get(db)?.get(code);
}

export function hold(db: DbOrTrx, code: string, held: Held): void {
	const own = memories.get(db) ?? new Map<string, Held>();
	memories.set(db, own);
	own.delete(code);
	own.set(code, held);
	let actions = 0;
	for (const [i, [one, { records }]] of [...own].reverse().entries()) {
		actions += records.actions.length;
		if (i >= ALWAYS && actions > HELD_ACTIONS) own.delete(one);
	}
}

export const isFresh = (
	held: { readonly ref: Referentiel; readonly asOf: string; readonly revisions: Revisions } | undefined,
	now: Pick<Held, 'ref' | 'asOf' | 'revisions'>
): boolean =>
	!!held && held.ref === now.ref && held.asOf === now.asOf && changedSubjects(held.revisions, now.revisions).size === 0;

export const changedSubjects = (before: Revisions, now: Revisions): ReadonlySet<Subject> =>
	new Set(SUBJECTS.filter((subject) => before[subject] !== now[subject]));
