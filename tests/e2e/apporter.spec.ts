import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './own-base';
import { seenByAxe } from './seen-by-axe';

/* Any file, one door: it says what it is, asks what it cannot know, and writes nothing before an accord. */

const file = (name: string) => ({
	name,
	mimeType: 'application/octet-stream',
	buffer: readFileSync(join(import.meta.dirname, '../../data/demonstration', name))
});
const FILES = ['indicateurs-qpv.csv', 'Fonds_vert_Aubrelle_2024-2025.csv', 'PLH_Aubrelle_2025-2030.csv'].map(file);
const BROKEN = {
	name: 'coupe.geojson',
	mimeType: 'x',
	buffer: Buffer.from('{"type":"FeatureCollection","features":[{"')
};

test('plusieurs fichiers d’un coup, au clavier : reconnus, apportés, le plan relu plus tard', async ({ page }) => {
	test.setTimeout(90_000);
	await page.goto('/apporter?territoire=ZZ0000001');
	await page.getByLabel(/Glissez vos fichiers/).setInputFiles([...FILES, BROKEN]);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^3.fichiers reconnus$/, { timeout: 30_000 });
	await expect(page.getByText(/7.subventions accordées en 2024 et 2025/)).toBeVisible();
	await expect(page.getByText(/n’est pas un fichier GeoJSON lisible/)).toBeVisible();
	await expect(page.getByLabel('Votre territoire', { exact: true })).toHaveValue(/ZZ0000001/);
	await expect(page.getByLabel('Période').last()).toHaveValue('2025-2030');
	await seenByAxe(page, 'fichiers reconnus');
	// One is left aside: nothing of it is written.
	await page.getByRole('checkbox', { name: 'Ne pas apporter indicateurs-qpv.csv' }).press('Space');
	await page.getByRole('button', { name: 'Apporter ces 2 fichiers' }).press('Enter');
	await expect(page.getByText('Laissé de côté')).toBeVisible({ timeout: 30_000 });
	await expect(page.getByText(/déjà au registre/)).toBeVisible();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^1.plan attend votre accord$/, { timeout: 30_000 });
	await seenByAxe(page, 'fichiers apportés');
	await page.getByRole('link', { name: 'Relire' }).press('Enter');
	await expect(page).toHaveURL(/\/imports\/\d+$/);
	await page.getByRole('button', { name: 'Ne pas enregistrer' }).press('Enter');
	await expect(page.getByRole('status').filter({ hasText: 'Import non enregistré' })).toContainText(
		'rien n’en a été écrit'
	);
	await expect(page).toHaveURL(/\/apporter\?territoire=ZZ0000001/);
	await expect(page.getByText('Territoire fictif de démonstration')).toBeVisible();
});

test('un fichier choisi avant que la page soit prête part dès qu’elle l’est', async ({ page }) => {
	await page.route('**/*.js', async (route) => {
		await new Promise((later) => setTimeout(later, 1_500));
		await route.continue();
	});
	await page.goto('/apporter', { waitUntil: 'commit' });
	const buffer = Buffer.from('Axe;Action;Pilote\nEau;Planter une haie;Service vert\nEau;Ouvrir un jardin;Service vert');
	await page.getByLabel(/Glissez vos fichiers/).setInputFiles({ name: 'suivi.csv', mimeType: 'text/csv', buffer });
	await expect(page.getByLabel('Votre territoire')).toBeVisible();
});

test('un choix oublié se dit, et ce qui est écrit reste', async ({ page }) => {
	await page.goto('/apporter');
	const buffer = Buffer.from('Axe;Action;Pilote\nEau;Planter une haie;Service vert\nEau;Ouvrir un jardin;Service vert');
	await page.getByLabel(/Glissez vos fichiers/).setInputFiles({ name: 'suivi.csv', mimeType: 'text/csv', buffer });
	await page.getByLabel('Votre territoire').fill('Nulle-Part-sur-Rien');
	await page.getByLabel('Période').fill('2026');
	await page.getByRole('button', { name: 'Apporter ce fichier' }).click();
	await expect(page.getByRole('alert')).toContainText('n’est pas reconnu');
	await expect(page.getByLabel('Période')).toHaveValue('2026');
	await page.getByLabel('Votre territoire').fill('ZZ0000001');
	await page.getByRole('button', { name: 'Apporter ce fichier' }).click();
	await expect(page.getByRole('alert')).toContainText('Dites quel plan est');
});

test.describe('sans JavaScript', () => {
	test.use({ javaScriptEnabled: false });
	test('le même chemin, page après page', async ({ page }) => {
		await page.goto('/apporter?territoire=ZZ0000001');
		await page.getByLabel(/Glissez vos fichiers/).setInputFiles(FILES[1]!);
		await page.getByRole('button', { name: 'Lire ces fichiers' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^1.fichier reconnu$/);
		await page.getByRole('button', { name: 'Apporter ce fichier' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('C’est fait');
		await expect(page.getByText(/7.subventions \(Fonds vert\)/)).toBeVisible();
	});
});
