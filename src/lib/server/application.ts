import { IsoDate } from '../domain/source';
import { readyCog } from './cog';
import { open, type Db } from './db/client';
import { keepFromWriting, mayWrite } from './db/read-only';
import { listTerritories } from './territories';
import { loadDemonstration } from './demonstration';
import { keepModest } from './lean-heap';
import { isReadOnly, unwritable } from './read-only';
import { lexiconOf } from './read-territory';
import { loadReferentiel } from './referentiel';
import { keepWarm } from './warm-up';

let shared: Promise<Db> | null = null;

const basePath = (): string => process.env.CROISEE_BASE ?? 'var/croisee.db';

/** The one database of the running server: `CROISEE_BASE`, else `var/croisee.db`. */
export function openShared(): Promise<Db> {
	shared ??= open(basePath());
	return shared;
}

export async function closeShared(): Promise<void> {
	const db = await shared;
	shared = null;
	await db?.destroy();
}

/**
 * What must be true before the first page: a référentiel without fault (else no start), a migrated database, and the
 * demonstration territory in an empty one. The territories are read afterwards, while nobody waits: « croisee:lu » is said of
 * each, for a server that visits its own pages.
 * Open for reading, the database is still brought to this version first; from then on nothing is written in it.
 */
export async function prepare(): Promise<void> {
	const reading = isReadOnly();
	if (!mayWrite(basePath())) throw new Error(unwritable(basePath(), reading));
	keepModest();
	const ref = loadReferentiel();
	const db = await openShared();
	if ((await listTerritories(db)).length === 0) await loadDemonstration(db, ref, today());
	if (reading) await keepFromWriting(db);
	// No page does without them, and they cannot be made a little at a time.
	lexiconOf(ref);
	readyCog();
	void keepWarm(db, ref, today, (code) => void process.emit('croisee:lu' as never, code as never));
}

/** Day and time in Paris, to the minute: « 2026-11-26T08:12 ». */
export function now(): string {
	const time = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' });
	return `${today()}T${time.format(new Date())}`;
}

/** Today in Paris, or `CROISEE_AUJOURDHUI`: with `now`, the only place that reads a clock. */
export function today(): IsoDate {
	const wanted = process.env.CROISEE_AUJOURDHUI;
	if (wanted && IsoDate.safeParse(wanted).success) return wanted;
	return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date());
}
