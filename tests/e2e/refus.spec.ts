import type { Page } from '@playwright/test';
import { expect, test } from './own-base';

/* A form that is refused, or that finds no network, loses nothing; decided, one is where one was. */

const DEMO = '/territoires/ZZ0000001';
const ACTION = `${DEMO}/actions/A1-a4254bec7e3d3c09`;
const failed = (page: Page) => page.getByRole('alert').filter({ hasText: 'Ce que vous avez écrit est toujours là' });

/** The next forms find no network. */
async function cut(page: Page) {
	await page.route('**/*', (route) => (route.request().method() === 'POST' ? route.abort() : route.fallback()));
}

test('recoupements : une paire tranchée, on lit la suivante, avec les mêmes filtres ; sans JavaScript aussi', async ({
	browser,
	baseURL
}) => {
	for (const javaScriptEnabled of [true, false]) {
		const context = await browser.newContext({ javaScriptEnabled, baseURL: baseURL! });
		const page = await context.newPage();
		await page.goto(`${DEMO}/recoupements?quartier=QNZZZ02F&voir=tout`);
		const pairs = page.getByRole('article');
		const [first, second] = [pairs.nth(0), pairs.nth(1)];
		const [settled, next] = [await first.getAttribute('id'), await second.getAttribute('id')];
		// What is missing is said beside, and what was typed stays.
		await expect(first.getByLabel('Votre nom')).toBeHidden();
		await first.getByText(/^Décider/).focus();
		await page.keyboard.press('Enter');
		const tension = first.getByRole('button', { name: 'Se contredisent' });
		await first.getByLabel('Votre nom').fill('Claire Denoyelle');
		await tension.click();
		await expect(first.getByRole('alert')).toContainText('Dites l’arbitrage en une phrase');
		await expect(first.getByLabel('Votre nom')).toHaveValue('Claire Denoyelle');
		if (javaScriptEnabled) await expect(first.getByLabel('Pourquoi, en une phrase')).toBeFocused();
		await first.getByLabel('Pourquoi, en une phrase').fill('Le calendrier est revu');
		// A key typed in a field chooses nothing: a verdict is a button one presses.
		await first.getByLabel('Pourquoi, en une phrase').press('Enter');
		await expect(page).not.toHaveURL(/gardee=/);
		await tension.click();

		await expect(page).toHaveURL(/quartier=QNZZZ02F&voir=tout&gardee=/);
		await expect(page.locator('select[name=quartier]')).toHaveValue('QNZZZ02F');
		expect(new URL(page.url()).hash).toBe(`#${next}`);
		await expect(pairs.first()).toHaveAttribute('id', next!);
		await expect(pairs.first()).toContainText('Décision gardée, signée Claire Denoyelle');
		await expect(page.locator(`[id="${settled}"]`)).toContainText('Le calendrier est revu');
		if (javaScriptEnabled) await expect(pairs.first()).toBeFocused();
		// Where one arrives, one may decide at once.
		await expect(pairs.first().getByRole('button', { name: 'À coordonner' })).toBeVisible();
		await context.close();
	}
});

test('classement : refusées sans motif, rien n’est perdu ; le motif écrit, tout part et le message s’en va', async ({
	page
}) => {
	await page.goto(`${DEMO}/classement`);
	await page.getByLabel('Votre nom').fill('Claire Denoyelle');
	const boxes = page.locator('input[name=choix]');
	for (const n of [0, 1, 2]) await boxes.nth(n).check();
	await page.getByRole('button', { name: 'Refuser les cochées' }).click();
	const refused = page.getByRole('alert').filter({ hasText: 'Un motif est nécessaire' });
	await expect(refused).toBeVisible();
	await expect(page.getByLabel('Votre nom')).toHaveValue('Claire Denoyelle');
	for (const n of [0, 1, 2]) await expect(boxes.nth(n)).toBeChecked();
	await page.locator('input[name=motif]').fill('Relu avec les services');
	await page.getByRole('button', { name: 'Refuser les cochées' }).click();
	await expect(page.locator('#fait')).toContainText(/3.décisions gardées/);
	await expect(refused).toHaveCount(0);
	// Given back: what follows reads the demonstration as it was.
	await page.getByRole('button', { name: 'Annuler ce geste' }).click();
	await expect(page.locator('#fait')).toHaveCount(0);
});

