import { expect, test } from './own-base';

/* What somebody meets who comes for the first time, on a screen or on a phone. */

const DEMO = 'ZZ0000001';
const PHONE = { width: 390, height: 844 };

test('on descend dans les réponses d’une recherche dès qu’on y arrive, et le focus se voit', async ({ page }) => {
	await page.goto('/recherche?q=école');
	await expect(page.locator('html')).toBeAttached();
	const answers = page.locator('a[data-reponse]');
	await expect(async () => {
		await page.evaluate(() => (document.activeElement as HTMLElement).blur());
		await page.keyboard.press('ArrowDown');
		await expect(answers.first()).toBeFocused({ timeout: 500 });
	}).toPass();
	await expect(answers.first()).toHaveCSS('outline-style', 'solid');
	await page.keyboard.press('ArrowDown');
	await expect(answers.nth(1)).toBeFocused();
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('ArrowUp');
	await expect(page.locator('#recherche')).toBeFocused();
});

test('au premier jour, un nom de commune mène droit aux fichiers à apporter', async ({ page }) => {
	await page.setViewportSize(PHONE);
	await page.goto('/');
	const steps = page.getByRole('complementary', { name: 'Vos premiers pas' });
	// Nothing of one’s own is here: what is to be done comes before what one may read.
	const [pas, fictif] = await Promise.all([
		steps.boundingBox(),
		page.getByRole('heading', { name: /^Pour essayer.*un territoire fictif/ }).boundingBox()
	]);
	expect(pas!.y).toBeLessThan(fictif!.y);
	await steps.getByLabel(/Commune, intercommunalité/).fill('Valenciennes');
	await steps.getByLabel(/Commune, intercommunalité/).press('Enter');
	await expect(page).toHaveURL(/\/apporter\?territoire=245901160$/);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('CA Valenciennes Métropole');
	await expect(page.getByText('Il manque les périmètres des quartiers')).toBeVisible();
	// Nothing of it is here: no link to a page that would not open, and an old one says what to bring.
	await expect(page.locator('header a[href^="/territoires/245901160"]')).toHaveCount(0);
	await page.goto('/territoires/245901160/lacunes');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rien encore ici pour la CA Valenciennes Métropole');
	await page.getByRole('main').getByRole('link', { name: 'Apporter des fichiers' }).click();
	await expect(page).toHaveURL(/\/apporter\?territoire=245901160$/);
});

test('« i » sur un chiffre du tableau ou de l’argent dit d’où il vient, jusqu’aux documents', async ({ page }) => {
	for (const [path, figure, from] of [
		[`/territoires/${DEMO}/actions`, 'main tbody a', /Documents lus.*PCAET/],
		['/region/argent', 'main .intervalle dd a', /Fonds_vert_Aubrelle_2024-2025\.csv \(7.lignes\)/]
	] as const) {
		await page.goto(path);
		await page.locator(figure).first().focus();
		await page.keyboard.press('i');
		await expect(page.locator('details.why[open]')).toContainText(from);
	}
});

test('recoupements et financements sont dans la barre d’un portable, sur une seule ligne', async ({ page }) => {
	await page.setViewportSize({ width: 1280, height: 800 });
	await page.goto(`/territoires/${DEMO}`);
	const bar = page.getByRole('navigation', { name: 'Principale' });
	for (const name of ['Matrice', 'Recoupements', 'Financements'])
		await expect(bar.getByRole('link', { name })).toBeVisible();
	const { height } = (await page.locator('.bandeau').boundingBox())!;
	expect(height).toBeLessThanOrEqual(58);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
	await page.setViewportSize({ width: 1200, height: 800 });
	await expect(bar.getByRole('link', { name: 'Financements' })).toBeHidden();
});

