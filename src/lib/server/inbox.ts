import { countsOf, waitingOf, type Waiting } from '../domain/pages/inbox';
import { quartierDoors, worstOf, type QuartierDoor, type Urgency } from '../domain/pages/home-page';
import { type InboxCounts } from '../domain/pages/inbox-words';
import type { Decision } from '../domain/action';
import type { Crossed } from '../domain/crossing/territory-view';
import type { Referentiel } from '../domain/rules/referentiel';
import type { DbOrTrx } from './db/client';
import * as decisions from './db/decisions';
import { readRevisions, type Revisions } from './db/revisions';
import { crossedTerritory, crossNow } from './read-territory';
import { heldOf, isFresh, type Held } from './territory-memory';

/* What waits for people. Counts are kept beside the figures they come from, and go when those do. */

export interface InboxRead {
	readonly crossed: Crossed;
	readonly waiting: Waiting;
	readonly decisions: readonly Decision[];
}

/** The queues of a territory with their lines; null when it is not in the database. */
export async function readInbox(db: DbOrTrx, ref: Referentiel, code: string, asOf: string): Promise<InboxRead | null> {
	const crossed = await crossedTerritory(db, ref, code, asOf);
	if (!crossed) return null;
	const said = await decisions.listByTerritory(db, code);
	return { crossed, waiting: waitingIn(crossed, said), decisions: said };
}

/** A decision makes another crossing: what waits in one is worked out once. */
const worked = new WeakMap<Crossed, Waiting>();
function waitingIn(crossed: Crossed, said: readonly Decision[]): Waiting {
	const waiting = worked.get(crossed) ?? waitingOf(crossed, said);
	worked.set(crossed, waiting);
	return waiting;
}

interface Counted extends Pick<Held, 'ref' | 'asOf'> {
	readonly revisions: Revisions;
	readonly counts: InboxCounts | null;
	readonly portes: readonly QuartierDoor[];
	/** The most urgent of its quartiers; null when none is. */
	readonly pire: Urgency | null;
	/** What the page of the territory opens with; null where no quartier is. */
	readonly titre: string | null;
}
const counted = new WeakMap<DbOrTrx, Map<string, Counted>>();

/**
 * Counts of territories by code.
 * in     `ms`: how long one may take, those left out were not counted yet; `read`: a reading made for this, and not held
 */
export async function readCounts(
	db: DbOrTrx,
	ref: Referentiel,
	codes: readonly string[],
	asOf: string,
	{ ms, read }: { readonly ms: number; readonly read?: Held }
): Promise<ReadonlyMap<string, InboxCounts>> {
	const begin = performance.now();
	const revisionsOf = await readRevisions(db);
	const own = counted.get(db) ?? new Map<string, Counted>();
	counted.set(db, own);
	const found = new Map<string, InboxCounts>();
	for (const code of codes) {
		const now = { ref, asOf, revisions: revisionsOf(code) };
		const before = own.get(code);
		if (before && isFresh(before, now)) {
			if (before.counts) found.set(code, before.counts);
			continue;
		}
		const open = read ?? heldOf(db, code);
		const ready = open && isFresh(open, now) ? open : null;
		if (!ready && performance.now() - begin >= ms) continue;
		// Not held: a look over many territories must not chase away those people work in.
		const held = ready ?? (await crossNow(db, ref, code, asOf, now.revisions, open));
		const counts = held && countsOf(waitingIn(held.crossed, held.records.decisions));
		const view = held?.crossed.view;
		own.set(code, {
			...now,
			counts,
			portes: view ? quartierDoors(view.quartiers) : [],
			pire: worstOf(view?.quartiers ?? []),
			titre: view?.quartiers.length ? view.titre : null
		});
		if (counts) found.set(code, counts);
	}
	return found;
}

/** The quartiers of each territory that was counted, the most urgent first, and its sentence: nothing is crossed for it. */
export function doorsCounted(
	db: DbOrTrx,
	codes: readonly string[]
): ReadonlyMap<string, Pick<Counted, 'portes' | 'pire' | 'titre'>> {
	const own = counted.get(db);
	return new Map(codes.flatMap((code) => (own?.has(code) ? [[code, own.get(code)!] as const] : [])));
}