test('sans réseau, une note, une nouvelle action et une lacune à écarter gardent ce qui était écrit ; revenu, tout part', async ({
	page
}) => {
	await page.goto(ACTION);
	await page.getByLabel('Ajouter une note').fill('Voir avec le bailleur');
	const name = page.locator('form[action="?/noter#notes"] input[name=par]');
	if (await name.isVisible()) await name.fill('Noé Uhry');
	await cut(page);
	const keep = page.getByRole('button', { name: 'Garder la note' });
	await keep.click();
	await expect(failed(page)).toContainText('La connexion a manqué');
	await expect(page.getByLabel('Ajouter une note')).toHaveValue('Voir avec le bailleur');
	await expect(keep).toBeFocused();
	await page.unrouteAll();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('listitem').filter({ hasText: 'Voir avec le bailleur' })).toBeVisible();
	await expect(failed(page)).toHaveCount(0);
	await expect(page.getByLabel('Ajouter une note')).toHaveValue('');

	await page.goto(`${DEMO}/actions/nouvelle`);
	await page
		.getByLabel(/Intitulé|Titre/)
		.first()
		.fill('Un jardin au pied des tours');
	await cut(page);
	await page.getByRole('button', { name: 'Créer l’action' }).click();
	await expect(failed(page)).toBeVisible();
	await expect(page.getByLabel(/Intitulé|Titre/).first()).toHaveValue('Un jardin au pied des tours');
	await page.unrouteAll();

	await page.goto(`${DEMO}/QNZZZ01F`);
	const opens = page.locator('#lacunes a', { hasText: 'Traiter, reporter ou écarter' }).first();
	await page.goto(new URL((await opens.getAttribute('href'))!, page.url()).href);
	await page.getByLabel('Motif, en une phrase').fill('Vu en comité');
	await page.getByLabel('Votre nom').fill('Noé Uhry');
	await cut(page);
	const decide = page.getByRole('button', { name: 'Décider', exact: true });
	await decide.click();
	await expect(failed(page)).toBeVisible();
	await expect(page.getByLabel('Motif, en une phrase')).toHaveValue('Vu en comité');
	await expect(decide).toBeFocused();
	await page.unrouteAll();
	await decide.click();
	await expect(page).toHaveURL(/QNZZZ01F\?.*vue=/);
	await expect(page.getByText('Vu en comité')).toBeVisible();
});

test('le serveur en faute ou qui refuse l’origine : la phrase vient dans le formulaire, la page reste', async ({
	page
}) => {
	await page.goto(`${DEMO}/a-faire?file=confirmer`);
	await page.route('**/*', (route) =>
		route.request().method() === 'POST'
			? route.fulfill({
					status: 403,
					contentType: 'application/json',
					body: JSON.stringify({ type: 'error', error: { message: 'Croisée est ouverte en lecture.' } })
				})
			: route.fallback()
	);
	await page.getByRole('button', { name: /^Oui/ }).first().click();
	await expect(failed(page)).toContainText('Croisée est ouverte en lecture.');
	await expect(page).toHaveURL(/file=confirmer/);
	await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/Croisée est ouverte/);
});

test('un réglage refusé garde la valeur et le motif, et la main va au champ', async ({ page }) => {
	await page.goto(`${DEMO}/regles?regler=G07.horizon`);
	const form = page.locator('form[action*="/regler"]');
	const value = form.getByLabel(/^Valeur pour ce territoire/);
	await value.fill('bientôt');
	await form.getByLabel('Motif, en une phrase').fill('Décidé en comité');
	await form.getByLabel('Votre nom').fill('Noé Uhry');
	await form.getByRole('button', { name: 'Régler', exact: true }).click();
	await expect(form.getByRole('alert')).toContainText('n’est pas compris');
	await expect(value).toHaveValue('bientôt');
	await expect(value).toBeFocused();
	await expect(form.getByLabel('Motif, en une phrase')).toHaveValue('Décidé en comité');
});
