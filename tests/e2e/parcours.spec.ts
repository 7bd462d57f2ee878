import { existsSync } from 'node:fs';
import { expect, test } from './own-base';

const DEMO = '/territoires/ZZ0000001';
const REAL = '../shared/data';

test('une personne qui arrive lit la matrice du territoire fictif, et sait qu’il est fictif', async ({ page }) => {
	await page.goto('/');
	await page
		.getByRole('main')
		.getByRole('link', { name: /Pays d’Aubrelle/ })
		.first()
		.click();
	await expect(page).toHaveURL(DEMO);
	await expect(page.getByText('Territoire fictif').first()).toBeVisible();
	await expect(page.getByRole('grid', { name: 'Croisements attendus par quartier' })).toBeVisible();
	await expect(page.getByRole('heading', { level: 1 })).not.toBeEmpty();
});

test('un clic sur l’accueil arrive, même pendant que l’accueil se relit tout seul', async ({ page }) => {
	// The home page believes that one territory is not counted yet; the page one goes to takes its time.
	await page.route('/', async (route) => {
		const response = await route.fetch();
		const body = (await response.text()).replace(/manquants:\d+/, 'manquants:1');
		expect(body).toContain('manquants:1');
		await route.fulfill({ response, body });
	});
	await page.route('**/territoires/ZZ0000001/__data.json*', async (route) => {
		await new Promise((later) => setTimeout(later, 1500));
		await route.continue();
	});
	// Touched as soon as the page hears: it reads itself again a quarter of a second later.
	await page.addInitScript(() =>
		new MutationObserver((_, watch) => {
			const link = document.querySelector<HTMLElement>('main a[href$="/ZZ0000001"]');
			if (!document.documentElement.hasAttribute('data-vive') || !link) return;
			watch.disconnect();
			link.click();
		}).observe(document, { subtree: true, attributes: true, childList: true })
	);
	await page.goto('/');
	await expect(page).toHaveURL(DEMO);
});

test('au clavier : un seul arrêt par grille, les flèches, Entrée ouvre la preuve, Échap y revient', async ({
	page
}) => {
	await page.goto(DEMO);
	const grid = page.getByRole('grid', { name: 'Croisements attendus par quartier' });
	await expect(grid.locator('[tabindex="0"]')).toHaveCount(1);
	await grid.locator('[tabindex="0"]').focus();
	const label = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
	const start = await label();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowRight');
	const cell = await label();
	expect(cell).not.toBe(start);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/case=/);
	await expect(page.getByRole('region', { name: /^Preuves/ })).toContainText(/actions?/);
	await page.keyboard.press('Escape');
	await expect(page).not.toHaveURL(/case=/);
	await expect.poll(label).toBe(cell);
});

test('un lien vers une case ouvre la même preuve, sans JavaScript aussi', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(DEMO);
	await page.locator('[role="grid"] a[href*="case="]').nth(12).click();
	await expect(page).toHaveURL(/case=/);
	await expect(
		page
			.getByRole('region', { name: /^Preuves/ })
			.getByText(/fichier|ligne/)
			.first()
	).toBeVisible();
	await context.close();
});

test('la carte se dessine sans réseau, et le tableau dit la même chose', async ({ page }) => {
	await page.goto(DEMO);
	const map = page.locator('.carte');
	await map.scrollIntoViewIfNeeded();
	await expect(map).toHaveAttribute('data-etat', 'prete', { timeout: 30_000 });
	expect(await map.locator('a.repere').count()).toBe(7);
	await expect(page.getByRole('table').filter({ hasText: 'Les Hauts-Prés' }).first()).toBeVisible();
});

