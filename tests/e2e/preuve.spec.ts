import { expect, test } from './own-base';

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
	// A page that is not alive yet hears no key.
	await expect(async () => {
		await page.locator('h1 a, .chapo a').filter({ hasText: 'enjeux croisés' }).first().focus();
		await page.keyboard.press('i');
		await expect(page.locator('#croisements details.why')).toHaveAttribute('open', '', { timeout: 500 });
	}).toPass();
});

test('deux lignes cochées en haut du tableau : le compte et les gestes sont à l’écran, au téléphone aussi', async ({
	page
}) => {
	for (const [width, height] of [
		[1440, 900],
		[390, 844]
	] as const) {
		await page.setViewportSize({ width, height });
		await page.goto(`${DEMO}/actions?plan=plh`);
		const boxes = page.locator('#table input[type=checkbox]');
		await boxes.nth(0).check();
		await boxes.nth(1).check();
		const bar = page.locator('#lot');
		await expect(bar.getByRole('status')).toHaveText('2 lignes cochées');
		await expect(bar).toBeInViewport({ ratio: 1 });
		const unfold = bar.getByRole('button', { name: 'Modifier ou mettre de côté' });
		if (width < 900) await unfold.click();
		await expect(bar.getByRole('button', { name: 'Appliquer aux lignes cochées' })).toBeInViewport();
		if (width < 900) continue;
		// By the keyboard, a row further down is never under the bar.
		await boxes.nth(1).focus();
		for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowDown');
		const [row, top] = [(await page.locator(':focus').boundingBox())!, (await bar.boundingBox())!];
		expect(row.y + row.height).toBeLessThanOrEqual(top.y);
	}
});

test('dans un territoire, chercher un enjeu ouvre sa ligne de la matrice', async ({ page }) => {
	await page.goto(DEMO);
	await page.keyboard.press('/');
	await page.keyboard.type('chaleur renouvelable');
	await page.getByRole('option', { name: /X04/ }).first().click();
	await expect(page).toHaveURL(/case=X04#preuves$/);
	await expect(page.locator('#preuves')).toBeVisible();
});
