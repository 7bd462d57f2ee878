import { randomUUID } from 'node:crypto';
import { isRefusal, type Refusal } from '../../domain/issue';
import { pathOf, type Db } from '../db/client';
import * as imports from '../db/imports';
import * as travaux from '../db/travaux';
import { loadReferentiel } from '../referentiel';
import { runApart, workerPath } from './job-process';
import { toldAfter } from './lost-job';
import { perform, type Order, type Outcome } from './perform';
import { following, type Progress } from '../progress';

/* The long works of this server: who waits, who runs, what each came to. What became of them outlives the server. */

/** Read at the same time; the others wait their turn. */
const AT_ONCE = 2;
const WAITING = 8;
/** How long the end of a work can still be asked for. */
const KEPT_MS = 10 * 60_000;

export interface Job {
	readonly id: string;
	readonly genre: Order['genre'];
	/** Name of the file read; null when it is one already there. */
	readonly fichier: string | null;
	readonly etat: 'attente' | 'en-cours' | 'fini' | 'refuse' | 'annule';
	readonly avance: Progress | null;
	/** The import made, or the one the work is about. */
	readonly import: number | null;
	readonly issue: Outcome | null;
}

interface Entry {
	job: Job;
	readonly order: Order;
	readonly db: Db;
	readonly stop: AbortController;
	readonly ended: Promise<Job>;
	readonly end: (job: Job) => void;
	/** What is being written of it: one thing after the other, and nobody waits for it. */
	trace: Promise<void>;
}

const entries = new Map<string, Entry>();

/** Starts a work, or puts it in the queue; refuses when too many are waiting already. */
export function startJob(db: Db, order: Order): Job | Refusal {
	if ([...entries.values()].filter((e) => e.job.etat === 'attente').length >= WAITING)
		return {
			refus: 'Trop de fichiers sont en cours de lecture.',
			conseil: 'Attendez une minute, puis déposez à nouveau le vôtre.'
		};
	let end: (job: Job) => void = () => {};
	const ended = new Promise<Job>((resolve) => (end = resolve));
	const job: Job = {
		id: randomUUID(),
		genre: order.genre,
		fichier: 'demande' in order ? order.demande.fichier : null,
		etat: 'attente',
		avance: null,
		import: 'demande' in order ? null : order.id,
		issue: null
	};
	const entry = { job, order, db, stop: new AbortController(), ended, end, trace: Promise.resolve() };
	entries.set(job.id, entry);
	leaveTrace(entry);
	startNext();
	return job;
}

export const getJob = (id: string): Job | null => entries.get(id)?.job ?? null;

/** A work of this server, or of the one before it: cut short, it says so. Null when nobody ever heard of it. */
export async function findJob(db: Db, id: string): Promise<Job | null> {
	const known = getJob(id);
	if (known) return known;
	const left = await travaux.get(db, id);
	return left && toldAfter(left, left.import === null ? null : await imports.stateOf(db, left.import));
}

/** The works of this server that are not over, first come first. */
export const listJobs = (): readonly Job[] => [...entries.values()].map((e) => e.job).filter((job) => !isOver(job));

export const isOver = (job: Job): boolean => job.etat !== 'attente' && job.etat !== 'en-cours';

/** The work as it stands once over, or after `ms` milliseconds, whichever comes first. */
export async function waitJob(id: string, ms: number): Promise<Job | null> {
	const entry = entries.get(id);
	if (!entry) return null;
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
	await Promise.race([entry.ended, late]);
	clearTimeout(timer);
	return entry.job;
}

/** Stops a work at once: nothing of it is written. One already over is left as it is. */
export function cancelJob(id: string): void {
	const entry = entries.get(id);
	if (!entry || isOver(entry.job)) return;
	entry.stop.abort();
	close(entry, 'annule', null);
}

/** What a reading was asked for, besides its file. */
export function demandeOf(id: string): { territoire: string; plan: string; periode: string } | null {
	const order = entries.get(id)?.order;
	if (order?.genre !== 'lire') return null;
	const { territoire, plan, periode } = order.demande;
	return { territoire, plan, periode: periode ?? '' };
}

/** A file that holds several démarches, read again with the one chosen. */
export function chooseDemarche(id: string, demarche: string): Job | Refusal | null {
	const entry = entries.get(id);
	if (entry?.order.genre !== 'lire') return null;
	return startJob(entry.db, { genre: 'lire', demande: { ...entry.order.demande, demarche } });
}

/**
 * Does a work to its end, apart from the server: for those who have nothing to show meanwhile.
 * in     `left`: that of the request; who closes the page before the end has given up
 * never  keeps what it gave: nobody else can ask for it, and a workbook is heavy
 */
export async function runJob(db: Db, order: Order, left?: AbortSignal): Promise<Outcome> {
	const started = startJob(db, order);
	if (isRefusal(started)) return started;
	const giveUp = (): void => cancelJob(started.id);
	left?.addEventListener('abort', giveUp, { once: true });
	const job = await entries.get(started.id)!.ended;
	left?.removeEventListener('abort', giveUp);
	entries.delete(started.id);
	return job.issue ?? cancelled;
}

export const cancelled: Refusal = { refus: 'Ce travail a été annulé.', conseil: 'Rien n’a été enregistré.' };

function startNext(): void {
	const all = [...entries.values()];
	const next = all.find((e) => e.job.etat === 'attente');
	if (!next || all.filter((e) => e.job.etat === 'en-cours').length >= AT_ONCE) return;
	next.job = { ...next.job, etat: 'en-cours' };
	void run(next).then((issue) => close(next, isRefusal(issue) ? 'refuse' : 'fini', issue));
	startNext();
}

async function run({ db, order, stop, ...entry }: Entry): Promise<Outcome> {
	const hear = (avance: Progress): void => {
		stop.signal.throwIfAborted();
		const current = entries.get(entry.job.id);
		if (current && !isOver(current.job)) current.job = { ...current.job, avance };
	};
	const path = workerPath();
	const base = pathOf(db);
	if (path && base) return runApart(path, base, order, hear, stop.signal);
	try {
		return await following(hear, () => perform(db, loadReferentiel(), order));
	} catch (error) {
		if (stop.signal.aborted) return cancelled;
		process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
		return {
			refus: 'La lecture s’est arrêtée par une faute de Croisée.',
			conseil: 'Rien n’a été enregistré. Réessayez avec une copie du fichier au format .xlsx.'
		};
	}
}

function leaveTrace(entry: Entry): void {
	const { job, db } = entry;
	const { id, genre, fichier, etat, issue } = job;
	// Nothing comes of saying what a file is: nobody asks for it later.
	if (genre === 'reconnaitre') return;
	const { refus, conseil } = issue && isRefusal(issue) ? issue : { refus: null, conseil: null };
	const row = { id, genre, fichier, import: job.import, etat, refus, conseil };
	// A trace that cannot be written takes nothing away from the work.
	entry.trace = entry.trace.then(() => travaux.put(db, row)).catch(() => {});
}

function close(entry: Entry, etat: Job['etat'], issue: Outcome | null): void {
	if (isOver(entry.job)) return;
	const made = issue && !isRefusal(issue) ? issue.import : entry.job.import;
	entry.job = { ...entry.job, etat, issue, import: made };
	leaveTrace(entry);
	entry.end(entry.job);
	setTimeout(() => entries.delete(entry.job.id), KEPT_MS).unref();
	startNext();
}