test('importer un plan : lire, vérifier, enregistrer, voir, annuler', async ({ page }) => {
	const csv = [
		'Programme local, essai;;;;',
		'N°;Action;Quartiers concernés;Coût TTC;Pilote',
		'1;Créer une recyclerie de quartier;Les Hauts-Prés;120 000 €;Direction des déchets',
		'2;Planter des arbres dans les cours d’école;Tous les QPV;à définir;',
		'3;;;5 000 €;',
		';Total;;125 000 €;'
	].join('\n');
	await page.goto('/imports');
	await page.getByLabel(/^Territoire/).fill('CA du Pays d’Aubrelle (ZZ0000001)');
	await page.locator('select[name=plan][required]').selectOption('autre');
	await page
		.getByLabel(/Fichier du plan/)
		.setInputFiles({ name: 'essai.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
	await page.getByRole('button', { name: 'Lire ce fichier' }).click();
	await expect(page).toHaveURL(/\/imports\/\d+$/, { timeout: 20_000 });
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/2.actions prêtes, 1.ligne à reprendre/);
	await expect(page.getByText('Rien n’est encore écrit')).toBeVisible();
	const pages = page.getByRole('navigation', { name: 'Pages de cet import' });
	await pages.getByRole('link', { name: /Anomalies/ }).click();
	await expect(page.getByText(/à définir/).first()).toBeAttached();
	await pages.getByRole('link', { name: /Résumé/ }).click();
	await page.getByRole('button', { name: 'Enregistrer l’import' }).click();
	await expect(page.getByText('Import enregistré.')).toBeVisible({ timeout: 20_000 });
	await page.getByRole('link', { name: /Ouvrir la matrice/ }).click();
	await expect(page).toHaveURL(DEMO);
	await expect(page.locator('#plans').getByText('essai.csv')).toBeVisible();
	await page.goBack();
	await expect(page).toHaveURL(/\/imports\/\d+$/, { timeout: 20_000 });
	await page.getByRole('link', { name: 'Annuler cet import' }).click();
	await page.getByLabel('Votre nom').fill('Camille Perrin');
	await page.getByRole('button', { name: 'Confirmer l’annulation' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cet import a été annulé');
	await page.goto(DEMO);
	await expect(page.locator('#plans').getByText('essai.csv')).toHaveCount(0);
});

test('un fichier qui n’est pas un plan est refusé d’une phrase, et rien n’est perdu de la saisie', async ({ page }) => {
	await page.goto('/imports');
	await page.getByLabel(/^Territoire/).fill('CA du Pays d’Aubrelle (ZZ0000001)');
	await page.getByLabel(/Fichier du plan/).setInputFiles({
		name: 'plan.xlsx',
		mimeType: 'application/vnd.ms-excel',
		buffer: Buffer.from('<html><table></table></html>')
	});
	await page.getByRole('button', { name: 'Lire ce fichier' }).click();
	await expect(page.getByRole('alert')).toContainText(/\S.*\./);
	await expect(page.getByRole('alert')).not.toContainText(/Error|undefined|\bat \//);
	await expect(page.getByLabel(/^Territoire/)).toHaveValue(/Aubrelle/);
});

test('sans internet, le téléchargement des périmètres échoue d’une phrase, et le reste marche', async ({ page }) => {
	await page.goto('/imports');
	await page.getByRole('button', { name: 'Télécharger les périmètres officiels' }).click();
	await expect(page.locator('.reponse-fichier.refus')).toContainText(/data\.gouv\.fr/, { timeout: 40_000 });
	await expect(page.getByRole('button', { name: 'Lire ce fichier' })).toBeEnabled();
});

test('la feuille de route d’un quartier se télécharge en Word et en classeur', async ({ page }) => {
	await page.goto(`${DEMO}/QNZZZ01F`);
	for (const [name, extension] of [
		[/Word/, 'docx'],
		[/classeur/, 'xlsx']
	] as const) {
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('link', { name }).first().click()
		]);
		expect(download.suggestedFilename()).toMatch(new RegExp(`^feuille-de-route-.*QNZZZ01F.*\\.${extension}$`));
	}
});

test('une page absente répond en français, sans trace', async ({ page }) => {
	const response = await page.goto('/territoires/123456789');
	expect(response!.status()).toBe(404);
	await expect(page.locator('body')).not.toContainText(/at .*\.js|Error:/);
});

test.describe('sur les fichiers réels', () => {
	// The real files are never part of the project: where they are absent, the run says « skipped » instead of passing.
	test.skip(!existsSync(REAL), 'les fichiers réels ne sont pas là');

	test('Valenciennes Métropole, des périmètres à la matrice', async ({ page }) => {
		test.setTimeout(180_000);
		await page.goto('/imports');
		await page.getByLabel(/Fichier des quartiers/).setInputFiles(`${REAL}/geo/qpv-2024-hauts-de-france.geojson`);
		await page.getByRole('button', { name: 'Importer ce fichier' }).click();
		await expect(page.getByRole('status').filter({ hasText: 'périmètres' })).toContainText(
			/204.périmètres lus, 204.importés, 0.rejeté/,
			{
				timeout: 60_000
			}
		);
		await page.getByLabel(/^Territoire/).fill('Valenciennes Métropole');
		await page
			.getByLabel(/Fichier du plan/)
			.setInputFiles(`${REAL}/plans/pcaet/Demarches_PCAET_Programme_Actions_V2.hauts-de-france.json`);
		await page.getByRole('button', { name: 'Lire ce fichier' }).click();
		await page.getByLabel('Démarche à importer').selectOption('1705');
		await page.getByRole('button', { name: 'Lire ce fichier' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(/72.actions prêtes/, { timeout: 60_000 });
		await page.getByRole('button', { name: 'Enregistrer l’import' }).click();
		await page.getByRole('link', { name: /Ouvrir la matrice/ }).click();
		await expect(page).toHaveURL('/territoires/245901160');
		await expect(page.getByRole('grid', { name: 'Croisements attendus par quartier' })).toBeVisible();
	});
});
