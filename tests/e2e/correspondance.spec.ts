import type { Page } from '@playwright/test';
import { expect, test } from './own-base';

/* The mapping of a file, by keyboard only: once for this year, and never again for the next. */

const file = (annee: number): string =>
	[
		'Suivi interne;;;',
		'Action;Bidule;Truc;Partenaires mobilisés',
		`Ouvrir une ressourcerie en ${annee};Marie Petit;120000;Direction eau, air / CAF`,
		`Planter les cours d’école en ${annee};Paul Grand;30000;Ville`
	].join('\n');

async function drop(page: Page, nom: string, texte: string): Promise<void> {
	await page.goto('/imports');
	const form = page.locator('form[action="?/plan"]');
	await form.getByLabel(/^Territoire/).fill('CA du Pays d’Aubrelle (ZZ0000001)');
	await form.locator('select[name=plan][required]').selectOption('autre');
	await form
		.getByLabel(/Fichier du plan/)
		.setInputFiles({ name: nom, mimeType: 'text/csv', buffer: Buffer.from(texte) });
	await page.getByRole('button', { name: 'Lire ce fichier' }).press('Enter');
	await expect(page).toHaveURL(/\/imports\/\d+$/, { timeout: 30_000 });
}

/** Goes down the list that has the focus to an option, as one does without a mouse. */
async function pick(page: Page, name: RegExp, option: string): Promise<void> {
	const list = page.getByRole('combobox', { name });
	await list.focus();
	const steps = await list.evaluate((select: HTMLSelectElement, wanted) => {
		const at = [...select.options].findIndex((o) => o.text.startsWith(wanted));
		return at - select.selectedIndex;
	}, option);
	for (let i = 0; i < steps; i++) await page.keyboard.press('ArrowDown');
	await expect(list.locator('option:checked')).toHaveText(new RegExp(`^${option}`));
}

test('changer deux colonnes au clavier, relire, enregistrer ; le fichier de l’année suivante n’a plus rien à demander', async ({
	page
}) => {
	test.setTimeout(60_000);
	await drop(page, 'suivi-2025.csv', file(2025));
	await page.getByRole('link', { name: /Colonnes/ }).press('Enter');
	await expect(page.getByRole('heading', { name: /2.colonnes lues sur 4/ })).toBeVisible();
	await expect(page.getByText('sans elle, le financement reste non évalué').first()).toBeVisible();

	await pick(page, /Lu comme.*Bidule/, 'Personne ou direction');
	await pick(page, /Lu comme.*Truc/, 'Coût ou budget');
	await page.getByLabel('Votre nom').fill('Marie Durand');
	await page.getByRole('button', { name: 'Relire avec ces choix' }).press('Enter');
	await expect(page.getByRole('heading', { name: /4.colonnes lues sur 4/ })).toBeVisible({ timeout: 20_000 });
	await page.getByRole('button', { name: 'Enregistrer l’import' }).press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/2.actions enregistrées/, { timeout: 20_000 });

	await drop(page, 'suivi-2026.csv', file(2026));
	await page.getByRole('link', { name: /Colonnes/ }).press('Enter');
	await expect(page.getByText('Choix de colonnes repris du fichier')).toContainText('suivi-2025.csv');
	await expect(page.locator('p', { hasText: 'Choix de colonnes repris du fichier' })).toContainText('par Marie Durand');
	await expect(page.getByRole('heading', { name: /4.colonnes lues sur 4/ })).toBeVisible();
	await page.getByRole('button', { name: 'Ne pas enregistrer' }).press('Enter');
});

test('le séparateur d’une liste montre aussitôt ce qu’il donne', async ({ page }) => {
	await drop(page, 'separateur.csv', file(2027));
	await page.getByRole('link', { name: /Colonnes/ }).press('Enter');
	await page.locator('summary', { hasText: 'Lues' }).press('Enter');
	const column = page.getByRole('article', { name: 'Partenaires mobilisés' });
	await expect(column.getByText('Direction eau', { exact: true })).toBeVisible();
	await column.getByLabel('Séparateur des valeurs').selectOption('/');
	await expect(column.getByText('Direction eau, air', { exact: true })).toBeVisible();
	await page.getByRole('button', { name: 'Ne pas enregistrer' }).press('Enter');
});

test('un lieu inconnu se rattache au clavier, le fichier est relu, et la réponse se retire', async ({ page }) => {
	const texte =
		'Action;Quartiers concernés;Pilote\nOuvrir un jardin;Cité Dorval;Marie\nPeindre la tour;Cité Dorval;Paul';
	await drop(page, 'lieux.csv', texte);
	await page.getByRole('link', { name: /Lieux/ }).press('Enter');
	await expect(page.getByRole('heading', { name: /1.lieu à rattacher/ })).toBeVisible();
	const place = page.getByRole('group', { name: /Cité Dorval/ });
	await expect(place).toContainText('Peindre la tour');
	await pick(page, /pour Cité Dorval/, 'Les Hauts');
	await page.getByLabel('Votre nom').fill('Marie Durand');
	await page.getByRole('button', { name: 'Enregistrer ces réponses' }).press('Enter');
	await expect(page.getByRole('heading', { name: 'Tous les lieux sont rattachés' })).toBeVisible({ timeout: 20_000 });
	await page.getByRole('button', { name: /Retirer la réponse sur Cité Dorval/ }).press('Enter');
	await expect(page.getByRole('heading', { name: /1.lieu à rattacher/ })).toBeVisible({ timeout: 20_000 });
	await page.getByRole('button', { name: 'Ne pas enregistrer' }).press('Enter');
});
