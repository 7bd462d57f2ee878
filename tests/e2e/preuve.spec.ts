import { expect, test } from '@playwright/test';

/* The card a figure opens: its actions open, its table is the same, the row it belongs to is in sight. */

const DEMO = '/territoires/ZZ0000001';
const CARD = `${DEMO}?case=X04.QNZZZ01F#preuves`;

test('la carte d’une case mène au tableau des mêmes actions, et le filtre s’y retire', async ({ page }) => {
	await page.goto(CARD);
	const card = page.locator('#preuves');
	const shown = Number(await card.locator('.verdict .ech').innerText());
	expect(shown).toBeGreaterThan(0);
	await card.getByRole('link', { name: 'Voir ces actions dans le tableau' }).click();
	await expect(page.locator('h1')).toContainText(`${shown} actions sur`);
	await expect(page.locator('#table tbody tr')).toHaveCount(shown);
	await expect(page.getByText('Case de la matrice :')).toBeVisible();
	await page.getByRole('link', { name: 'Retirer ce filtre' }).click();
	await expect(page.getByText('Case de la matrice :')).toBeHidden();
	await expect(page.locator('#table tbody tr')).toHaveCount(50);
});

test('une action s’ouvre depuis sa preuve, et la carte propose d’essayer, de traiter, d’appeler', async ({ page }) => {
	await page.goto(CARD);
	const card = page.locator('#preuves');
	for (const name of ['Et si on fléchait…', 'Contacts du quartier'])
		await expect(card.getByRole('link', { name })).toBeVisible();
	const treat = card.getByRole('link', { name: /^Traiter, reporter ou écarter/ }).first();
	await expect(treat).toHaveAttribute('href', /decider=/);
	const first = card.locator('.actions a.t').first();
	const titre = await first.innerText();
	await first.click();
	await expect(page.locator('h1')).toContainText(titre);
	await page.goBack();
	await treat.click();
	await expect(page.getByRole('button', { name: 'Décider' })).toBeVisible();
});

test('la ligne ouverte se lit sous les en-têtes, au chargement', async ({ page }) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto(CARD);
	await expect
		.poll(async () => {
			const entete = (await page.locator('.tx .entete').boundingBox())!;
			const rangee = (await page.locator('tr.xr.on').boundingBox())!;
			return rangee.y - (entete.y + entete.height);
		})
		.toBeGreaterThanOrEqual(0);
});

test('au téléphone, la carte est courte et son verdict tient dans son carreau', async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto(`${DEMO}?case=X09.QNZZZ01F#preuves`);
	const card = page.locator('#preuves');
	const sample = card.locator('.verdict .ech');
	const [own, inner] = await sample.evaluate((e) => [
		e.clientWidth - e.scrollWidth,
		getComputedStyle(e, '::after').content
	]);
	expect([own >= 0, inner]).toEqual([true, 'none']);
	expect((await card.boundingBox())!.height).toBeLessThan(1300);
});

test('« i » sur un chiffre du titre ouvre la note de la liste qu’il ouvre', async ({ page }) => {
	await page.goto(`${DEMO}/QNZZZ01F`);
	await page.locator('h1 a, .chapo a').filter({ hasText: 'croisements' }).first().focus();
	await page.keyboard.press('i');
	await expect(page.locator('#croisements details.why')).toHaveAttribute('open', '');
});
