import { expect, test } from './own-base';

/* Gestures one makes all day: each stays in sight, is said, and is not asked twice. */

const DEMO = '/territoires/ZZ0000001';

test('une cellule enregistrée au bas du tableau : on y reste, et « Annuler » est sous les yeux', async ({ page }) => {
	await page.setViewportSize({ width: 1280, height: 620 });
	await page.goto(`${DEMO}/actions?c=pilote`);
	await page
		.getByRole('link', { name: /^Pilote : .*, modifier$/ })
		.nth(25)
		.click();
	const field = page.getByLabel(/^Pilote de «/);
	await expect(field).toBeFocused();
	const id = new URL(page.url()).hash;
	await field.fill('Service habitat');
	await page.getByLabel('Votre nom').first().fill('Nadia Perrault');
	await field.press('Enter');
	const cell = page.locator(`[id="${id.slice(1)}"]`);
	await expect(cell).toContainText('Service habitat');
	await expect(cell).toBeInViewport();
	await expect(page.getByText(/^Pilote de «.*Fait par Nadia Perrault/)).toBeInViewport();
	await page.getByRole('button', { name: 'Annuler', exact: true }).click();
	await expect(page.getByText(/^Annulé.:.Pilote de/)).toBeInViewport();
	await page.getByRole('link', { name: 'Fermer ce message' }).click();
	await expect(page.getByText(/^Annulé.:.Pilote de/)).toHaveCount(0);
});

test('des lignes qui disaient déjà la valeur : rien n’est écrit, et cela se dit', async ({ page }) => {
	await page.goto(`${DEMO}/actions`);
	const apply = async () => {
		await page.locator('td.coche input').first().check();
		await page.locator('#lot select').selectOption('pilote');
		await page.locator('#lot input[name=texte]').fill('Service des espaces verts');
		await page.locator('#lot').getByLabel('Votre nom').fill('Nadia Perrault');
		await page.getByRole('button', { name: 'Appliquer aux lignes cochées' }).click();
	};
	await apply();
	await expect(page.locator('#fait')).toContainText('Fait par Nadia Perrault');
	await page.goto(`${DEMO}/actions`);
	await apply();
	await expect(page.locator('#fait')).toContainText('Cette ligne le disait déjà');
	await expect(page.locator('#fait')).toBeInViewport();
});

test('une action : ses quartiers atteints de même tiennent en une ligne, chacun à un clic de sa correction', async ({
	page
}) => {
	await page.goto(`${DEMO}/actions?enjeu=T01`);
	await page.locator('tbody th a').first().click();
	const groups = page.locator('.atteintes > li');
	await expect(groups.first()).toBeVisible();
	const proofs = await groups.locator('> p').allInnerTexts();
	expect(new Set(proofs.map((words) => words.replace(/: \d+ quartiers/, ''))).size).toBe(proofs.length);
	const quartiers = page.locator('.quartiers a');
	expect(await quartiers.count()).toBeGreaterThan(proofs.length);
	// Copying is within reach, folded: what the action says comes before what one may do of it.
	await expect(page.locator('summary').filter({ hasText: 'Copier cette action' })).toBeInViewport();
	await expect(page.getByRole('button', { name: 'Créer une copie' })).toBeHidden();

	await quartiers.first().click();
	await expect(page).toHaveURL(/corriger=.+#corriger/);
	await expect(page.getByLabel('Atteinte dans ce quartier')).toBeInViewport();
});

test('une copie, un lien : dits par l’histoire ; le lien fait, son formulaire se replie', async ({ page }) => {
	await page.goto(`${DEMO}/actions`);
	const titre = (await page.locator('tbody th a').first().innerText()).trim();
	await page.locator('tbody th a').first().click();
	// The table one leaves asks for a name too.
	await expect(page.getByRole('heading', { level: 1, name: titre })).toBeVisible();
	await page.getByText('Copier cette action').click();
	await page.getByLabel('Votre nom').first().fill('Nadia Perrault');
	await page.getByRole('button', { name: 'Créer une copie' }).click();
	await expect(page.getByText(/Copie faite à la main par Nadia Perrault/)).toBeVisible();

	await page.getByText('Lier à une autre action').click();
	await page.getByLabel('Autre action').selectOption({ index: 2 });
	await page.getByLabel('Ce que sont ces deux actions').selectOption('a-coordonner');
	await page.getByRole('button', { name: 'Lier', exact: true }).click();
	await expect(page.getByText('À coordonner').first()).toBeVisible();
	await expect(page.getByLabel('Autre action')).toBeHidden();

	await page.getByRole('link', { name: /^Historique/ }).click();
	await expect(page.getByRole('heading', { name: /^Lien.: à coordonner, «/ })).toBeVisible();
	await expect(page.getByRole('heading', { name: /^Copie de «/ })).toBeVisible();
	expect(titre).not.toBe('');
});

test('recoupements et décisions : le nom se demande une fois, et se change', async ({ page }) => {
	await page.goto(`${DEMO}/recoupements?voir=tout`);
	const first = page.getByRole('article').first();
	await first.getByText(/^Décider/).click();
	await first.getByLabel('Votre nom').fill('Claire Denoyelle');
	await first.getByRole('button', { name: 'À coordonner' }).click();
	await expect(page).toHaveURL(/gardee=/);
	const gardee = page.url();
	await expect(page.getByText('Vous signez Claire Denoyelle.')).toBeVisible();
	await expect(page.getByRole('article').getByLabel('Votre nom')).toHaveCount(0);
	await page
		.getByRole('article')
		.nth(2)
		.getByText(/^Décider/)
		.click();
	await page.getByRole('article').nth(2).getByRole('button', { name: 'Se complètent' }).click();
	// The sentence of the first decision is there already: the address tells when the second is kept.
	await expect(page).not.toHaveURL(gardee);
	await expect(page.getByText(/Décision gardée, signée Claire Denoyelle/)).toBeVisible();
	await page.getByRole('link', { name: 'Changer de nom' }).click();
	await expect(page.getByText('Vous signez Claire Denoyelle.')).toHaveCount(0);
	await page
		.getByRole('article')
		.first()
		.getByText(/^Décider/)
		.click();
	await expect(page.getByRole('article').first().getByLabel('Votre nom')).toBeVisible();

	await page.goto(`${DEMO}/decisions`);
	await expect(page.getByLabel('Votre nom')).toHaveCount(0);
	await page
		.getByRole('button', { name: /^Annuler/ })
		.first()
		.click();
	await expect(page.getByText(/Annulée le .* par Claire Denoyelle/).first()).toBeVisible();
});

test('« i » dit d’où viennent les propositions, les axes et les décisions', async ({ page }) => {
	for (const [part, words] of [
		['classement', 'Chaque mot d’un titre a un poids'],
		['priorites', 'une colonne d’axe ou de thème'],
		['decisions', 'Un geste réunit celles']
	] as const) {
		await page.goto(`${DEMO}/${part}`);
		await page.locator('main').locator('a, button, input').first().focus();
		await page.keyboard.press('i');
		await expect(page.locator('details.why[open]'), part).toContainText(words);
	}
});

test('une page courte garde son pied au pied de la fenêtre', async ({ page }) => {
	for (const size of [
		{ width: 1440, height: 1200 },
		{ width: 390, height: 1200 }
	]) {
		await page.setViewportSize(size);
		await page.goto('/apporter');
		const foot = (await page.locator('footer').boundingBox())!;
		expect(Math.round(foot.y + foot.height)).toBe(size.height);
	}
});
