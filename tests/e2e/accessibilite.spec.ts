import { expect, test, type Page } from '@playwright/test';
import { COLOURS } from './axe-rules';
import { PAGES } from './every-page';
import { axeFinds, seenByAxe } from './seen-by-axe';

/* Every page, in light and dark, wide and narrow: no violation that a machine can see. Each is loaded once, then changed. */

const DEMO = '/territoires/ZZ0000001';
const GAP = encodeURIComponent('G01:QNZZZ06F:X17');

/** The same pages in another state, under the same title. */
const STATES = [
	['matrice d’un soir passé', `${DEMO}?au=2026-11-22`],
	['toute la grille', `${DEMO}?lignes=transition&colonnes=ville`],
	['matrice au projecteur', `${DEMO}?densite=projecteur&case=X04.QNZZZ01F`],
	['toute la grille au projecteur', `${DEMO}?lignes=transition&colonnes=ville&densite=projecteur`],
	['lacunes décidées ensemble', `${DEMO}/lacunes?ensemble=${GAP}`]
] as const;

/** What only a phone folds, unfolded: elsewhere nothing changes. */
const UNFOLDED = [
	['matrice dépliée', `${DEMO}?grille=tout&lu=tout`],
	['lacunes décidées ensemble, dépliées', `${DEMO}/lacunes?ensemble=${GAP}&liste=tout&lire=tout`],
	[
		'quartier déplié',
		`${DEMO}/QNZZZ01F?atteinte=tout&portrait=tout&argent=tout&financements=tout&contacts=tout&lacunes=toutes`
	]
] as const;

/** At 320 px: what axe sees, and the page holds in width. */
async function narrow(page: Page, name: string) {
	await page.setViewportSize({ width: 320, height: 800 });
	const { lang, scrollWidth, clientWidth } = await page.evaluate(() => {
		const { lang, scrollWidth, clientWidth } = document.documentElement;
		return { lang, scrollWidth, clientWidth };
	});
	expect.soft(lang, name).toBe('fr');
	expect.soft(scrollWidth, name).toBeLessThanOrEqual(clientWidth);
	await expect.soft(page.locator('h1'), name).toHaveCount(1);
	await seenByAxe(page, `${name}, 320 px`);
	// A cell opened to be edited has the focus already: it is where the person wants to be.
	if (await page.evaluate(() => document.activeElement !== document.body)) return;
	await page.keyboard.press('Tab');
	await expect.soft(page.locator(':focus'), name).toHaveAttribute('href', /^#/);
}

test('axe, ici, voit une faute où il y en a une', async ({ page }) => {
	await page.setContent('<main><h1>Une faute</h1><p style="color: #ccc">Trop pâle</p><img src="data:,"></main>');
	const found = (await axeFinds(page)).join(' ');
	for (const rule of ['color-contrast', 'image-alt', 'html-has-lang']) expect.soft(found).toContain(rule);
	expect(await axeFinds(page, { rules: COLOURS })).toEqual(['color-contrast (p)']);
	expect(await axeFinds(page, { within: 'h1' })).toEqual([]);
});

/** Both processors, each its half. */
for (const half of [0, 1])
	test(`axe ne voit rien à redire à 1440 px, clair puis sombre, ni à 320 px, où chaque page tient en largeur ; aucune ne demande rien au réseau (${half + 1} sur 2)`, async ({
		page
	}) => {
		test.setTimeout(600_000);
		const outside: string[] = [];
		page.on('request', (request) => {
			if (!/^(http:\/\/127\.0\.0\.1|data:|blob:)/.test(request.url())) outside.push(request.url());
		});
		const mine = <T>(list: readonly T[]): T[] => list.filter((_, n) => n % 2 === half);
		for (const [name, path] of mine([...PAGES, ...STATES])) {
			await page.setViewportSize({ width: 1440, height: 900 });
			await page.emulateMedia({ colorScheme: 'light' });
			await page.goto(path);
			await seenByAxe(page, `${name}, clair`);
			await page.emulateMedia({ colorScheme: 'dark' });
			await seenByAxe(page, `${name}, sombre`, COLOURS);
			await page.emulateMedia({ colorScheme: 'light' });
			await narrow(page, name);
		}
		for (const [name, path] of mine(UNFOLDED)) {
			await page.setViewportSize({ width: 320, height: 800 });
			await page.goto(path);
			await narrow(page, name);
		}
		expect(outside).toEqual([]);
	});

test('chaque page a son titre', async ({ request }) => {
	const titles = new Set<string>();
	for (const [, path] of PAGES) titles.add(/<title>([^<]*)/.exec(await (await request.get(path)).text())?.[1] ?? '');
	expect(titles.size).toBe(PAGES.length);
});
