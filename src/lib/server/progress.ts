import { AsyncLocalStorage } from 'node:async_hooks';

/* Where a long import stands. Told from wherever the work is done, heard by whoever asked for it. */

export const STEPS = ['lecture', 'verification', 'comparaison', 'enregistrement'] as const;
export type Step = (typeof STEPS)[number];

export interface Progress {
	readonly etape: Step;
	/** Rows done, and rows there are; null when nobody knows yet. */
	readonly fait: number | null;
	readonly total: number | null;
}

/** Rows between two words about them. */
export const EVERY = 1_000;

const listeners = new AsyncLocalStorage<(progress: Progress) => void>();

/** Runs some work and hears where it stands; a listener that throws stops the work. */
export const following = <T>(listener: (progress: Progress) => void, work: () => Promise<T>): Promise<T> =>
	listeners.run(listener, work);

/** Says where the work stands; costs nothing when nobody listens. */
export function tell(etape: Step, fait: number | null = null, total: number | null = null): void {
	listeners.getStore()?.({ etape, fait, total });
}
