import type { Page } from '@playwright/test';
import { expect, test } from './own-base';
import { axeFinds } from './seen-by-axe';

/* What is proposed under the search box as one types. */

const DEMO = '/territoires/ZZ0000001';
const field = (page: Page) => page.getByRole('combobox', { name: /^Chercher une action/ });
const list = (page: Page) => page.getByRole('listbox', { name: 'Propositions' });

test('de l’accueil, quelques lettres dans « Commune ou quartier » mènent à la fiche, au clavier seul', async ({
	page
}) => {
	for (const width of [1440, 390]) {
		await page.setViewportSize({ width, height: 844 });
		await page.goto('/');
		const place = page.getByRole('combobox', { name: 'Commune ou quartier' });
		await place.focus();
		await page.keyboard.type('hauts');
		await expect(list(page)).toBeVisible();
		// Places only: neither action nor dispositif of that name.
		await expect(list(page).getByRole('group')).toHaveText([/^Quartier/, /^Commune/]);
		await expect(list(page)).toBeInViewport({ ratio: 1 });
		expect(await axeFinds(page), String(width)).toEqual([]);
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		await expect(page).toHaveURL(/\/QNZZZ01F$/);
	}
});

test.describe('sans script, le même champ', () => {
	test.use({ javaScriptEnabled: false });
	const ask = async (page: Page, q: string) => {
		await page.goto('/');
		await page.getByLabel('Commune ou quartier').fill(q);
		await page.getByLabel('Commune ou quartier').press('Enter');
	};

	test('ouvre le seul quartier qui répond', async ({ page }) => {
		await ask(page, 'hauts-prés');
		await expect(page).toHaveURL(/\/QNZZZ01F$/);
	});

	test('ne cherche que des lieux, et mène aux fichiers d’un territoire que personne n’a apporté', async ({ page }) => {
		await ask(page, 'aubrelle');
		await expect(page.locator('main h2')).toHaveText([/^Commune/, /^Territoire/, /^Quartier/]);
		await ask(page, 'Quimper');
		await expect(page.getByRole('heading', { level: 1 })).toContainText('Rien ne répond');
		await page
			.getByRole('link', { name: /Quimper/ })
			.first()
			.click();
		await expect(page).toHaveURL(/\/apporter\?territoire=200068120$/);
	});
});

test('au clavier : on écrit, les flèches choisissent, Entrée ouvre, Échap ferme puis vide, Tab s’en va', async ({
	page
}) => {
	await page.goto(`${DEMO}/a-faire`);
	await page.keyboard.press('/');
	await page.keyboard.type('rénov');
	await expect(list(page)).toBeVisible();
	await expect(field(page)).toHaveAttribute('aria-expanded', 'true');
	await expect(page.getByRole('status').filter({ hasText: /^\d\spropositions/ })).toHaveCount(1);
	expect(await list(page).getByRole('option').count()).toBeLessThanOrEqual(9);
	await expect(list(page).getByRole('group').first()).toHaveAccessibleName(/./);
	await expect(list(page).locator('mark').first()).toHaveText(/^rénov/i);

	const options = list(page).getByRole('option');
	await page.keyboard.press('ArrowDown');
	await expect(field(page)).toHaveAttribute('aria-activedescendant', (await options.first().getAttribute('id'))!);
	await expect(options.first()).toHaveAttribute('aria-selected', 'true');
	await page.keyboard.press('ArrowUp');
	await expect(field(page)).not.toHaveAttribute('aria-activedescendant', /./);
	await page.keyboard.press('ArrowUp');
	await expect(options.last()).toHaveAttribute('aria-selected', 'true');
	await expect(options.last()).toHaveText(/^Voir les/);
	await expect(field(page)).toBeFocused();

	await page.keyboard.press('Escape');
	await expect(list(page)).toBeHidden();
	await expect(field(page)).toHaveValue('rénov');
	await page.keyboard.press('ArrowDown');
	await expect(list(page)).toBeVisible();
	await page.keyboard.press('Escape');
	await page.keyboard.press('Escape');
	await expect(field(page)).toHaveValue('');

	await page.keyboard.type('hauts-prés');
	await expect(options.first()).toContainText('Les Hauts-Prés');
	await page.keyboard.press('Tab');
	await expect(list(page)).toBeHidden();
	await expect(field(page)).not.toBeFocused();
	await field(page).focus();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/QNZZZ01F$/);
	await expect(field(page)).toHaveValue('');

	await field(page).fill('velo');
	await expect(list(page)).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/recherche\?.*q=velo/);
});

test('une réponse qui arrive après une autre n’est pas montrée ; sans réseau, rien, et le formulaire part', async ({
	page
}) => {
	await page.goto(`${DEMO}/a-faire`);
	let late: (() => void) | undefined;
	await page.route('**/recherche/suggestions?*', async (route) => {
		if (/q=ecole/.test(route.request().url())) await new Promise<void>((go) => (late = go));
		await route.continue().catch(() => undefined);
	});
	await field(page).fill('ecole');
	await expect.poll(() => late !== undefined).toBe(true);
	await field(page).fill('T05');
	await expect(list(page).getByRole('option').first()).toContainText('T05');
	late!();
	await page.waitForTimeout(400);
	await expect(list(page).getByRole('option').first()).toContainText('T05');

	await page.unrouteAll();
	await page.route('**/recherche/suggestions?*', (route) => route.abort());
	await field(page).fill('velo');
	await expect(list(page)).toBeHidden();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/recherche\?.*q=velo/);
});

test('la liste ouverte : axe n’y voit rien, rien ne bouge, elle tient en largeur et au-dessus du clavier', async ({
	page
}) => {
	await page.addInitScript(() => {
		const all = window as unknown as { moved: number };
		all.moved = 0;
		new PerformanceObserver((seen) => {
			for (const entry of seen.getEntries()) all.moved += (entry as PerformanceEntry & { value: number }).value;
		}).observe({ type: 'layout-shift', buffered: true });
	});
	for (const [width, height] of [
		[1440, 900],
		[390, 420],
		[320, 420]
	] as const) {
		await page.setViewportSize({ width, height });
		await page.goto(`${DEMO}/a-faire`);
		const before = await page.evaluate(() => (window as unknown as { moved: number }).moved);
		if (width < 720) await page.getByRole('link', { name: 'Chercher', exact: true }).click();
		await field(page).pressSequentially('quartier');
		await expect(list(page)).toBeVisible();
		await page.keyboard.press('ArrowUp');
		await expect(list(page).getByRole('option', { selected: true })).toBeInViewport({ ratio: 0.9 });
		const seen = await page.evaluate(() => ({
			moved: (window as unknown as { moved: number }).moved,
			wide: document.documentElement.scrollWidth,
			bottom: document.querySelector('[role=listbox]')!.parentElement!.getBoundingClientRect().bottom
		}));
		expect.soft(seen.moved - before, `${width} px`).toBeLessThan(0.01);
		expect.soft(seen.wide, `${width} px`).toBeLessThanOrEqual(width);
		expect.soft(seen.bottom, `${width} px`).toBeLessThanOrEqual(height);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			expect.soft(await axeFinds(page, { within: 'header' }), `${width} px, ${colorScheme}`).toEqual([]);
		}
		await page.emulateMedia({ colorScheme: 'light' });
		if (width < 720) {
			await page.getByRole('button', { name: 'Fermer la recherche' }).click();
			await expect(field(page)).toBeHidden();
			await expect(page.getByRole('link', { name: 'Chercher', exact: true })).toBeFocused();
		}
	}
});
