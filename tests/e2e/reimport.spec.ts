import type { Page } from '@playwright/test';
import { expect, test } from './own-base';

/* A plan that comes back: what changes is shown, decided line by line, saved, then taken back with what was there before. */

const HEADER = 'N°;Action;Porteur;Coût TTC;Pilote';
const V1 = [
	HEADER,
	'1;Rénover le gymnase des Tilleuls;Commune d’Aubrelle;60 000 €;Service bâtiments',
	'2;Créer une maison de santé au centre-bourg;Agglomération;500 000 €;',
	'3;Former les gardiens d’immeuble;Bailleur des Prés;12 000 €;'
];
const V2 = [
	HEADER,
	'1;Rénover le gymnase des Tilleuls;Agglomération;;Service bâtiments',
	'7;Création d’une maison de santé en centre-bourg;Agglomération;500 000 €;',
	'8;Ouvrir une ressourcerie mobile;Association Relais;9 000 €;'
];

async function drop(page: Page, name: string, rows: readonly string[]): Promise<void> {
	await page.goto('/imports');
	await page.getByRole('combobox', { name: /^Territoire Nom/ }).fill('CA du Pays d’Aubrelle (ZZ0000001)');
	await page.locator('select[name=plan][required]').selectOption('pat');
	await page.getByLabel('Votre nom').fill('Camille Perrin');
	await page
		.getByLabel(/Fichier du plan/)
		.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
	await page.getByRole('button', { name: 'Lire ce fichier' }).click();
	await expect(page).toHaveURL(/\/imports\/\d+$/, { timeout: 20_000 });
}

test('une nouvelle version se décide ligne par ligne, puis s’annule', async ({ page, browser }) => {
	test.setTimeout(90_000);
	await drop(page, 'plan-2025.csv', V1);
	await page.getByRole('button', { name: 'Enregistrer l’import' }).click();
	await expect(page.getByText('Import enregistré.')).toBeVisible({ timeout: 20_000 });

	await drop(page, 'plan-2026.csv', V2);
	const address = `${page.url()}/changements`;
	await page.goto(address);
	await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(
		/2.nouvelles, 1.modifiée et 2.disparues du fichier.*1.rapprochement à trancher/
	);
	await expect(page.locator('#modifiee').getByText(/plan-2025\.csv, ligne 2/)).toBeVisible();
	await expect(page.locator('del', { hasText: 'Commune d’Aubrelle' })).toBeVisible();
	await expect(page.getByText(/cellule vidée dans le fichier/).first()).toContainText('60');

	// Without JavaScript, with the keyboard alone: the answer is a plain form.
	const plain = await browser.newContext({ javaScriptEnabled: false });
	const bare = await plain.newPage();
	await bare.goto(address);
	await bare.getByRole('button', { name: 'C’est la même action' }).focus();
	await bare.keyboard.press('Enter');
	await expect(bare).toHaveURL(/changements.*#c\d+$/);
	await expect(bare.getByText(/Dite la même action/)).toBeVisible();
	await plain.close();

	await page.reload();
	await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(/1.nouvelle, 2.modifiées et 1.disparue/);
	await page.locator('#disparue').getByRole('button', { name: 'Retirer' }).focus();
	await page.keyboard.press('Enter');
	await expect(page.getByText(/À retirer, décidé par Camille Perrin/)).toBeVisible();
	await expect(page.locator('#disparue .ligne :focus')).toHaveAccessibleName('Garder finalement');
	await page.getByRole('button', { name: 'Enregistrer l’import' }).click();
	await expect(page.getByText('Import enregistré.')).toBeVisible({ timeout: 20_000 });

	await page.getByRole('link', { name: 'Annuler cet import' }).click();
	await expect(page.getByRole('heading', { level: 2 }).first()).toContainText(/1.action sera retirée, 3.restaurées/);
	await page.getByRole('button', { name: 'Confirmer l’annulation' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cet import a été annulé');

	await page.goto('/imports/historique?plan=pat');
	const row = page.getByRole('row', { name: /plan-2026\.csv/ });
	await expect(row).toContainText(/annulé par Camille Perrin/);
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		row.getByRole('link', { name: /Fichier d’origine/ }).click()
	]);
	expect(download.suggestedFilename()).toBe('plan-2026.csv');
	await row.getByRole('button', { name: /Rétablir/ }).click();
	await expect(page).toHaveURL(/\/imports\/\d+$/, { timeout: 20_000 });
	await expect(page.getByText('Rien n’est encore écrit')).toBeVisible();
	await page.getByRole('button', { name: 'Ne pas enregistrer' }).click();
});
