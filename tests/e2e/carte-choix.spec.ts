import type { Page } from '@playwright/test';
import { expect, test } from './own-base';

/* One choice, shared by the map, the list below it and the matrix; the address carries it. */

const DEMO = '/territoires/ZZ0000001';
const GARE = 'QNZZZ02F';
const PRES = 'QNZZZ01F';

const mark = (page: Page, code: string) => page.locator(`.carte .repere[data-code="${code}"]`);
const row = (page: Page, code: string) => page.locator('#tableau tbody tr').filter({ hasText: code });
const chosenRows = (page: Page) => page.locator('tr[aria-current=true]');
const bar = (page: Page, nom: string) =>
	page.getByRole('navigation').getByRole('link', { name: nom, exact: true }).first();

async function openMap(page: Page, query = ''): Promise<void> {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto(`${DEMO}/carte${query}`);
	await expect(page.locator('.carte')).toHaveAttribute('data-etat', 'prete', { timeout: 60_000 });
}

/** The map, the list and the panel name the same quartier, or none. */
async function expectChosen(page: Page, code: string | null, nom: string | RegExp = ''): Promise<void> {
	const marks = page.locator('.carte .repere.choisi');
	await expect(marks).toHaveCount(code ? 1 : 0);
	await expect(chosenRows(page)).toHaveCount(code ? 1 : 0);
	if (!code) {
		await expect(page).not.toHaveURL(/quartier=/);
		return;
	}
	await expect(page).toHaveURL(new RegExp(`quartier=${code}`));
	await expect(marks).toHaveAttribute('data-code', code);
	await expect(chosenRows(page)).toContainText(code);
	await expect(page.locator('.fiche h2')).toHaveText(nom);
}

test('un quartier à confirmer est rempli de hachures, lui seul, sur le plan fixe, au papier et dans la légende', async ({
	page
}) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto(`${DEMO}/carte?par=reponse.X13`);
	await expect(page.locator('.carte')).toHaveAttribute('data-etat', 'prete', { timeout: 60_000 });
	const told = await page
		.locator('#tableau tbody tr')
		.filter({ has: page.locator('td', { hasText: 'à confirmer' }) })
		.locator('th .micro')
		.allTextContents();
	expect(told.length).toBeGreaterThan(0);
	const drawn = await page
		.locator('.papier-carte a:has(path.doute) path.quartier')
		.evaluateAll((all) => all.map((path) => (path as SVGElement).dataset.code));
	expect(drawn.sort()).toEqual(told.sort());
	const legend = page.locator('.teintes li');
	await expect(legend.filter({ hasText: 'à confirmer' }).locator('.pastille.doute')).toHaveCount(1);
	await expect(legend.locator('.pastille.doute')).toHaveCount(1);
	// Before the map is drawn, and where it cannot be.
	const html = await (await page.request.get(`${DEMO}/carte?par=reponse.X13`)).text();
	expect(html.match(/class="doute/g)).toHaveLength(told.length);
});

test('à la souris : de la carte à la liste, de la liste à la carte, et le retour du navigateur défait chaque choix', async ({
	page
}) => {
	await openMap(page);
	await expectChosen(page, null);
	await mark(page, GARE).click();
	await expectChosen(page, GARE, 'La Gare');
	await row(page, PRES).getByRole('link').first().click();
	await expectChosen(page, PRES, 'Les Hauts-Prés');
	await page.goBack();
	await expectChosen(page, GARE, 'La Gare');
	await page.goBack();
	await expectChosen(page, null);
	await page.goForward();
	await expectChosen(page, GARE, 'La Gare');
	// Chosen once more, it is let go.
	await mark(page, GARE).click();
	await expectChosen(page, null);
});

test('à la souris, le dessin du quartier le choisit comme son nom', async ({ page }) => {
	await openMap(page);
	const map = (await page.locator('.carte .toile').boundingBox())!;
	// Where its line ends stands a point inside the quartier.
	const [x, y] = await page
		.locator('.carte .traits circle')
		.first()
		.evaluate((point) => [Number(point.getAttribute('cx')), Number(point.getAttribute('cy'))]);
	await page.mouse.click(map.x + x! + 3, map.y + y!);
	await expect(page).toHaveURL(/quartier=QNZZZ/);
	await expectChosen(page, new URL(page.url()).searchParams.get('quartier'), /\S/);
});

test('au clavier, choisir sur la carte ou dans la liste ne fait pas perdre sa place', async ({ page }) => {
	await openMap(page);
	await mark(page, GARE).focus();
	await page.keyboard.press('Enter');
	await expectChosen(page, GARE, 'La Gare');
	await expect(mark(page, GARE)).toBeFocused();
	const link = row(page, PRES).getByRole('link').first();
	await link.focus();
	await page.keyboard.press('Enter');
	await expectChosen(page, PRES, 'Les Hauts-Prés');
	await expect(link).toBeFocused();
	await page.keyboard.press('Enter');
	await expectChosen(page, null);
	await expect(link).toBeFocused();
});

test('de la carte à la matrice et retour, le quartier choisi suit, à la souris puis au clavier', async ({ page }) => {
	const column = page.getByRole('grid', { name: 'Croisements attendus par quartier' }).locator('thead th.q');
	for (const go of [
		(nom: string) => bar(page, nom).click(),
		async (nom: string) => {
			await bar(page, nom).focus();
			await page.keyboard.press('Enter');
		}
	]) {
		await openMap(page, `?quartier=${GARE}`);
		await expectChosen(page, GARE, 'La Gare');
		await go('Matrice');
		await expect(page).toHaveURL(`${DEMO}?quartier=${GARE}`);
		await expect(column).toHaveCount(1);
		await expect(column).toContainText('La Gare');
		await expect(chosenRows(page)).toContainText(GARE);
		await go('Carte');
		await expectChosen(page, GARE, 'La Gare');
		await page.goBack();
		await expect(column).toHaveCount(1);
	}
	// From the panel too.
	await page.goto(`${DEMO}/carte?quartier=${PRES}`);
	await page.getByRole('link', { name: 'Filtrer la matrice' }).click();
	await expect(page).toHaveURL(`${DEMO}?quartier=${PRES}`);
	await expect(column).toContainText('Les Hauts-Prés');
});

test('du quartier ou de la matrice filtrée, la carte s’ouvre sur lui ; sans choix, rien ne suit', async ({ page }) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto(`${DEMO}/${PRES}`);
	await bar(page, 'Carte').click();
	await expectChosen(page, PRES, 'Les Hauts-Prés');
	await page.goto(DEMO);
	await page.getByRole('combobox', { name: /^Quartier$/ }).selectOption(GARE);
	await expect(page).toHaveURL(new RegExp(`quartier=${GARE}`));
	await bar(page, 'Carte').click();
	await expectChosen(page, GARE, 'La Gare');
	await page.goto(DEMO);
	await bar(page, 'Carte').click();
	await expect(page).toHaveURL(`${DEMO}/carte`);
	await expectChosen(page, null);
});

test('changer de thème garde le quartier choisi, et chaque nom sur la carte', async ({ page }) => {
	await openMap(page, `?quartier=${GARE}`);
	await page.getByLabel('Colorer par').selectOption('reponse.X05');
	await expect(page).toHaveURL(/par=reponse\.X05/);
	await expectChosen(page, GARE, 'La Gare');
	await page.getByRole('button', { name: 'Zoomer', exact: true }).click();
	await page.getByRole('button', { name: 'Dézoomer', exact: true }).click();
	await expect(page.locator('.carte .repere:visible')).toHaveCount(7);
});
