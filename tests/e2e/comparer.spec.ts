import type { Page } from '@playwright/test';
import { expect, test } from './own-base';

const DEMO = '/territoires/ZZ0000001';

/** Goes down a list with the arrows to the choice that says this, and applies it. */
async function choose(page: Page, liste: string, choix: RegExp): Promise<string> {
	const select = page.getByRole('combobox', { name: liste, exact: true });
	await select.focus();
	const at = await select.evaluate((s: HTMLSelectElement, said) => {
		const found = [...s.options].findIndex((o) => new RegExp(said, 'u').test(o.text));
		return found - s.selectedIndex;
	}, choix.source);
	for (let i = 0; i < Math.abs(at); i++) await page.keyboard.press(at > 0 ? 'ArrowDown' : 'ArrowUp');
	const value = await select.inputValue();
	await page.keyboard.press('Enter');
	const name = (await select.getAttribute('name'))!;
	await expect.poll(() => new URL(page.url()).searchParams.get(name)).toBe(value);
	return value;
}

const CHOICES: readonly (readonly [what: string, choix: RegExp, sides: readonly [RegExp, RegExp]])[] = [
	['avant et après un import', /^avant «/, [/^Aujourd’hui$/, /^Avant l’import$/]],
	['deux dates', /^le 22\/11\/2026 au soir/, [/^Aujourd’hui$/, /^Le 22\/11\/2026 au soir$/]],
	['avec et sans le droit commun', /^sans le droit commun/, [/^Avec le droit commun$/, /^Sans le droit commun$/]]
];

test.beforeEach(async ({ page }) => {
	await page.goto(DEMO);
	await page.getByText('Autres filtres, comparer').focus();
	await page.keyboard.press('Enter');
});

for (const [what, choix, sides] of CHOICES)
	test(`au clavier, ${what} : une phrase d’abord, puis ce qui diffère ; le lien rouvre la même, et Retour en sort`, async ({
		page
	}) => {
		const value = await choose(page, 'Comparer avec', choix);
		const dit = page.getByRole('status').filter({ hasText: 'Écart avec' });
		await expect(dit).toContainText(/actions? (de plus|seulement ici)|Les mêmes actions/);
		await expect(dit).toContainText(/diffère|Aucun écart|ne se compare/);
		const said = await dit.innerText();
		const heads = page.locator('.recit thead th');
		if (await heads.count()) {
			await expect(heads.nth(1)).toHaveText(sides[0]);
			await expect(heads.nth(2)).toHaveText(sides[1]);
			// The first line that differs opens its evidence, which says the same two sides.
			await page.locator('.recit tbody a').first().focus();
			await page.keyboard.press('Enter');
			const card = page.getByRole('region', { name: /^Preuves/ });
			await expect(card).toContainText('L’écart entre les deux côtés');
			await page.goBack();
			await expect(card).toHaveCount(0);
		}
		await page.goto(`${DEMO}?comparer=${encodeURIComponent(value)}`);
		await expect(dit).toHaveText(said, { useInnerText: true });
		await page.goBack();
		await page.goto(DEMO);
		await expect(dit).toHaveCount(0);
	});

test('au clavier, deux quartiers : l’un dans le filtre, l’autre en face', async ({ page }) => {
	await choose(page, 'Quartier', /La Gare/);
	await choose(page, 'Comparer avec', /Les Hauts-Prés/);
	const heads = page.locator('.recit thead th');
	await expect(heads.nth(1)).toHaveText(/La Gare/);
	await expect(heads.nth(2)).toHaveText(/Les Hauts-Prés/);
	await expect(page.getByRole('status').filter({ hasText: 'Écart avec' })).toContainText(/seulement ici.*seulement là/);
});

test('au téléphone, une comparaison tient dans la largeur, et dit ce qui diffère avant le tableau', async ({
	page
}) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto(`${DEMO}?comparer=droit-commun`);
	const line = page.locator('.recit tbody tr').first();
	await expect(line).toBeVisible();
	await expect(page.locator('.recit tbody tr:visible')).toHaveCount(5);
	await page.getByRole('button', { name: /^Voir (les \d+ autres|l’autre ligne)$/ }).click();
	await expect(page.locator('.recit tbody tr').nth(5)).toBeVisible();
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
	expect((await line.boundingBox())!.y).toBeLessThan((await page.getByRole('grid').first().boundingBox())!.y);
});

test('sur papier, la comparaison se lit avant le tableau, et la preuve ouverte sort avec sa ligne', async ({
	page
}) => {
	await page.goto(`${DEMO}?comparer=droit-commun&case=X08`);
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByText('Écart avec')).toBeVisible();
	await expect(page.locator('.recit tbody tr').last()).toBeVisible();
	const card = page.getByRole('region', { name: /^Preuves/ });
	await expect(card).toContainText('L’écart entre les deux côtés');
	await expect(card.locator('.btn:visible')).toHaveCount(0);
	await page.goto(`${DEMO}/recoupements`);
	await expect(page.locator('.imprime')).toHaveText(/^\S.* ?Recoupements ?22\/11\/2026 ?Territoire fictif$/);
	await expect(page.locator('.imprime')).toBeVisible();
});

test('au clavier, une vue s’enregistre, se renomme, se compare et se supprime ; Échap referme le volet', async ({
	page
}) => {
	await page.goto(`${DEMO}?plan=pcaet`);
	const button = page.getByText(/^Vues enregistrées/);
	const open = async () => {
		await button.focus();
		await page.keyboard.press('Enter');
	};
	await open();
	// A page that is not yet alive hears no key.
	await expect(async () => {
		await page.getByLabel('Nom de la vue affichée').focus();
		await page.keyboard.press('Escape');
		await expect(page.getByLabel('Nom de la vue affichée')).toBeHidden({ timeout: 1000 });
	}).toPass();
	await expect(button).toBeFocused();
	await page.keyboard.press('Enter');
	await page.getByLabel('Nom de la vue affichée').fill('Le PCAET seul');
	await page.getByLabel('Votre nom').last().fill('Camille Perrin');
	await page.keyboard.press('Enter');
	await expect(button).toContainText(/: \d/);
	await open();
	await page.locator('.vues summary', { hasText: 'renommer' }).focus();
	await page.keyboard.press('Enter');
	await page.getByLabel('Nouveau nom').fill('PCAET, à part');
	await page.keyboard.press('Enter');
	const named = page.locator('.vues a.fort', { hasText: 'PCAET, à part' });
	await expect(named).toBeAttached();
	await page.goto(DEMO);
	await open();
	await page.getByRole('link', { name: 'comparer avec PCAET, à part' }).focus();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/comparer=vue/);
	await expect(page.locator('.recit thead th').nth(2)).toHaveText('La vue « PCAET, à part »');
	await open();
	await page.locator('.vues summary', { hasText: 'supprimer' }).focus();
	await page.keyboard.press('Enter');
	await page.getByRole('button', { name: 'Supprimer cette vue' }).focus();
	await page.keyboard.press('Enter');
	await expect(named).toHaveCount(0);
});
