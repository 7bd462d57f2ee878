import type { Locator, Page } from '@playwright/test';
import { expect, test } from './own-base';

/* The whole of the table of actions without a mouse: every gesture is reached by Tab, and none throws one back to the top. */

const TABLE = '/territoires/ZZ0000001/actions';

/** Tabs until one is there, as few times as it takes; more than `most` is a fault. */
async function tabTo(page: Page, target: Locator, most: number, back = false): Promise<void> {
	for (let n = 0; n <= most; n++) {
		if (await target.evaluate((el) => el === document.activeElement)) return;
		await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
	}
	const where = await page.locator(':focus').evaluate((el) => el.outerHTML.slice(0, 160));
	throw new Error(`pas atteint en ${most} tabulations ; on est sur ${where}`);
}

const held = async (page: Page, after: string) =>
	expect(page.locator('body:focus'), `le focus est perdu après : ${after}`).toHaveCount(0);

test('chercher, trier, choisir les colonnes, cocher, modifier ensemble, annuler', async ({ page }) => {
	test.setTimeout(90_000);
	await page.goto(TABLE);
	await page.locator('#contenu').focus();
	const search = page.getByRole('searchbox', { name: 'Chercher une action', exact: true });
	await tabTo(page, search, 10);
	await page.keyboard.type('logements');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('répondent à cette recherche');
	await expect(search).toBeFocused();

	const columns = page.locator('summary').filter({ hasText: 'Colonnes affichées' });
	await tabTo(page, columns, 24);
	await page.keyboard.press('Enter');
	await tabTo(page, page.getByRole('checkbox', { name: 'Objectif', exact: true }), 40);
	await page.keyboard.press('Space');
	await tabTo(page, page.getByRole('button', { name: 'Afficher ces colonnes' }), 40);
	await page.keyboard.press('Enter');
	const sort = page.getByRole('link', { name: /^Objectif/, exact: false }).first();
	await expect(sort).toBeVisible();
	await held(page, 'choisir des colonnes');

	const byTitle = page
		.locator('thead')
		.getByRole('link', { name: /, trier$/ })
		.first();
	await tabTo(page, byTitle, 12);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/tri=/);
	await expect(byTitle).toBeFocused();

	const boxes = page.locator('tbody input[name=action]');
	// One stop for the whole grid: then arrows.
	await tabTo(page, page.locator('tbody [data-cell][tabindex="0"]').first(), 12);
	await page.keyboard.press('Control+Home');
	await expect(boxes.first()).toBeFocused();
	await page.keyboard.press('Space');
	await page.keyboard.press('ArrowDown');
	await expect(boxes.nth(1)).toBeFocused();
	await page.keyboard.press('Space');
	await expect(page.getByRole('status').filter({ hasText: 'lignes cochées' })).toBeVisible();
	const lot = page.locator('form#lot');
	await tabTo(page, lot.getByLabel('Colonne'), 30);
	await lot.getByLabel('Colonne').selectOption('pilote');
	await page.keyboard.press('Tab');
	await page.keyboard.type('Direction de l’habitat');
	const name = lot.getByLabel('Votre nom');
	if (await name.count()) {
		await tabTo(page, name, 2);
		await page.keyboard.type('Nadia Perrault');
	}
	await tabTo(page, lot.getByRole('button', { name: 'Appliquer aux lignes cochées' }), 4);
	await page.keyboard.press('Enter');
	await expect(page.locator('#fait')).toContainText('Fait par Nadia Perrault');
	await held(page, 'modifier ensemble');
	await tabTo(page, page.locator('#fait').getByRole('button', { name: 'Annuler' }), 2);
	await page.keyboard.press('Enter');
	await expect(page.locator('#fait')).toContainText('Annulé');
	await held(page, 'annuler');
});

