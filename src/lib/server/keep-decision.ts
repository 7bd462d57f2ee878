import type { Decision } from '../domain/action';
import type { DbOrTrx } from './db/client';
import * as decisions from './db/decisions';
import { ensureTerritory } from './territories';

/* The way in for a decision: an EPCI known only by its perimeters has no row of its own before what is first kept of it. */

/** Keeps a decision, and its territory with it; the id. */
export async function keepDecision(db: DbOrTrx, decision: Omit<Decision, 'id'>): Promise<number> {
	await ensureTerritory(db, decision.territoire);
	return decisions.add(db, decision);
}

/**
 * Keeps decisions taken in one gesture, which are undone as one.
 * out    the batch: the id of its first decision
 * never  half of them: call it with a transaction
 */
export async function keepBatch(trx: DbOrTrx, batch: readonly Omit<Decision, 'id'>[]): Promise<number> {
	for (const code of new Set(batch.map((d) => d.territoire))) await ensureTerritory(trx, code);
	return decisions.addBatch(trx, batch);
}
