import { expect, test, type Browser, type BrowserContext, type CDPSession, type Page } from '@playwright/test';
import { atQuietSpeed, QUIET } from './machine-speed';
import { ownServer } from './own-server';
import { referencePage } from './reference-page';

/* The case of the bar: 14 × 14 enjeux, 15 quartiers, 500 actions, on a server of its own. */

let ORIGIN: string, MATRIX: string, REFERENCE: string;
const stops: (() => void)[] = [];

test.beforeAll(async () => {
	test.setTimeout(180_000);
	const own = await ownServer('quinze-quartiers-base.ts');
	const reference = await referencePage();
	stops.push(own.stop, reference.stop);
	[ORIGIN, REFERENCE] = [own.origin, reference.adresse];
	MATRIX = `${ORIGIN}/territoires/ZZ1000002`;
});
test.afterAll(() => stops.forEach((stop) => stop()));

interface Arrival {
	/** Milliseconds from the call to the frame that shows the first arrow answered, processor slowed four times. */
	readonly vive: number;
	/** Of these, milliseconds the server took. */
	readonly serveur: number;
	/** Milliseconds that tasks of more than 50 held the page, over those 50, until then. */
	readonly bloque: number;
	/** Cumulative layout shift, once fonts have come. */
	readonly saut: number;
}

interface SlowTab {
	readonly context: BrowserContext;
	readonly page: Page;
	readonly slowed: CDPSession;
}

/** A tab slowed four times, on a page of the site: styles and fonts are those of the site one already walks in. */
async function slowTab(browser: Browser): Promise<SlowTab> {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	const page = await context.newPage();
	await page.addInitScript(watchFirstArrow);
	const slowed = await context.newCDPSession(page);
	await slowed.send('Emulation.setCPUThrottlingRate', { rate: 4 });
	await page.goto(`${ORIGIN}/accessibilite`, { waitUntil: 'networkidle' });
	return { context, page, slowed };
}

/** In the page: tells when the first arrow is answered in sight, and what held or moved it meanwhile. */
function watchFirstArrow(): void {
	const seen = { bloque: 0, saut: 0 };
	Object.assign(window, { seen });
	new PerformanceObserver((list) => {
		for (const task of list.getEntries()) seen.bloque += task.duration - 50;
	}).observe({ type: 'longtask', buffered: true });
	new PerformanceObserver((list) => {
		for (const shift of list.getEntries()) seen.saut += (shift as unknown as { value: number }).value;
	}).observe({ type: 'layout-shift', buffered: true });
	let first: HTMLElement | null = null;
	const coming = new MutationObserver(() => {
		first = document.querySelector<HTMLElement>('[role=grid] a.case');
		if (!first) return;
		coming.disconnect();
		first.focus();
	});
	coming.observe(document, { childList: true, subtree: true });
	const answered = ({ target }: FocusEvent) => {
		if (!first || target === first) return;
		removeEventListener('focusin', answered);
		// After the frame that the move is drawn in.
		requestAnimationFrame(() => setTimeout(() => console.debug(`vive ${performance.now()} ${seen.bloque}`)));
	};
	addEventListener('focusin', answered);
}

async function firstArrow(browser: Browser, address: string): Promise<Arrival> {
	const { context, page, slowed } = await slowTab(browser);
	const alive = page.waitForEvent('console', (message) => message.text().startsWith('vive'));
	await page.goto(address, { waitUntil: 'commit' });
	// Pressed without waiting for the page: twenty times a second, faster than a hand.
	let right = true;
	const pressing = setInterval(() => {
		const key = { key: right ? 'ArrowRight' : 'ArrowLeft', windowsVirtualKeyCode: right ? 39 : 37 };
		right = !right;
		for (const type of ['rawKeyDown', 'keyUp'] as const)
			slowed.send('Input.dispatchKeyEvent', { type, code: key.key, ...key }).catch(() => undefined);
	}, 50);
	const [vive = NaN, bloque = NaN] = (await alive).text().slice(5).split(' ').map(Number);
	clearInterval(pressing);
	await page.waitForLoadState('networkidle');
	const { serveur, saut } = await page.evaluate(() => {
		const [asked] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
		const { saut } = (window as unknown as { seen: { saut: number } }).seen;
		return { serveur: asked!.responseStart - asked!.requestStart, saut };
	});
	await context.close();
	return { vive: Math.round(vive), serveur: Math.round(serveur), bloque: Math.round(bloque), saut };
}

test('la preuve ouverte sous quinze quartiers se lit couchée, comme une phrase', async ({ page }) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto(MATRIX);
	await page.locator('[role=grid] a.case').first().click();
	const title = page.locator('#preuves .titre');
	await expect(title).toBeVisible();
	const { width, height } = (await title.boundingBox())!;
	expect(width).toBeGreaterThan(2 * height);
});

