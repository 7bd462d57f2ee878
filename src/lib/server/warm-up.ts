import { setTimeout as wait } from 'node:timers/promises';
import type { Referentiel } from '../domain/rules/referentiel';
import type { Db } from './db/client';
import { readRevisions } from './db/revisions';
import { readCounts } from './inbox';
import { crossedTerritory } from './read-territory';
import { HELD_ACTIONS } from './territory-memory';
import { listTerritories } from './territories';

/* A server that has just started holds nothing: the first page of each territory would wait for all of it. */

/** Actions read ahead at most: beyond, a start would keep the machine busy for minutes. */
const READ_AHEAD = 20_000;
/** Between two territories, for whoever asks for a page meanwhile. */
const PAUSE_MS = 25;

/**
 * Reads territories ahead of the first person who opens them, one at a time, those most written in first.
 * out    codes of those held ready, as many as memory holds; of the others, only what waits is counted, for the home page
 * never  throws, nor writes: what cannot be read says so on its own page
 */
export async function warmUp(db: Db, ref: Referentiel, asOf: string): Promise<readonly string[]> {
	const ready: string[] = [];
	let seen = 0;
	try {
		const writtenIn = await readRevisions(db);
		const often = ({ code }: { readonly code: string }) => writtenIn(code).decisions + writtenIn(code).actions;
		const full = (await listTerritories(db)).filter((t) => t.actions > 0).sort((a, b) => often(b) - often(a));
		for (const { code, actions } of full) {
			await wait(PAUSE_MS, undefined, { ref: false });
			seen += actions;
			if (seen > READ_AHEAD) break;
			if (seen <= HELD_ACTIONS && (await crossedTerritory(db, ref, code, asOf))) ready.push(code);
			await readCounts(db, ref, [code], asOf, { ms: Infinity });
		}
	} catch {
		// The database may close before the end: pages read what they need themselves.
	}
	return ready;
}
