import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Refusal } from '../../domain/issue';
import { LEAN_FLAGS } from '../lean-heap';
import type { Order, Outcome } from './perform';
import type { Progress } from '../progress';

/* A work done in a process of its own: whatever the file holds, the server keeps its memory, its time and its life. */

/**
 * What a work may take. A real file of 100 000 rows takes about a minute and less than 700 MB (`bench/`); on a busy machine
 * it takes longer but keeps telling where it stands, which a hostile file does not.
 */
export const BOUNDS = { minutes: 15, minutesSansNouvelle: 3, tasMo: 1_024, memoireMo: 1_536 } as const;
/** How long a worker started ahead of need is kept. */
const RESERVE_MINUTES = 5;
const MINUTE = 60_000;

/** What the worker says. */
export type Said =
	| { readonly dit: 'avance'; readonly avance: Progress }
	| { readonly dit: 'fini'; readonly issue: Outcome }
	| { readonly dit: 'faute'; readonly pile: string };

const REDUCE = 'Gardez les seules lignes du plan dans un classeur neuf, ou découpez le fichier en plusieurs.';
const tooHeavy: Refusal = { refus: 'Ce fichier demande trop de mémoire pour être lu.', conseil: REDUCE };
const tooLong: Refusal = {
	refus: 'Ce fichier est trop long à lire\u00a0: la lecture a été arrêtée.',
	conseil: REDUCE
};
const fault: Refusal = {
	refus: 'La lecture s’est arrêtée par une faute de Croisée.',
	conseil: 'Rien n’a été enregistré. Réessayez, puis essayez avec une copie du fichier au format .xlsx.'
};

/** The built worker, beside the command line; null where nothing is built (vite dev, tests). */
export function workerPath(): string | null {
	if (import.meta.env.DEV) return null;
	for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
		const path = join(folder, 'dist', 'worker.js');
		if (existsSync(path)) return path;
		if (folder === dirname(folder)) return null;
	}
}

let reserve: ChildProcess | null = null;

/** Starts a worker ahead of need, while someone fills in the form; it leaves by itself when nobody comes. */
export function warmUp(): void {
	const path = workerPath();
	if (reserve || !path) return;
	const child = start(path);
	reserve = child;
	const leave = setTimeout(() => child === reserve && child.kill(), RESERVE_MINUTES * MINUTE).unref();
	child.once('exit', () => {
		clearTimeout(leave);
		if (child === reserve) reserve = null;
	});
}

const running = new Set<ChildProcess>();
// A server that stops takes its works with it: what they had begun is undone by SQLite.
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

function start(path: string): ChildProcess {
	const child = fork(path, [], {
		execArgv: [`--max-old-space-size=${BOUNDS.tasMo}`, ...LEAN_FLAGS],
		serialization: 'advanced',
		stdio: ['pipe', 'ignore', 'pipe', 'ipc']
	});
	// A worker killed while it is being written to: its end says all there is to say.
	child.stdin?.on('error', () => {});
	child.on('error', () => {});
	running.add(child);
	child.once('exit', () => running.delete(child));
	return child;
}

/**
 * Does the work in another process.
 * in     `base`: path of the SQLite file; `stopped`: ends the process at once, whatever it is doing
 * out    what the work gave, or a refusal when it took too much memory or time, or died
 * never  leaves half of anything: the transaction of a process that ends is undone by SQLite
 */
export function runApart(
	path: string,
	base: string,
	order: Order,
	hear: (progress: Progress) => void,
	stopped: AbortSignal
): Promise<Outcome> {
	const child = reserve ?? start(path);
	reserve = null;
	return new Promise((done) => {
		let outcome: Outcome | null = null;
		let log = '';
		const end = (because: Outcome | null): void => {
			outcome ??= because;
			child.kill('SIGKILL');
		};
		const cancel = (): void => end(fault);
		const deadline = setTimeout(() => end(tooLong), BOUNDS.minutes * MINUTE);
		const silence = setTimeout(() => end(tooLong), BOUNDS.minutesSansNouvelle * MINUTE);
		const watch = setInterval(() => megabytesOf(child.pid) > BOUNDS.memoireMo && end(tooHeavy), 200);
		stopped.addEventListener('abort', cancel, { once: true });

		child.stderr?.on('data', (chunk: Buffer) => (log = (log + chunk.toString('utf8')).slice(-4_000)));
		child.on('message', (said: Said) => {
			// What the process had already said when it was stopped comes late: nobody listens any more.
			if (stopped.aborted) return;
			silence.refresh();
			if (said.dit === 'avance') hear(said.avance);
			else if (said.dit === 'fini') outcome ??= said.issue;
			else log += said.pile;
		});
		child.once('close', (code, signal) => {
			clearTimeout(deadline);
			clearTimeout(silence);
			clearInterval(watch);
			stopped.removeEventListener('abort', cancel);
			// The next file may come at once.
			warmUp();
			// V8 ends the process by itself when the heap is full.
			const full = code === 134 || signal === 'SIGABRT' || /allocation failed|heap out of memory/i.test(log);
			if (!outcome && !full) process.stderr.write(`Travail interrompu (${signal ?? code})\n${log}\n`);
			done(outcome ?? (full ? tooHeavy : fault));
		});
		send(child, base, order);
	});
}

/** The order by message, the bytes of a file by standard input: no copy of them is made. */
function send(child: ChildProcess, base: string, order: Order): void {
	if (order.genre !== 'lire' && order.genre !== 'reconnaitre') {
		child.send({ base, order });
		child.stdin?.end();
		return;
	}
	const { bytes, ...demande } = order.demande;
	child.send({ base, order: { genre: order.genre, demande } });
	child.stdin?.end(bytes);
}

/** Memory a process really holds, buffers outside the heap included; 0 where the system does not tell. */
function megabytesOf(pid: number | undefined): number {
	try {
		return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
	} catch {
		return 0;
	}
}