test('créer, noter, lier, copier, restaurer : chaque geste laisse où il s’est fait', async ({ page }) => {
	test.setTimeout(120_000);
	await page.goto(TABLE);
	await page.locator('#contenu').focus();
	await tabTo(page, page.getByRole('link', { name: 'Créer une action' }), 6);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/nouvelle$/);
	const title = page
		.getByLabel('Titre', { exact: true })
		.or(page.getByLabel(/^Intitulé/))
		.first();
	await page.locator('#contenu').focus();
	await tabTo(page, title, 8);
	await page.keyboard.type('Ouvrir une maison du vélo au clavier');
	const signed = page.getByLabel('Votre nom').first();
	if (await signed.isVisible()) {
		await tabTo(page, signed, 40);
		await page.keyboard.press('ControlOrMeta+A');
		await page.keyboard.type('Nadia Perrault');
	}
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('maison du vélo au clavier');
	const action = page.url().split(/[?#]/)[0]!;

	// A field typed twice: the former value is in the history.
	const edit = page.getByRole('link', { name: /(Modifier|Renseigner) : .*[Pp]ilote$/ });
	const field = page.getByLabel(/[Pp]ilote de «/);
	await page.locator('summary').filter({ hasText: 'champs non renseignés' }).focus();
	await page.keyboard.press('Enter');
	await tabTo(page, edit, 30);
	await page.keyboard.press('Enter');
	await expect(field).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(edit, 'Échap ramène au champ vide, encore visible').toBeFocused();
	for (const words of ['Service mobilités', 'Service voirie']) {
		await edit.focus();
		await page.keyboard.press('Enter');
		await expect(field).toBeFocused();
		await page.keyboard.press('ControlOrMeta+A');
		await page.keyboard.type(words);
		await page.keyboard.press('Enter');
		await expect(page.getByText(words, { exact: true }).first()).toBeVisible();
		await expect(edit).toBeFocused();
	}

	const note = page.getByLabel('Ajouter une note');
	await note.focus();
	await page.keyboard.type('Vue en comité le 12.');
	await tabTo(page, page.getByRole('button', { name: 'Garder la note' }), 3);
	await page.keyboard.press('Enter');
	await expect(page.getByText('Vue en comité le 12.')).toBeVisible();
	await held(page, 'noter');
	const remove = page.getByRole('button', { name: /^Retirer la note/ });
	await tabTo(page, remove, 4);
	await page.keyboard.press('Enter');
	await expect(remove).toHaveCount(0);
	await held(page, 'retirer une note');

	await tabTo(page, page.locator('summary').filter({ hasText: 'Lier à une autre action' }), 8);
	await page.keyboard.press('Enter');
	await tabTo(page, page.getByLabel('Autre action'), 2);
	await page.keyboard.press('ArrowDown');
	await tabTo(page, page.getByRole('button', { name: 'Lier', exact: true }), 5);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('button', { name: /^Retirer le lien/ })).toBeVisible();
	await held(page, 'lier');

	await page.goto(`${action}/historique`);
	const restore = page.getByRole('button', { name: /^Restaurer Service mobilités\s?, Pilote$/ }).first();
	await restore.focus();
	await page.keyboard.press('Enter');
	await expect(page.getByText(/Nadia Perrault/).first()).toBeVisible();
	await expect(page.getByRole('status').filter({ hasText: 'Valeur restaurée' })).toContainText(
		/Valeur restaurée\. Pilote\s: Service mobilités/
	);
	await held(page, 'restaurer');
	await page.goto(action);
	await expect(page.getByText('Service mobilités', { exact: true }).first()).toBeVisible();

	await page.locator('summary').filter({ hasText: 'Copier cette action' }).focus();
	await page.keyboard.press('Enter');
	await tabTo(page, page.getByRole('button', { name: 'Créer une copie' }), 2);
	await page.keyboard.press('Enter');
	await expect(page.getByLabel(/^(Titre|Intitulé) de «/)).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('link', { name: /Modifier : (Titre|Intitulé)$/ })).toBeFocused();
});

test.describe('sans script', () => {
	test.use({ javaScriptEnabled: false });
	test('appliquer une case vide n’efface rien avant qu’on l’ait confirmé par son nom', async ({ page }) => {
		await page.goto(TABLE);
		await page.locator('tbody input[name=action]').nth(0).check();
		await page.locator('tbody input[name=action]').nth(1).check();
		const lot = page.locator('form#lot');
		await lot.locator('select[name=colonne]').selectOption('notes');
		if (await lot.getByLabel('Votre nom').count()) await lot.getByLabel('Votre nom').fill('Nadia Perrault');
		await lot.getByRole('button', { name: 'Appliquer aux lignes cochées' }).click();
		await expect(lot.getByRole('alert')).toContainText('rien n’a été effacé');
		await lot.getByRole('button', { name: 'Vider Notes du fichier de 2 actions' }).click();
		await expect(lot.getByRole('alert')).toHaveCount(0);
		await expect(page.locator('#fait')).toContainText(/vidé|rien n’a été écrit/);
	});
});

test('au téléphone, les champs vides d’une action tiennent sur une ligne et se modifient', async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto(TABLE);
	const row = page
		.locator('#table tbody tr')
		.filter({ has: page.locator('td.vide a') })
		.first();
	const tops = await row.locator('td.vide').evaluateAll((all) => all.map((td) => td.getBoundingClientRect().top));
	const said = await row
		.locator('td[data-l]:not(.vide)')
		.evaluateAll((all) => all.map((td) => td.getBoundingClientRect().bottom));
	expect(new Set(tops).size).toBe(1);
	expect(Math.max(...said)).toBeLessThanOrEqual(tops[0]! + 1);
	await row.locator('td.vide a').first().click();
	await expect(page.locator('form.cellule')).toBeVisible();
});
