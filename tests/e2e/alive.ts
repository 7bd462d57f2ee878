import type { Page } from '@playwright/test';

/** Until the page says that it hears what is pressed (`typed-early.ts`): a still network does not, where its scripts wait for a processor. */
export const alive = (page: Page): Promise<void> => page.locator('html[data-vive]').waitFor({ state: 'attached' });

/** The same page, alive each time an address is opened or read again; `waitUntil` asks for something else. */
export function heard(page: Page): Page {
	const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
	page.goto = async (address, options) => {
		const answer = await goto(address, options);
		// An empty page, or another place of the same one, brings no answer.
		if (answer && options?.waitUntil === undefined) await alive(page);
		return answer;
	};
	page.reload = async (options) => {
		const answer = await reload(options);
		if (options?.waitUntil === undefined) await alive(page);
		return answer;
	};
	return page;
}