for (const [name, more] of [
	['la matrice de quinze quartiers', ''],
	['toute la grille, quatorze enjeux par quatorze', '?lignes=transition&colonnes=ville']
] as const)
	test(`${name} répond aux flèches en moins d’une seconde, processeur quatre fois plus lent, sans qu’un bloc ne bouge`, async ({
		browser
	}) => {
		test.setTimeout(300_000);
		const all: Arrival[] = [];
		// The reference after each reading is the one before the next.
		const references = [await firstArrow(browser, REFERENCE)];
		while (all.length < 7) {
			all.push(await firstArrow(browser, `${MATRIX}${more}`));
			references.push(await firstArrow(browser, REFERENCE));
		}
		const works = references.map((r) => r.vive);
		const ramene = all.map((a, i) => Math.round(atQuietSpeed(a.vive, [works[i]!, works[i + 1]!])));
		const middle = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[3]!;
		const each = (of: (one: Arrival) => number): string => all.map(of).join(', ');
		const said = `première flèche : ${ramene.join(', ')} ms à vitesse tranquille (lue ${each((a) => a.vive)}, page de référence ${works.join(', ')} pour ${QUIET}), dont serveur ${each((a) => a.serveur)} ; page retenue ${each((a) => a.bloque)} ms ; saut ${each((a) => Number(a.saut.toFixed(4)))}`;
		test.info().annotations.push({ type: 'mesure', description: said });
		console.log(said);
		// No page is drawn so fast at this rate: less would mean that nothing was measured.
		expect(middle(ramene), said).toBeGreaterThan(100);
		expect(middle(ramene), said).toBeLessThan(1000);
		// Letters that come move words by a hair; a block that moves counts ten times that.
		expect(middle(all.map((a) => a.saut)), said).toBeLessThan(0.01);
	});

test('au téléphone, les premiers croisements sont au premier écran, et la page de quinze quartiers tient en huit', async ({
	page
}) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto(MATRIX, { waitUntil: 'networkidle' });
	const rows = page.locator('tr.xr:visible');
	for (const n of [0, 1]) {
		const { y, height } = (await rows.nth(n).boundingBox())!;
		expect(y + height, `croisement ${n + 1}`).toBeLessThanOrEqual(844);
	}
	expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(8 * 844);
	// What waits is one touch away: a row by its name, the rest of a group, the rest of the quartiers.
	const open = rows.first().locator('.tous');
	const name = (await rows.first().locator('b').boundingBox())!;
	await page.mouse.click(name.x + name.width / 2, name.y + name.height / 2);
	await expect(open).toHaveAttribute('aria-expanded', 'true');
	await expect(rows.first().locator('td.q:visible')).toHaveCount(15);
	// Closed, a row says what its fifteen quartiers have: in words when it is the same everywhere, else a pane each.
	const closed = page.locator('tr.xr:visible .tous[aria-expanded=false]');
	for (const strip of await closed.all()) {
		const panes = await strip.locator('.bande > .vitree').count();
		if (panes) expect(panes).toBe(15);
		else await expect(strip).toHaveText(/15 quartiers\u00a0: /);
	}
	await expect(page.locator('tr.somme').first()).toContainText(/\d+ sur \d+/);
	const more = page.getByRole('button', { name: /^Voir \d+ autres? croisements?/ });
	while (await more.count()) await more.first().click();
	await expect(page.locator('tr.seconde:visible')).toHaveCount(await page.locator('tr.seconde').count());
	const quartiers = page.locator('#liste-quartiers tbody tr:visible');
	expect(await quartiers.count()).toBe(5);
	await page.getByRole('link', { name: 'Voir les 10 autres quartiers' }).click();
	await expect(quartiers).toHaveCount(15);
});

test('sur papier, les vingt croisements de quinze quartiers et leur total tiennent sur une feuille A3', async ({
	page
}) => {
	/** An A3 laid flat, within its margins, in pixels of 96 to the inch. */
	const sheet = { width: Math.floor((400 / 25.4) * 96), height: Math.floor((277 / 25.4) * 96) };
	await page.setViewportSize(sheet);
	await page.emulateMedia({ media: 'print' });
	await page.goto(MATRIX);
	const grid = page.getByRole('grid', { name: 'Croisements attendus par quartier' });
	await expect(grid.locator('tr.xr')).toHaveCount(20);
	await expect(grid.locator('thead th.q')).toHaveCount(15);
	const { y, height, width } = (await grid.boundingBox())!;
	expect(y + height).toBeLessThanOrEqual(sheet.height);
	expect(width).toBeLessThanOrEqual(sheet.width);
	// No rule is cut by the edge of the sheet, not even after the longest sign.
	const edges = await grid
		.locator('td.lc .regle')
		.evaluateAll((rules) => rules.map((rule) => rule.getBoundingClientRect().right));
	expect(edges.length).toBeGreaterThan(0);
	expect(Math.max(...edges)).toBeLessThanOrEqual(sheet.width);
	// A total of everything at the foot of the table, never repeated under each page.
	expect(await grid.locator('tfoot').evaluate((foot) => getComputedStyle(foot).display)).toBe('table-row-group');
});

