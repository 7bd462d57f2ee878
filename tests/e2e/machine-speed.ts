import type { Page } from '@playwright/test';

/*
 * How fast this machine is at this minute. One that others share goes twice as slow for some minutes, then fast again: what a page
 * takes is told beside a fixed work of the same kind, done in a tab slowed alike just before and just after.
 */

/**
 * Milliseconds of the work in a tab slowed four times: sixteen runs on a quiet machine took 163 to 183 (two virtual cores,
 * Chromium 156, 28 November 2026). The higher it is written, the less a reading is scaled.
 */
export const QUIET = 185;

/** What a reading would have been at that speed; one of a machine as fast, or faster, is left as it was read. */
export const atQuietSpeed = (taken: number, around: readonly [before: number, after: number]): number =>
	taken / Math.max(1, (around[0] + around[1]) / 2 / QUIET);

/** The work: a table is written, styled and laid out, three times over after a first that counts for nothing; the middle one is kept. */
export const fixedWork = (page: Page): Promise<number> =>
	page.evaluate(() => {
		// In a document of its own: neither the styles nor the scripts of the site weigh on it.
		const frame = document.body.appendChild(document.createElement('iframe'));
		frame.style.cssText = 'position:fixed;left:0;top:0;width:1200px;height:800px;visibility:hidden';
		const inside = frame.contentDocument!;
		const once = (turn: number): number => {
			const begun = performance.now();
			const cell = (row: number) => (_: unknown, i: number) =>
				`<td class="c${(row * i) % 5}"><a href="?${i}"><b>${row * i + turn}</b> actions</a></td>`;
			const cells = (row: number) => Array.from({ length: 16 }, cell(row)).join('');
			const rows = Array.from({ length: 20 }, (_, row) => `<tr><th>Ligne ${row}</th>${cells(row)}</tr>`);
			inside.body.innerHTML = `<style>td{padding:2px;border:1px solid}a{display:flex;gap:4px}.c1 b{color:red}.c2 a::before{content:'+'}</style><table>${rows.join('')}</table>`;
			let sum = 0;
			for (const link of inside.querySelectorAll('a')) sum += link.offsetWidth + link.href.length;
			if (!(sum > 0)) throw new Error('bug: nothing was laid out');
			return performance.now() - begun;
		};
		const taken = [0, 1, 2, 3].map(once).slice(1);
		frame.remove();
		return taken.sort((a, b) => a - b)[1]!;
	});
