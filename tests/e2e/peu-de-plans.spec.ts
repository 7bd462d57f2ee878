import { expect, test } from '@playwright/test';
import { ownServer } from './own-server';

/* A territory that has only begun: a few plans read, or no quartier loaded. */

let ORIGIN: string;
let stop: (() => void) | undefined;
test.beforeAll(async () => {
	test.setTimeout(180_000);
	({ origin: ORIGIN, stop } = await ownServer('peu-de-plans-base.ts'));
});
test.afterAll(() => stop?.());

test('un territoire sans quartier chargé lit ses lacunes sur sa page, et son accueil le dit en mots', async ({
	page
}) => {
	await page.goto(`${ORIGIN}/territoires/ZZ1000002`);
	await expect(page.locator('#matrice')).toHaveCount(0);
	// No grid that says « non évalué » two hundred times, no page that leads nowhere: one sentence, one gesture.
	await expect(page.getByRole('grid')).toHaveCount(0);
	await expect(page.getByRole('link', { name: 'Apporter les périmètres des quartiers' })).toBeVisible();
	const bar = page.getByRole('navigation', { name: 'Principale' });
	await expect(bar.getByRole('link', { name: 'Actions' })).toBeVisible();
	await expect(bar.getByRole('link', { name: /^(Carte|Quartiers)$/ })).toHaveCount(0);
	const gaps = page.locator('#lacunes');
	await expect(gaps.getByRole('heading', { level: 2 })).toHaveText(/^\d+\slacunes?/);
	expect(await gaps.locator('tbody tr').count()).toBeGreaterThan(0);
	await gaps
		.getByRole('link', { name: /^Lire / })
		.first()
		.click();
	await expect(page).toHaveURL(/ZZ1000002\/lacunes\?vue=/);
	await expect(gaps.getByRole('link', { name: /^Traiter, reporter ou écarter/ }).first()).toBeVisible();
	await page.goto(ORIGIN);
	await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'CA d’Essai 1' })).toContainText(
		'Aucun quartier prioritaire chargé'
	);
});

test('au téléphone, les croisements sans aucune action ne se replient jamais, même quand rien n’y est grave', async ({
	page
}) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto(`${ORIGIN}/territoires/ZZ0000001`);
	const group = page.locator('#groupe-sans-reponse');
	const rows = group.locator('tr.xr');
	expect(await rows.count()).toBeGreaterThan(0);
	for (const row of await rows.all()) {
		await expect(row).toBeVisible();
		// Their gaps are set aside: nothing grave keeps them in sight.
		await expect(row.locator('.lc')).not.toContainText(/Critique|Haute/);
	}
	// What is folded there says so.
	await expect(page.locator('.tx .plier[aria-expanded=false]').first()).toBeVisible();
	await expect(group.locator('.plier[aria-expanded=false]')).toHaveCount(0);
});
