import { expect, test } from './own-base';

const TABLE = '/territoires/ZZ0000001/actions';

test('au clavier : chercher une action, modifier une cellule, la voir changée, annuler', async ({ page }) => {
	await page.goto(`${TABLE}?c=statut&c=pilote`);
	await page.getByRole('searchbox', { name: 'Chercher une action', exact: true }).focus();
	await page.keyboard.type('thermographie facades');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('1 action sur');
	await expect(page.locator('mark').first()).toHaveText('thermographie');

	// One stop for the whole grid, then arrows: tick box, title, status.
	const status = page.getByRole('link', { name: /^Statut : .*, modifier$/ });
	await page.getByRole('checkbox', { name: /thermographie/ }).focus();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowRight');
	await expect(status).toBeFocused();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Enter');
	const field = page.getByLabel(/^Pilote de «/);
	await expect(field).toBeFocused();
	await page.keyboard.press('Escape');
	const pilot = page.getByRole('link', { name: /^Pilote : .*, modifier$/ });
	await expect(pilot).toBeFocused();
	const before = String(await pilot.textContent());

	await page.keyboard.press('Enter');
	await expect(field).toBeFocused();
	await page.keyboard.type('Service bâtiments');
	await page.getByLabel('Votre nom').first().focus();
	await page.keyboard.type('Nadia Perrault');
	await page.keyboard.press('Enter');
	await expect(pilot).toContainText('Service bâtiments');
	await expect(pilot).toBeFocused();
	await expect(page.getByText(/^Pilote de «.*Fait par Nadia Perrault/)).toBeVisible();

	await page.getByRole('button', { name: 'Annuler', exact: true }).focus();
	await page.keyboard.press('Enter');
	await expect(page.getByText(/^Annulé.:.Pilote de/)).toBeVisible();
	await expect(pilot).toHaveText(before);
});

test('un mot que l’import ne comprendrait pas est refusé sur place, et ce qui a été tapé reste', async ({ page }) => {
	await page.goto(`${TABLE}?q=thermographie&c=budget`);
	await page
		.getByRole('link', { name: /^Investissement : .*, modifier$/ })
		.first()
		.click();
	const field = page.getByLabel(/^Investissement de «/);
	await field.fill('à définir');
	await page.getByLabel('Votre nom').first().fill('Nadia Perrault');
	await field.press('Enter');
	await expect(page.getByRole('alert')).toContainText('Aucun montant ne peut être lu');
	await expect(field).toHaveValue('à définir');
});
