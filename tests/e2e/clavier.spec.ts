import type { Page } from '@playwright/test';
import { expect, test } from './own-base';

/* How many keys an answer costs who uses no mouse: each press counts, letters too. */

const DEMO = 'ZZ0000001';
const ENOUGH = 25;

class Keys {
	pressed = 0;
	constructor(private readonly page: Page) {}

	async press(key: string) {
		await this.page.keyboard.press(key);
		this.pressed += 1;
	}

	/** Tab from where one is to the link that says or opens this, then Enter; the page it opens is there when it resolves. */
	async open(link: RegExp, arrived: RegExp) {
		for (let tabs = 0; tabs < 60; tabs += 1) {
			await this.press('Tab');
			const here = await this.page.evaluate(() => {
				const e = document.activeElement as HTMLElement;
				return `${e.getAttribute('href')} ${e.getAttribute('aria-label') ?? e.innerText}`;
			});
			if (!link.test(here)) continue;
			await this.press('Enter');
			await expect(this.page).toHaveURL(arrived);
			await alive(this.page);
			return;
		}
		throw new Error(`Aucun arrêt ne mène à ${link}`);
	}
}

/** Focus goes where an address leads once the page has come. */
const alive = async (page: Page) => {
	await page.waitForLoadState('networkidle');
	await page.evaluate(() => new Promise((seen) => requestAnimationFrame(() => setTimeout(seen, 50))));
};

/** The last quartier of the list: the one that costs most. */
async function lastQuartier(page: Page): Promise<string> {
	await page.goto(`/territoires/${DEMO}`);
	return (await page.locator('#liste-quartiers a').last().getAttribute('href'))!.split('/').at(-1)!;
}

const unanswered = (page: Page) => page.locator('#croisements .croisements > li');