test('recoupements et financements s’ouvrent sur le quartier que l’on lit', async ({ page }) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto(`/territoires/${DEMO}/QNZZZ06F`);
	const bar = page.getByRole('navigation', { name: 'Principale' });
	await bar.getByRole('link', { name: 'Recoupements' }).click();
	await expect(page.locator('select[name=quartier]')).toHaveValue('QNZZZ06F');
	await bar.getByRole('link', { name: 'Financements' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('sans demande connue de financement');
	await expect(page).toHaveURL(/quartier=QNZZZ06F/);
});

test('le premier Tab mène à la matrice, et l’on est aussitôt sur une de ses cases', async ({ page }) => {
	await page.goto(`/territoires/${DEMO}`);
	await page.waitForLoadState('networkidle');
	await page.keyboard.press('Tab');
	await expect(page.locator(':focus')).toHaveText('Aller à la matrice');
	await page.keyboard.press('Enter');
	const cell = page.locator('[role=grid] [data-cell]:focus');
	await expect(cell).toHaveCount(1);
	const first = await cell.getAttribute('data-cell');
	await page.keyboard.press('ArrowDown');
	await expect(cell).not.toHaveAttribute('data-cell', first!);
});

test('au téléphone, rien ne parle de touches', async ({ page }) => {
	await page.goto(`/territoires/${DEMO}/a-faire?file=confirmer`);
	await expect(page.getByText('Touches actives')).toBeVisible();
	await page.setViewportSize(PHONE);
	await expect(page.getByText('Touches actives')).toBeHidden();
	for (const key of await page.locator('kbd:not(dt > kbd)').all()) await expect(key).toBeHidden();
});

test('au téléphone, le quartier montre ses mesures par un seul lien', async ({ page }) => {
	await page.setViewportSize(PHONE);
	await page.goto(`/territoires/${DEMO}`);
	const quartier = await page.locator(`a[href^="/territoires/${DEMO}/QN"]`).first().getAttribute('href');
	await page.goto(quartier!.replace(/[?#].*/, ''));
	const more = page.locator('#financements').getByText(/^Voir \d+\s(autre|mesure)/);
	const seen = async () => (await Promise.all((await more.all()).map((one) => one.isVisible()))).filter(Boolean).length;
	expect(await seen()).toBe(1);
	await more.locator('visible=true').click();
	await expect(page).toHaveURL(/financements=tout/);
	await expect.poll(seen).toBeLessThan(2);
});

test.describe('un formulaire d’un autre site', () => {
	test('est refusé par une page en français', async ({ request }) => {
		const sent = (origin: string) =>
			request.post(`/territoires/${DEMO}/a-faire?/confirmer`, {
				headers: { origin, accept: 'text/html' },
				form: { par: '', choix: '' },
				maxRedirects: 0
			});
		const refused = await sent('https://ailleurs.example');
		expect(refused.status()).toBe(403);
		const html = await refused.text();
		expect(html).toContain('lang="fr"');
		expect(html).toContain('Rien n’a été enregistré');
		expect(html).not.toContain('Cross-site');
	});

	test('passe de la même adresse, quel que soit le protocole', async ({ request, baseURL }) => {
		const { host } = new URL(baseURL!);
		for (const protocol of ['http', 'https']) {
			const answer = await request.post(`/territoires/${DEMO}/a-faire?/confirmer`, {
				headers: { origin: `${protocol}://${host}`, accept: 'text/html' },
				form: { par: '', choix: '' }
			});
			expect(answer.status(), protocol).not.toBe(403);
		}
	});
});

test('la première aide à demander s’ouvre sur sa mesure, critères dépliés, à l’écran', async ({ page }) => {
	await page.goto(`/territoires/${DEMO}/QNZZZ01F`);
	const link = page.locator('#reponses .demande a.mesure');
	const name = (await link.textContent())!.trim();
	await link.click();
	const card = page.locator('li[id^="m-"]:has(> details[open])');
	await expect(card).toHaveCount(1);
	await expect(card).toBeInViewport();
	await expect(card.locator('summary')).toContainText(name.split(' (')[0]!);
	await expect(card.locator('.criteres')).toBeVisible();
});
