import { setTimeout as wait } from 'node:timers/promises';
import { inHomeOrder } from '../domain/pages/home-page';
import type { Referentiel } from '../domain/rules/referentiel';
import { atRest } from './by-slices';
import type { Db, DbOrTrx } from './db/client';
import { readRevisions } from './db/revisions';
import { readCounts } from './inbox';
import { foldAhead } from './read-region';
import { crossAhead } from './read-territory';
import { HELD_ACTIONS, heldOf, hold, isFresh, type Held } from './territory-memory';
import { listTerritories } from './territories';

/* What nobody has read yet is read ahead, while nobody waits: the first to open a page finds its figures ready. */

/** Actions read ahead at most: beyond, it would keep the machine busy for minutes. */
const READ_AHEAD = 25_000;
/** Nothing more is read ahead in a process that weighs this much. */
const FULL = 400 * 1024 * 1024;

/**
 * Reads territories ahead of the first person who opens them, one at a time, in the order of the home page.
 * out    codes of those held ready, as many as memory holds; of the others, what the home page and the region say
 * never  throws, nor writes: what cannot be read says so on its own page
 */
export async function warmUp(
	db: Db,
	ref: Referentiel,
	asOf: string,
	{ full = FULL, said = () => {} }: { readonly full?: number; readonly said?: (code: string) => void } = {}
): Promise<readonly string[]> {
	const own = lately.get(db) ?? new Map<string, Now>();
	lately.set(db, own);
	const ready: string[] = [];
	let seen = 0;
	underWay.add(db);
	try {
		const all = (await listTerritories(db)).filter((t) => t.actions > 0);
		for (const { code, actions } of inHomeOrder(all)) {
			await atRest();
			seen += actions;
			if (seen > READ_AHEAD || (ready.length > 0 && process.memoryUsage.rss() > full)) break;
			const now = { ref, asOf, revisions: (await readRevisions(db, [code]))(code) };
			const last = own.get(code);
			const open = heldOf(db, code);
			const read = last && isFresh(last, now) ? open : await readAhead(db, code, now, open);
			if (read && isFresh(read, now) && (open || (!last && seen <= HELD_ACTIONS))) {
				hold(db, code, read);
				ready.push(code);
			}
			if (!read || (last && isFresh(last, now))) continue;
			own.set(code, now);
			await readCounts(db, ref, [code], asOf, { ms: Infinity, read });
			await foldAhead(db, code, read);
			said(code);
		}
	} catch {
		// The database may close before the end: pages read what they need themselves.
	} finally {
		underWay.delete(db);
	}
	return ready;
}

const underWay = new WeakSet<DbOrTrx>();
/** Are territories being read ahead? What is not counted yet soon will be. */
export const isReadingAhead = (db: DbOrTrx): boolean => underWay.has(db);

type Now = Pick<Held, 'ref' | 'asOf' | 'revisions'>;
/** What each territory was read ahead on: read again only once it has changed. */
const lately = new WeakMap<Db, Map<string, Now>>();

/** What is held, or what whoever opened it meanwhile had read, or a reading of one's own. */
async function readAhead(db: Db, code: string, now: Now, open: Held | undefined): Promise<Held | null> {
	if (open && isFresh(open, now)) return open;
	const read = await crossAhead(db, now.ref, code, now.asOf, now.revisions, open);
	const meanwhile = heldOf(db, code);
	return meanwhile && isFresh(meanwhile, now) ? meanwhile : read;
}

/** How often one looks for what has changed; it is read once it has not moved since the last look. */
const LOOK_MS = 2_000;

/**
 * Reads ahead now, then again what is no longer true: after an edit, an import, another process that wrote, another day.
 * in     `today`: asked at each look. Ends when the database closes
 */
export async function keepWarm(
	db: Db,
	ref: Referentiel,
	today: () => string,
	said?: (code: string) => void
): Promise<void> {
	const state = async () => JSON.stringify([today(), await db.selectFrom('revision').selectAll().execute()]);
	try {
		let read = await state();
		await warmUp(db, ref, today(), said && { said });
		for (let before = read; ;) {
			await wait(LOOK_MS, undefined, { ref: false });
			await atRest();
			const now = await state();
			if (now !== read && now === before) {
				read = now;
				await warmUp(db, ref, today());
			}
			before = now;
		}
	} catch {
		// The database is closed.
	}
}
