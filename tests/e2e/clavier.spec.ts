import { expect, test, type Page } from '@playwright/test';

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
	await expect(page).toHaveURL(/\/recherche\?/);
	await alive(page);
	await keys.press('ArrowDown');
	await keys.press('Enter');
	await expect(page).toHaveURL(new RegExp(`/${code}`));
	await alive(page);
	await keys.open(/Aller aux enjeux sans réponse/, /croisements=sans-structurante#croisements$/);
	await expect(unanswered(page).first()).toBeInViewport();
	expect(keys.pressed).toBeLessThanOrEqual(ENOUGH);
});
