import { isAround } from '../../domain/ledger/no-grant';
import type { PlacedGrant } from '../../domain/ledger/shares';
import type { Territory } from '../../domain/territory';
import type { DbOrTrx } from '../db/client';
import { listGrants } from '../db/grants';
import { readRevisions } from '../db/revisions';
import { isFictional } from './geography';
import { departmentOf } from './departments';
import { placedGrants } from './read-ledger';

/** Grants around a territory, as it was, and on what state of the lists and of the places they were placed. */
interface Held {
	readonly territory: Territory;
	readonly version: string;
	readonly grants: readonly PlacedGrant[];
}
/** Last read at the end; two territories are read side by side, and a department may hold thousands of grants. */
const memories = new WeakMap<DbOrTrx, readonly Held[]>();
const MOST = 2;

/**
 * Grants of a territory and of the departments of its communes, placed. Held until a list or a place changes.
 * out    of a fictional territory the fictional list alone, of a real one the real lists
 */
export async function grantsAround(db: DbOrTrx, territory: Territory): Promise<readonly PlacedGrant[]> {
	// Counted before the lists are read: a write in between makes them stale, never wrong.
	const { attributions, lieux } = (await readRevisions(db, []))('*');
	const version = `${attributions} ${lieux}`;
	const known = memories.get(db)?.find((held) => held.territory === territory && held.version === version);
	if (known) return known.grants;
	const stored = (await listGrants(db)).filter((s) => isFictional(s.grant) === territory.fictif);
	const grants = (await placedGrants(db, stored)).filter(isAround(territory, departmentOf));
	// What a transaction has not said for good is not kept.
	if (db.isTransaction) return grants;
	const others = (memories.get(db) ?? []).filter((held) => held.territory.code !== territory.code);
	memories.set(db, [...others.slice(1 - MOST), { territory, version, grants }]);
	return grants;
}
