import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test as shared } from '@playwright/test';
import { heard } from './alive';
import { MODEL } from './model-base';
import { seal, serveBase } from './own-server';

export { expect } from '@playwright/test';

/** What a worker serves to the tests of one file. */
interface Served {
	readonly file: string;
	readonly origin: string;
	/** Whether nobody wrote anything there. */
	readonly intact: () => boolean;
	readonly stop: () => void;
}

/** A test whose file has the demonstration for itself: no file finds what another left, whatever their order. */
export const test = shared.extend<object, { originFor: (file: string) => Promise<string>; model: string }>({
	model: [MODEL, { scope: 'worker', option: true }],
	originFor: [
		async ({ model }, use) => {
			let served: Served | undefined;
			await use(async (file) => {
				// A server starts slowly: one whose base nobody wrote in is as good as another.
				if (served && served.file !== file && !served.intact()) {
					served.stop();
					served = undefined;
				}
				served = served ? { ...served, file } : await serveCopy(model, file);
				return served.origin;
			});
			served?.stop();
		},
		{ scope: 'worker' }
	],
	page: async ({ page, javaScriptEnabled }, use) => use(javaScriptEnabled === false ? page : heard(page)),
	// What a server takes to start is no time of the test.
	baseURL: [async ({ originFor }, use, { file }) => use(await originFor(file)), { scope: 'test', timeout: 120_000 }]
});

async function serveCopy(model: string, file: string): Promise<Served> {
	const folder = mkdtempSync(join(tmpdir(), 'croisee-parcours-'));
	const base = join(folder, 'croisee.db');
	copyFileSync(model, base);
	const { origin, stop } = await serveBase(base, basename(file), { CROISEE_SANS_VISITE: '1' });
	const before = seal(base);
	return {
		file,
		origin,
		// What is brought waits beside the base, before anything is written in it.
		intact: () => seal(base) === before && !existsSync(`${base}.apports`),
		stop: () => {
			stop();
			rmSync(folder, { recursive: true, force: true });
		}
	};
}