test('les enjeux sans réponse d’un quartier s’atteignent de l’accueil par Tab seul', async ({ page }) => {
	const code = await lastQuartier(page);
	await page.goto('/');
	await alive(page);
	const keys = new Keys(page);
	await keys.open(new RegExp(`^/territoires/${DEMO} `), new RegExp(`/territoires/${DEMO}$`));
	await keys.open(/Aller aux quartiers/, /#liste-quartiers$/);
	await keys.open(new RegExp(`/${code} `), new RegExp(`/${code}$`));
	await keys.open(/Aller aux enjeux sans réponse/, /croisements=sans-structurante#croisements$/);
	await expect(unanswered(page).first()).toBeInViewport();
	expect(keys.pressed).toBeLessThanOrEqual(ENOUGH);
});

test('à l’accueil, chaque territoire a son saut, avant le cadre', async ({ page }) => {
	await page.goto('/');
	await alive(page);
	for (const said of ['Aller au contenu', 'CA du Pays d’Aubrelle']) {
		await page.keyboard.press('Tab');
		await expect(page.locator(':focus')).toHaveText(said);
	}
});

test('le premier financement à demander s’atteint de l’accueil par Tab seul', async ({ page }) => {
	await page.goto('/');
	await alive(page);
	const keys = new Keys(page);
	await keys.open(new RegExp(`^/territoires/${DEMO} `), new RegExp(`/territoires/${DEMO}$`));
	await keys.open(/Aller aux financements à demander/, /\/financement#demandes$/);
	await keys.open(/\/actions\/[^/ ]+/, /\/actions\//);
	expect(keys.pressed).toBeLessThanOrEqual(ENOUGH);
});

test('par la recherche, un quartier puis ses enjeux sans réponse', async ({ page }) => {
	const code = await lastQuartier(page);
	await page.goto('/');
	await alive(page);
	const keys = new Keys(page);
	await keys.press('/');
	for (const letter of code.toLowerCase()) await keys.press(letter);
	await keys.press('Enter');
	// The only answer opens by itself.
	await expect(page).toHaveURL(new RegExp(`/${code}`));
	await alive(page);
	await keys.open(/Aller aux enjeux sans réponse/, /croisements=sans-structurante#croisements$/);
	await expect(unanswered(page).first()).toBeInViewport();
	expect(keys.pressed).toBeLessThanOrEqual(ENOUGH);
});

test('à faire : le nom, une ligne, son geste, l’annulation ; les touches ne quittent jamais la file', async ({
	page
}) => {
	await page.goto(`/territoires/${DEMO}/a-faire?file=confirmer`);
	const focused = page.locator(':focus');
	const line = page.locator('li[data-ligne]:focus');
	await page.getByLabel('Votre nom, pour signer').fill('Camille Perrin');
	await page.keyboard.press('Enter');
	await expect(line).toHaveCount(1);
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await expect(focused).toHaveAccessibleName(/^Oui/);
	await page.keyboard.press('Enter');
	const done = page.locator('.fait');
	await expect(done).toContainText('Gardé, signé Camille Perrin.');
	await expect(line).toHaveCount(1);
	// The figure of the title: what moves no answer is told apart, here and there.
	const waiting = async () =>
		Number(/^([\d\s]+)point/.exec((await page.locator('h1').textContent())!.trim())![1]!.replace(/\D/g, ''));
	const said = async () => Number(/Il reste ([\d\s]+)point/.exec((await done.textContent())!)![1]!.replace(/\D/g, ''));
	const left = await waiting();
	expect(await said()).toBe(left);
	await page.keyboard.press('u');
	await expect(done).toContainText('Geste annulé');
	await expect(line).toHaveCount(1);
	expect(await waiting()).toBeGreaterThan(left);
});

test('une cellule changée entre-temps : on est sur la première réponse, puis de retour sur la cellule', async ({
	page,
	context
}) => {
	const cell = `/territoires/${DEMO}/actions?q=%C3%A9nergivores&modifier=A1-a4254bec7e3d3c09~pilote`;
	const write = async (one: Page, words: string) => {
		const form = one.locator('form.cellule');
		const name = form.getByLabel('Votre nom');
		if (await name.count()) await name.fill('Camille Perrin');
		await form.locator('[name=texte]').fill(words);
		await form.getByRole('button', { name: 'Enregistrer' }).focus();
		await one.keyboard.press('Enter');
	};
	await page.goto(cell);
	const other = await context.newPage();
	await other.goto(cell);
	await write(other, 'Commune d’Aubrelle-les-Bois');
	await expect(other.locator('form.cellule')).toHaveCount(0);
	await other.close();
	await write(page, 'Département');
	const focused = page.locator(':focus');
	await expect(focused).toHaveText('Garder la mienne');
	await page.keyboard.press('Tab');
	await expect(focused).toHaveText('Garder la sienne');
	await page.keyboard.press('Enter');
	await expect(page.locator('form.cellule')).toHaveCount(0);
	await expect(focused).not.toHaveCount(0);
	await expect(page.locator('body:focus')).toHaveCount(0);
});

test('quartier : les lacunes en deux touches, Échap rend la figure, une décision laisse sur sa lacune', async ({
	page
}) => {
	const there = `/territoires/${DEMO}/QNZZZ01F`;
	await page.goto(there);
	await alive(page);
	await new Keys(page).open(/Aller aux lacunes/, /QNZZZ01F#lacunes$/);

	const figure = page.locator('#atteinte td:not(.ho) > a.case').first();
	await figure.focus();
	await page.keyboard.press('Enter');
	await expect(page.locator('#preuves')).toBeVisible();
	await page.keyboard.press('Tab');
	await page.keyboard.press('Escape');
	await expect(page.locator('#preuves')).toHaveCount(0);
	await expect(figure).toBeFocused();
	// « 5 actions le nomment » is a figure as well.
	const named = page.locator('a[href*="case=nommees"]').first();
	await named.focus();
	await page.keyboard.press('Enter');
	await expect(page.locator('#preuves')).toBeVisible();
	// The page it opened has come: one is no longer on the link.
	await expect(named).not.toBeFocused();
	await page.keyboard.press('Escape');
	await expect(page.locator('#preuves')).toHaveCount(0);
	await expect(named).toBeFocused();

	const first = page.locator('#lacunes .lacune').first();
	const id = (await first.getAttribute('id'))!;
	const card = page.locator(`[id="${id}"]`);
	const press = async (name: RegExp, role: 'link' | 'button') => {
		await card.getByRole(role, { name }).first().focus();
		await page.keyboard.press('Enter');
	};
	await press(/^Traiter, reporter ou écarter/, 'link');
	await card.getByLabel('Motif').fill('Vu en comité');
	await card.getByLabel('Votre nom').fill('Nadia Perrault');
	await press(/^Décider$/, 'button');
	await expect(card.getByRole('link', { name: /^Rouvrir/ })).toBeFocused();
	await expect(page.locator('#lacunes > [role=status]')).toContainText('Décision gardée');
	await page.keyboard.press('Enter');
	await press(/^Rouvrir la lacune/, 'button');
	await expect(page.locator('#lacunes > [role=status]')).toContainText('Lacune rouverte');
	await expect(card.getByRole('link', { name: /^Traiter, reporter ou écarter/ })).toBeFocused();
});

test('quartier : à 1440, les têtes de l’atteinte se lisent d’un trait et les réponses ne se touchent pas', async ({
	page
}) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto(`/territoires/${DEMO}/QNZZZ01F`);
	const read = await page.locator('#atteinte table').evaluate((table) => {
		const cut = [...table.querySelectorAll('thead th.n')].filter((th) => {
			const words = document.createRange();
			words.selectNodeContents(th.lastChild!);
			return words.getClientRects().length > 1 || th.scrollWidth > th.clientWidth;
		});
		const spans = [...table.querySelectorAll('td.g .rep')].map((r) => r.getBoundingClientRect());
		const gaps = spans.slice(1).map((r, i) => r.top - spans[i]!.bottom);
		return { cut: cut.map((th) => th.textContent), close: gaps.filter((gap) => gap < 8).length, n: spans.length };
	});
	expect(read).toEqual({ cut: [], close: 0, n: 14 });
});
