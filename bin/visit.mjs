// The first page of each kind is slow to come: its code has never run. The server opens one of each for itself, while nobody waits.
import { get } from 'node:http';

/** Kinds of pages of a territory, those opened most first. */
const PAGES = ['', '/a-faire', '/actions', '/recoupements', '/carte', '/financement'];

/**
 * Visits the pages of the first territory that is read ahead, one after the other, then the home page and the region.
 * never  fails: a page that cannot be opened says so to the one who opens it
 */
export function visitOnceRead(origin) {
	process.once('croisee:lu', async (code) => {
		const home = `/territoires/${code}`;
		const page = await read(origin, home);
		const quartier = page.match(new RegExp(`"${home}/QN[^"?#/]+`))?.[0].slice(1);
		for (const path of ['/', quartier, ...PAGES.slice(1).map((one) => home + one), '/region'])
			if (path) await read(origin, path);
	});
}

/** A page as text; nothing when it does not come. */
const read = (origin, path) =>
	new Promise((done) => {
		const request = get(origin + path, { agent: false }, (response) => {
			let text = '';
			response.setEncoding('utf8').on('data', (part) => (text += part));
			response.on('close', () => setTimeout(done, PAUSE_MS, text));
		});
		request.on('error', () => done(''));
	});
const PAUSE_MS = 20;
