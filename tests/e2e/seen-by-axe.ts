import { expect, type Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';
import { STANDARD } from './axe-rules';

/* What axe finds to say of a page. Called straight: the wrapper sends its half megabyte again for each reading of the same page. */

/** What passes is not told node by node, nor is anything fetched again: only sounds and films would need it, and no page has any (`accessibilite-declaree.test.ts`). */
const FAST: RunOptions = { reporter: 'no-passes', resultTypes: ['violations'], preload: false };

/**
 * « color-contrast (.petit > a | .muet) », one per rule broken; no page holds another.
 * in     `rules`: those alone, else the standard; `within`: only what this selector finds
 */
export async function axeFinds(page: Page, { rules, within }: { rules?: readonly string[]; within?: string } = {}) {
	expect(page.frames().length).toBe(1);
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
	const runOnly = rules ? { type: 'rule' as const, values: [...rules] } : { type: 'tag' as const, values: STANDARD };
	const violations = await page.evaluate(
		async ([options, within]) => {
			const { axe } = window as unknown as { axe: typeof import('axe-core') };
			const { violations } = await axe.run(within ?? document, options);
			return violations.map(({ id, nodes }) => ({ id, targets: nodes.slice(0, 3).map((n) => n.target.join(' ')) }));
		},
		[{ ...FAST, runOnly }, within] as const
	);
	return violations.map(({ id, targets }) => `${id} (${targets.join(' | ')})`);
}

/** The same, told by the test, which goes on. */
export async function seenByAxe(page: Page, name: string, rules?: readonly string[]) {
	expect.soft(await axeFinds(page, { rules }), name).toEqual([]);
}
