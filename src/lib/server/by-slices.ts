import { setTimeout as wait } from 'node:timers/promises';
import type { Memory } from '../domain/memory';

/* Long works that nobody waits for are done a little at a time, and never while somebody waits for a page. */

/** The longest such a work holds the others at once, as far as it can be stopped; then how long it lets them pass. */
const SLICE_MS = 15;
const PAUSE_MS = 4;

let waiting = 0;

/** Somebody waits for an answer, until the function given back is called. */
export function someoneWaits(): () => void {
	waiting++;
	return () => void waiting--;
}

/** Once those who wait have their answer. */
export async function atRest(): Promise<void> {
	do await wait(PAUSE_MS, undefined, { ref: false });
	while (waiting > 0);
}

/** Something to wait for once one's slice of time is over; nothing before. */
export type Breathe = () => Promise<void> | undefined;

/** For a work done line after line. */
export function breathing(): Breathe {
	let until = performance.now() + SLICE_MS;
	return () => {
		if (performance.now() < until) return undefined;
		return atRest().then(() => void (until = performance.now() + SLICE_MS));
	};
}

const LATE = Symbol('plus tard');

/**
 * A work that keeps in a memory what it has done, stopped whenever its slice of time is over and taken up again where it was.
 * in     `memory`: nobody else works with it meanwhile; `work` gives the same answer to the same memory, and may ask to be
 *        stopped once it has kept something by itself
 */
export async function bySlices<T>(
	memory: Memory,
	work: (breathe: () => void) => T,
	{ slice = SLICE_MS, rest = atRest }: { readonly slice?: number; readonly rest?: () => Promise<void> } = {}
): Promise<T> {
	const done = new Set<string>();
	let until = 0;
	const breathe = () => {
		if (performance.now() >= until) throw LATE;
	};
	// What is kept again at each attempt stops it once only: there is an end.
	memory.set = (name, kept) => {
		Map.prototype.set.call(memory, name, kept);
		if (done.has(name)) return memory;
		done.add(name);
		breathe();
		return memory;
	};
	try {
		for (;;) {
			await rest();
			until = performance.now() + slice;
			try {
				return work(breathe);
			} catch (stopped) {
				if (stopped !== LATE) throw stopped;
			}
		}
	} finally {
		Reflect.deleteProperty(memory, 'set');
	}
}
