import { expect, test } from '@playwright/test';

/* A grant typed by keyboard only: what is left to finance is told at once, and told no more when the line is taken out. */

test('une aide obtenue, saisie au clavier, change ce qui reste à financer, et se retire', async ({ page }) => {
	await page.goto('/territoires/ZZ0000001/actions/A1-e43fdd253082939e/financement#ligne', { waitUntil: 'networkidle' });
	const rest = page.locator('dt', { hasText: 'Reste à financer' }).locator('xpath=following-sibling::dd[1]');
	const euros = async () => Number(/^[\d\s]+/u.exec((await rest.innerText()).trim())?.[0].replace(/\s/gu, '') ?? NaN);
	// No line of financing: nobody has said what is left, and no figure is made up.
	expect(await euros()).toBeNaN();
	const cost = 410_000;
	await expect(page.locator('dt', { hasText: 'Coût' }).locator('xpath=following-sibling::dd[1]')).toContainText(
		/410\s000/u
	);

	await page.getByLabel('Financeur').focus();
	await page.keyboard.type('Fondation du Pays d’Aubrelle');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Tab');
	await expect(page.getByLabel('Nature')).toBeFocused();
	await page.keyboard.type('obtenu');
	await page.keyboard.press('Tab');
	await page.keyboard.type('12 000');
	await page.keyboard.press('Tab');
	await page.keyboard.type('HT');
	await page.locator('#l-par').focus();
	await page.keyboard.type('Nadia Perrault');
	await page.keyboard.press('Enter');
	await expect.poll(euros).toBe(cost - 12_000);

	await page.waitForLoadState('networkidle');
	await page.getByRole('link', { name: /Modifier.*Fondation/ }).press('Enter');
	await expect(page.getByLabel('Financeur')).toHaveValue('Fondation du Pays d’Aubrelle');
	await page.locator('#l-par').fill('Nadia Perrault');
	await page.getByRole('button', { name: 'Retirer du plan' }).press('Enter');
	await expect.poll(euros).toBeNaN();
});

test('de l’accueil ou d’une recherche, sans territoire en main, on arrive aux demandes d’un quartier, filtrées', async ({
	page
}) => {
	await page.goto('/recherche?q=subvention');
	await page.getByRole('link', { name: /Financements à demander/ }).click();
	await expect(page).toHaveURL(/\/financement$/);
	await page.goto('/');
	await page.getByRole('link', { name: /Partir de l’argent/ }).click();
	const quartier = page.getByRole('combobox', { name: 'Quartier', exact: true });
	await quartier.selectOption({ index: 1 });
	await expect(page).toHaveURL(/quartier=QN/);
	const nom = await quartier.locator('option:checked').textContent();
	await expect(page.getByRole('heading', { level: 1 })).toContainText(nom!.trim());
	// The page of the quartier leads there too, with the same head.
	const code = new URL(page.url()).searchParams.get('quartier');
	await page.goto(`/territoires/ZZ0000001/${code}`);
	const contents = page.locator('nav').filter({ hasText: 'Qui appeler' });
	await contents.getByRole('link', { name: /financement/i }).click();
	await page.getByRole('link', { name: 'Les demandes action par action' }).click();
	await expect(page).toHaveURL(new RegExp(`quartier=${code}`));
});
