/*
 * How fast this machine is at this minute. One that others share goes twice as slow for some minutes, then fast again: what a page
 * takes is told beside what a page that never changes takes (`reference-page.ts`), read alike just before and just after.
 */

/**
 * Milliseconds of the reference, in a tab slowed four times: the least of sixteen readings on a machine that others shared was 391
 * (two virtual cores, 28 November 2026), and a quiet one is no slower. The higher it is written, the less a reading is scaled.
 */
export const QUIET = 400;

/** What a reading would have been at that speed; one of a machine as fast, or faster, is left as it was read. */
export const atQuietSpeed = (taken: number, around: readonly [before: number, after: number]): number =>
	taken / Math.max(1, (around[0] + around[1]) / 2 / QUIET);