test('sur papier, toutes les lacunes du territoire sont écrites, sans bouton ni renvoi à l’écran', async ({ page }) => {
	await page.goto(MATRIX);
	const rows = page.locator('#lacunes tbody tr:visible');
	const seen = await rows.count();
	const [, more] = /^Voir (\d+)/.exec((await page.locator('#lacunes .suite').innerText()).trim())!;
	await page.emulateMedia({ media: 'print' });
	expect(await rows.count()).toBeGreaterThanOrEqual(seen + Number(more));
	await expect(page.locator('#lacunes .suite')).toBeHidden();
});

test('au clavier, une flèche verticale suit sa colonne et passe par-dessus le titre d’un groupe', async ({ page }) => {
	await page.goto(MATRIX);
	const grid = page.getByRole('grid', { name: 'Croisements attendus par quartier' });
	const column = await grid.locator('thead a[data-col="4"]').getAttribute('data-col');
	await grid.locator('thead a[data-col="4"]').focus();
	const seen: (string | null)[] = [];
	for (let row = 0; row < 20; row++) {
		await page.keyboard.press('ArrowDown');
		expect(await page.locator(':focus').getAttribute('data-col')).toBe(column);
		seen.push(await page.locator(':focus').getAttribute('data-cell'));
	}
	// The twenty crossings, each once, whatever groups stand between them.
	expect(new Set(seen.map((cell) => cell!.split('.')[0])).size).toBe(20);
	for (let row = 0; row < 20; row++) await page.keyboard.press('ArrowUp');
	await expect(grid.locator('thead a[data-col="4"]')).toBeFocused();
	// From the totals, the title of a group is met: it folds.
	await grid.locator('tr.xr [data-col="0"]').first().focus();
	await page.keyboard.press('ArrowUp');
	await expect(page.locator(':focus')).toHaveAccessibleName(/^Replier/);
});

test('chaque nom de quartier se lit entier en tête de colonne, et chaque règle en bout de ligne', async ({ page }) => {
	for (const width of [1280, 1440]) {
		await page.setViewportSize({ width, height: 900 });
		await page.goto(MATRIX);
		const grid = page.getByRole('grid', { name: 'Croisements attendus par quartier' });
		await expect(grid.locator('thead th.q', { hasText: 'La Fabriquette' })).toHaveCount(1);
		/** Names that their lines do not hold, and what is written past the table. */
		const cut = await grid.evaluate((table) => {
			const { right } = table.getBoundingClientRect();
			const names = [...table.querySelectorAll<HTMLElement>('thead th.q b:not(.court)')];
			const rules = [...table.querySelectorAll('td.lc .regle, td.lc .pire > *')];
			const lines = (e: HTMLElement) => Math.round(e.offsetHeight / Number.parseFloat(getComputedStyle(e).lineHeight));
			return [
				...names.filter(
					(e) => e.checkVisibility() && !e.matches('.entier') && (lines(e) > 3 || e.scrollWidth > e.offsetWidth)
				),
				...rules.filter((e) => e.getBoundingClientRect().right > right - 2)
			].map((e) => e.textContent);
		});
		expect(cut).toEqual([]);
		// Names lean: they leave the screen to the answers.
		expect((await grid.locator('tr.entete').boundingBox())!.height).toBeLessThanOrEqual(140);
		// The one whose column is pointed at, or walked through with the keyboard, stands out.
		await expect(async () => {
			await grid.locator('tr.xr a.case[data-col="3"]').first().hover();
			await grid.locator('tr.xr a.case[data-col="4"]').first().hover();
			await expect(grid.locator('thead th.vise')).toHaveAttribute('data-col', '4', { timeout: 500 });
		}).toPass();
		await grid.locator('tr.xr a.case[data-col="9"]').first().focus();
		await page.keyboard.press('ArrowRight');
		await expect(grid.locator('thead th.vise')).toHaveAttribute('data-col', '10');
	}
});

test('une case ouverte montre son titre et sa réponse sous les en-têtes, à 1440 comme à 900 de haut', async ({
	page
}) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto(MATRIX);
	const grid = page.getByRole('grid', { name: 'Croisements attendus par quartier' });
	await grid.locator('tr.xr').nth(9).locator('a.case').nth(3).click();
	const card = page.getByRole('region', { name: /^Preuves/ });
	await expect(card).toBeVisible();
	const head = (await grid.locator('tr.entete').boundingBox())!;
	const title = (await card.locator('h3, .nom').first().boundingBox())!;
	expect(title.y).toBeGreaterThanOrEqual(head.y + head.height);
	expect(title.y).toBeLessThan(700);
	expect(title.width).toBeGreaterThan(title.height);
});

test('la molette fait défiler la page, jamais le cadre d’une matrice qui tient dans l’écran ; ses en-têtes restent en vue', async ({
	page
}) => {
	await page.setViewportSize({ width: 1280, height: 720 });
	await page.goto(MATRIX);
	const frame = page.locator('.cadre.wide');
	const box = (await frame.boundingBox())!;
	await page.mouse.move(640, Math.min(700, box.y + 200));
	await page.mouse.wheel(0, 900);
	await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(800);
	expect(await frame.evaluate((e) => e.scrollTop)).toBe(0);
	expect((await page.locator('tr.entete').boundingBox())!.y).toBeGreaterThanOrEqual(-1);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
});
