import { expect, test, type Page } from '@playwright/test';

/* Where the keyboard is: never nowhere, never under what stays in sight. */

const DEMO = '/territoires/ZZ0000001';

const focused = (page: Page) => page.locator(':focus');

/** What has the focus is seen, its top included, and nothing stands over it; '' or what it says. */
const isSeen = (page: Page) =>
	page.evaluate(() => {
		const here = document.activeElement!;
		const { left, top, width, height } = here.getBoundingClientRect();
		const seen = [3, height / 2].every((down) => {
			const over = document.elementFromPoint(left + width / 2, top + down);
			return over !== null && (here === over || here.contains(over) || over.contains(here));
		});
		return seen ? '' : here.textContent!.trim();
	});

test('ce qui s’efface rend le focus : un choix des lacunes, un filtre de la matrice, le menu, un report abandonné', async ({
	page
}) => {
	await page.goto(`${DEMO}/lacunes?gravite=haute`);
	await page.waitForLoadState('networkidle');
	await page.getByRole('link', { name: 'Effacer les choix' }).focus();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(new RegExp(`${DEMO}/lacunes\\??$`));
	await expect(focused(page)).toHaveAttribute('name', 'quartier');

	await page.locator('#lacunes summary').first().focus();
	await page.keyboard.press('Enter');
	await page.keyboard.press('Tab');
	await expect(focused(page)).toHaveText(/^Traiter, reporter ou écarter/);
	await page.keyboard.press('Enter');
	await expect(focused(page)).toHaveAttribute('type', 'radio');
	await page.keyboard.press('Escape');
	await expect(page.getByRole('button', { name: 'Décider', exact: true })).toHaveCount(0);
	await expect(focused(page)).toHaveText(/^Traiter, reporter ou écarter/);

	await page.goto(`${DEMO}?plan=pcaet`);
	await page.waitForLoadState('networkidle');
	await page
		.getByRole('link', { name: /^Retirer le filtre/ })
		.first()
		.focus();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(new RegExp(`${DEMO}\\??$`));
	await expect(focused(page)).toHaveJSProperty('tagName', 'SELECT');

	const menu = page.locator('header .menu > summary');
	await menu.focus();
	await page.keyboard.press('Enter');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Escape');
	await expect(menu).toBeFocused();
});

test('dans la matrice : le lien d’évitement entre dans la grille, la page suivante garde sa colonne, rien n’est sous l’en-tête', async ({
	page
}) => {
	await page.goto(DEMO);
	await page.waitForLoadState('networkidle');
	await page.getByRole('link', { name: 'Aller à la matrice' }).focus();
	await page.keyboard.press('Enter');
	await expect(focused(page)).toHaveAttribute('data-cell', /./);
	expect(await isSeen(page)).toBe('');

	const cell = page.locator('[data-cell="X08.QNZZZ06F"]');
	await cell.focus();
	const column = await cell.getAttribute('data-col');
	await page.keyboard.press('PageDown');
	await expect(focused(page)).toHaveAttribute('data-col', column!);
	for (let up = 0; up < 16; up++) {
		await page.keyboard.press('ArrowUp');
		expect([up, await isSeen(page)]).toEqual([up, '']);
	}

	await cell.focus();
	await page.keyboard.press('Enter');
	await expect(page.locator('#preuves')).toBeFocused();
	for (let stop = 0; stop < 40; stop++) {
		await page.keyboard.press('Tab');
		if (!(await page.evaluate(() => document.activeElement!.closest('#preuves') !== null))) break;
		expect([stop, await isSeen(page)]).toEqual([stop, '']);
	}
});
