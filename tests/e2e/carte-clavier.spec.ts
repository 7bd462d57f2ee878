import type { Page } from '@playwright/test';
import { expect, test } from './own-base';
import { ownServer } from './own-server';

/* The map under the keyboard alone: one stop for all its quartiers, wherever they are drawn. */

const DEMO = '/territoires/ZZ0000001';

const here = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.code ?? null);
const stops = (page: Page) => page.locator('.ensemble .repere[tabindex="0"]');
const middle = async (page: Page): Promise<readonly [number, number]> => {
	// Where the label points: the end of its line when it has one, else itself.
	const { x, y, width, height } = (await page.locator(':focus').boundingBox())!;
	return [x + width / 2, y + height / 2];
};

async function openMap(page: Page, address: string, width = 1440): Promise<void> {
	await page.setViewportSize({ width, height: 900 });
	await page.goto(address);
	await expect(page.locator('.carte')).toHaveAttribute('data-etat', 'prete', { timeout: 60_000 });
}

test('la carte se parcourt aux flèches : un seul arrêt de tabulation, Entrée choisit, Échap sort', async ({ page }) => {
	await openMap(page, `${DEMO}/carte`);
	const marks = page.locator('.ensemble .repere:visible');
	await expect(marks).toHaveCount(7);
	await expect(stops(page)).toHaveCount(1);
	// By Tab alone, from what precedes it; the next Tab is already past its quartiers.
	await page.getByLabel('Colorer par').focus();
	const tabbed: (string | null)[] = [];
	for (let i = 0; i < 14; i++) {
		await page.keyboard.press('Tab');
		tabbed.push(await here(page));
	}
	expect(tabbed.filter((code) => code !== null)).toHaveLength(1);

	await stops(page).focus();
	await page.keyboard.press('Home');
	const first = await here(page);
	const said = page.locator('.ensemble [role=status]').first();
	await expect(said).toHaveText(/, 1 sur 7$/);
	await page.keyboard.press('End');
	await expect(said).toHaveText(/, 7 sur 7$/);
	// Along the list, every one of them is reached, each once.
	const seen = new Set<string | null>([await here(page)]);
	for (let i = 0; i < 6; i++) {
		await page.keyboard.press('PageUp');
		seen.add(await here(page));
	}
	expect(seen.size).toBe(7);
	expect(await here(page)).toBe(first);
	// To the north as far as it goes, and it is said when nothing is further.
	let [, above] = await middle(page);
	for (let i = 0; i < 7; i++) {
		const before = await here(page);
		await page.keyboard.press('ArrowUp');
		if ((await here(page)) === before) break;
		const [, now] = await middle(page);
		expect(now).toBeLessThan(above + 40);
		above = now;
	}
	await expect(said).toHaveText('Aucun autre quartier au nord.');
	await expect(stops(page)).toHaveCount(1);
	await expect(page.locator(':focus')).toHaveCSS('box-shadow', /rgb/);
	await expect(page.locator('.touches')).toBeInViewport();

	const chosen = (await here(page))!;
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(new RegExp(`quartier=${chosen}`));
	await expect(page.locator('tr[aria-current=true]')).toContainText(chosen);
	expect(await here(page)).toBe(chosen);
	await page.keyboard.press('Escape');
	await expect(page.locator('.sortie')).toBeFocused();
	await expect(page.locator('.sortie')).toBeInViewport();
	await page.keyboard.press('Tab');
	expect(await here(page)).toBeNull();
	await expect(page.locator('.ensemble :focus')).toHaveCount(0);
});

test('+ et − zooment, Maj et une flèche déplacent : on garde sa place, et un quartier hors de vue revient', async ({
	page
}) => {
	await openMap(page, `${DEMO}/carte`);
	await stops(page).focus();
	const code = await here(page);
	const size = () =>
		page
			.locator('.ensemble .repere:visible')
			.evaluateAll((all) => all.filter((e) => e.checkVisibility({ visibilityProperty: true })).length);
	expect(await size()).toBe(7);
	for (const key of ['+', '+', '+']) await page.keyboard.press(key);
	expect(await here(page)).toBe(code);
	expect(await size()).toBeLessThan(7);
	// Those out of sight are still walked to.
	await page.keyboard.press('End');
	await expect(page.locator('.ensemble [role=status]').first()).toHaveText(/, 7 sur 7$/);
	await expect(page.locator(':focus')).toBeInViewport();
	for (const key of ['-', '-', '-']) await page.keyboard.press(key);
	await page.keyboard.press('Shift+ArrowLeft');
	expect(await here(page)).not.toBeNull();
	// The buttons do the same.
	await expect(page.getByRole('button', { name: 'Zoomer', exact: true })).toBeVisible();
});

test('sans WebGL, le dessin fixe se parcourt de même', async ({ page }) => {
	await page.addInitScript(() => {
		HTMLCanvasElement.prototype.getContext = () => null;
	});
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto(`${DEMO}/carte`);
	await expect(page.locator('.carte')).toHaveAttribute('data-etat', 'impossible', { timeout: 60_000 });
	await expect(stops(page)).toHaveCount(1);
	await stops(page).focus();
	await page.keyboard.press('Home');
	await page.keyboard.press('PageDown');
	await expect(page.locator('.ensemble [role=status]').first()).toHaveText(/, 2 sur 7$/);
});

test('avec des encarts, un seul arrêt encore : les flèches passent de la carte à l’encart', async ({ page }) => {
	test.setTimeout(240_000);
	const { origin, stop } = await ownServer('carte-serree-base.ts');
	try {
		await openMap(page, `${origin}/territoires/ZZ1000002/carte`);
		await expect(page.locator('.cartouche .repere').first()).toBeVisible();
		await expect(stops(page)).toHaveCount(1);
		await stops(page).focus();
		await page.keyboard.press('Home');
		const seen = new Set<string | null>([await here(page)]);
		for (let i = 0; i < 21; i++) {
			await page.keyboard.press('PageDown');
			seen.add(await here(page));
		}
		expect(seen.size).toBe(22);
		await page.locator('.cartouche .repere[tabindex]').first().focus();
		await expect(stops(page)).toHaveCount(1);
		expect(await page.locator(':focus').evaluate((mark) => mark.closest('.cartouche') !== null)).toBe(true);
		await page.keyboard.press('ArrowLeft');
		await page.keyboard.press('ArrowLeft');
		await page.keyboard.press('ArrowLeft');
		await page.keyboard.press('ArrowLeft');
		await page.keyboard.press('ArrowLeft');
		expect(await page.locator(':focus').evaluate((mark) => mark.closest('.carte') !== null)).toBe(true);
	} finally {
		stop();
	}
});
