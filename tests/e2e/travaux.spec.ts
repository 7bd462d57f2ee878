import type { Page } from '@playwright/test';
import { expect, test } from './own-base';

const csv = (rows: number): Buffer =>
	Buffer.from(
		`Axe;Titre de l’action;Description;Service;Budget\n${Array.from({ length: rows }, (_, i) => `Énergie;Isoler l’école ${i} de la rue ${i % 700};Murs et chaudières, phase ${i % 7}, avec les habitants;Habitat;${i} €`).join('\n')}\n`
	);

async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
	await page.goto('/imports');
	await page.getByRole('combobox', { name: /^Territoire Nom/ }).fill('CA du Pays d’Aubrelle (ZZ0000001)');
	await page.getByLabel(/Fichier du plan/).setInputFiles({ name, mimeType: 'text/csv', buffer });
}

test('un gros fichier montre où il en est, s’annule, et le serveur répond pendant ce temps', async ({ page }) => {
	await choose(page, 'gros.csv', csv(40_000));
	await page.getByRole('button', { name: 'Lire ce fichier' }).click();
	const bar = page.getByRole('progressbar', { name: 'Lecture du fichier du plan' });
	await expect(bar).toHaveAttribute('aria-valuetext', /^Vérification des lignes/);
	await expect(page.getByRole('button', { name: 'Annuler' })).toBeFocused();
	const started = Date.now();
	expect((await page.request.get('/')).ok()).toBe(true);
	expect(Date.now() - started).toBeLessThan(1_500);

	await page.getByRole('button', { name: 'Annuler' }).click();
	await expect(page.getByText('Lecture annulée. Rien n’a été enregistré.')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Lire ce fichier' })).toBeFocused();
	await page.reload();
	await expect(page.getByRole('link', { name: 'gros.csv' })).toHaveCount(0);
});

test('corriger un gros import laisse répondre les autres pages', async ({ page }) => {
	test.setTimeout(120_000);
	const answers = async (): Promise<void> => {
		const started = Date.now();
		expect((await page.request.get('/accessibilite')).ok()).toBe(true);
		expect(Date.now() - started).toBeLessThan(1_500);
	};
	await choose(
		page,
		'a-corriger.csv',
		Buffer.concat([csv(4_000), Buffer.from('Énergie;Isoler la mairie;;Habitat;cher\n')])
	);
	await page.getByRole('button', { name: 'Lire ce fichier' }).click();
	await expect(page).toHaveURL(/\/imports\/\d+$/, { timeout: 60_000 });
	await page
		.getByRole('link', { name: /Anomalies/ })
		.first()
		.click();
	await page
		.getByRole('textbox', { name: /Budget/ })
		.first()
		.fill('12 k€');
	await page.getByLabel('Votre nom').fill('Claude Martin');
	await page.getByRole('button', { name: 'Relire avec mes corrections' }).click();
	await answers();
	await expect(page.getByText(/1.correction relue/)).toBeVisible({ timeout: 60_000 });
});

test('un fichier refusé garde la saisie, dit pourquoi et que faire', async ({ page }) => {
	await choose(page, 'export.xls', Buffer.from('<html><p>Session expirée</p></html>'));
	await page.getByRole('button', { name: 'Lire ce fichier' }).click();
	await expect(page.getByRole('alert')).toContainText('page web sans tableau');
	await expect(page.getByRole('combobox', { name: /^Territoire Nom/ })).toHaveValue(/Aubrelle/);
});

test.describe('sans script', () => {
	test.use({ javaScriptEnabled: false });

	test('un gros fichier se suit page après page, jusqu’à son compte rendu', async ({ page }) => {
		// A few seconds of reading; many more on a machine that builds something else.
		test.setTimeout(120_000);
		await choose(page, 'moyen.csv', csv(5_000));
		await page.getByRole('button', { name: 'Lire ce fichier' }).click();
		await expect(page).toHaveURL(/\/imports\/travaux\/[\w-]+$/);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lecture de moyen.csv');
		await expect(page).toHaveURL(/\/imports\/\d+$/, { timeout: 100_000 });
	});

	test('et s’annule', async ({ page }) => {
		await choose(page, 'a-annuler.csv', csv(40_000));
		await page.getByRole('button', { name: 'Lire ce fichier' }).click();
		await page.getByRole('button', { name: 'Annuler' }).click();
		await expect(page).toHaveURL(/\/imports$/);
		await expect(page.getByRole('link', { name: 'a-annuler.csv' })).toHaveCount(0);
	});
});

test.describe('avant que la page soit prête, sur une machine lente', () => {
	let release = (): void => {};
	test.beforeEach(async ({ page }) => {
		const ready = new Promise<void>((done) => (release = done));
		await page.route('**/*.js', async (route) => {
			await ready;
			await route.continue();
		});
	});
	const file = (name: string, buffer = csv(3)) => ({ name, mimeType: 'text/csv', buffer });

	test('ce qu’on saisit, déplie et choisit n’est pas perdu', async ({ page }) => {
		await page.goto('/imports', { waitUntil: 'commit' });
		const territory = page.getByRole('combobox', { name: /^Territoire Nom/ });
		await territory.fill('CA du Pays d’Aubrelle (ZZ0000001)');
		await page.getByLabel('Période').fill('2025-2031');
		await page
			.getByRole('combobox', { name: 'Plan', exact: true })
			.first()
			.selectOption({ label: 'Projet alimentaire territorial' });
		await page.getByLabel(/Fichier du plan/).setInputFiles(file('tot.csv'));
		release();
		await page.waitForLoadState('networkidle');
		await expect(territory).toHaveValue('CA du Pays d’Aubrelle (ZZ0000001)');
		await expect(page.getByLabel('Période')).toHaveValue('2025-2031');
		await expect(page.getByRole('combobox', { name: 'Plan', exact: true }).first()).toHaveValue('pat');
		await page.getByRole('button', { name: 'Lire ce fichier' }).click();
		await expect(page).toHaveURL(/\/imports\/\d+$/);
	});

	test('un filtre choisi et un fichier déposé dans un autre formulaire tiennent ensemble', async ({ page }) => {
		await page.goto('/region/argent', { waitUntil: 'commit' });
		await page.locator('form[method=GET] select[name=annee]').selectOption('2024');
		const depot = page.locator('form[action="?/charger"] input[type=file]');
		await depot.setInputFiles(file('laureats.csv'));
		release();
		await expect(page).toHaveURL(/annee=2024/);
		expect(await depot.evaluate((input: HTMLInputElement) => input.files?.[0]?.name)).toBe('laureats.csv');
	});

	test('un fichier refusé garde toute la saisie, et dit que lui seul est à choisir de nouveau', async ({ page }) => {
		await page.goto('/imports', { waitUntil: 'commit' });
		await page.getByRole('combobox', { name: /^Territoire Nom/ }).fill('CA du Pays d’Aubrelle (ZZ0000001)');
		await page.getByLabel('Votre nom').fill('Claude Martin');
		await page.getByText('Ne garder que certaines lignes').click();
		await page.getByLabel('Colonne').fill('dispositif');
		await page.getByLabel(/Fichier du plan/).setInputFiles(file('vide.csv', Buffer.from('')));
		await page.getByRole('button', { name: 'Lire ce fichier' }).click();
		await expect(page.getByRole('alert')).toContainText('choisissez «\u00a0vide.csv\u00a0» de nouveau');
		release();
		await page.waitForLoadState('networkidle');
		await expect(page.getByRole('combobox', { name: /^Territoire Nom/ })).toHaveValue(/Aubrelle/);
		await expect(page.getByLabel('Votre nom')).toHaveValue('Claude Martin');
		await expect(page.getByLabel('Colonne')).toBeVisible();
		await expect(page.getByLabel('Colonne')).toHaveValue('dispositif');
	});
});
