import { expect, test, type Page, type Route } from '@playwright/test';
import { alive } from './alive';
import { COLOURS } from './axe-rules';
import { PAGES } from './every-page';
import { ownServer, seal } from './own-server';
import { seenByAxe } from './seen-by-axe';

/* Croisée open for reading, on a base where every gesture was already taken once: no page offers one, nothing moves. */

// One server for all of them.
test.describe.configure({ mode: 'default' });

const DEMO = '/territoires/ZZ0000001';
const GAP = encodeURIComponent('G01:QNZZZ06F:X17');
const REFUSED = 'Rien n’a été enregistré : cette Croisée est ouverte en lecture.';

let ORIGIN: string, BASE: string;
let stop: (() => void) | undefined;
test.beforeAll(async () => {
	test.setTimeout(180_000);
	({ origin: ORIGIN, base: BASE, stop } = await ownServer('lecture-base.ts', { CROISEE_LECTURE: 'oui' }));
});
test.afterAll(() => stop?.());

/** Addresses that open a gesture where one works. */
const GESTURES = [
	`${DEMO}/lacunes?ensemble=${GAP}`,
	`${DEMO}/lacunes?decider=${GAP}`,
	`${DEMO}/QNZZZ01F?lacunes=toutes&decider=${encodeURIComponent('G01:QNZZZ01F:X17')}`,
	`${DEMO}/QNZZZ01F?case=T01.cible&corriger=A1-a4254bec7e3d3c09`,
	`${DEMO}/a-faire?file=rattacher`,
	`${DEMO}/a-faire?file=completer`,
	`${DEMO}/a-faire?file=arbitrer`,
	`${DEMO}/a-faire?file=signer`,
	`${DEMO}/priorites?valeur=axe`,
	`${DEMO}/recoupements?voir=tout`,
	'/imports/5',
	'/imports/6/annuler',
	'/imports/7',
	'/imports/7/colonnes',
	'/imports/7/anomalies',
	'/imports/7/lieux',
	'/imports/7/changements'
];

/** Pages that show something of their own here: the others are those of `accessibilite.spec.ts`, less their gestures. */
const OWN: readonly string[] = [
	'/',
	'/demarrer?q=saint',
	'/apporter?territoire=ZZ0000001',
	'/imports',
	`${DEMO}/QNZZZ01F?signer=X01`,
	`${DEMO}/lieux`,
	`${DEMO}/classement`,
	`${DEMO}/regles?regler=G07.horizon`,
	`${DEMO}/actions/nouvelle`,
	`${DEMO}/actions/A1-a4254bec7e3d3c09/financement`
];

/** What writes in a page: forms that post, buttons that send elsewhere, fields outside of what only searches. */
const writing = (page: Page) =>
	page.locator('form[method=post i], button[formaction], [data-oui], [data-non], form:not([method=get i]) input[name]');

for (const half of [0, 1])
	test(`aucune page n’offre d’écrire ; « Lecture » s’y lit, axe n’a rien à redire, clair, sombre et à 320 px (${half + 1} sur 2)`, async ({
		page
	}) => {
		test.setTimeout(600_000);
		const before = seal(BASE);
		for (const [name, path] of PAGES.filter((_, n) => n % 2 === half)) {
			await page.setViewportSize({ width: 1440, height: 900 });
			await page.emulateMedia({ colorScheme: 'light' });
			await page.goto(ORIGIN + path);
			await expect.soft(writing(page), name).toHaveCount(0);
			await expect.soft(page.locator('header').getByText('Lecture', { exact: true }), name).toBeVisible();
			await seenByAxe(page, `${name}, clair`);
			if (OWN.includes(path)) {
				await page.emulateMedia({ colorScheme: 'dark' });
				await seenByAxe(page, `${name}, sombre`, COLOURS);
				await page.emulateMedia({ colorScheme: 'light' });
			}
			await page.setViewportSize({ width: 320, height: 800 });
			const wide = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			);
			expect.soft(wide, name).toBeLessThanOrEqual(0);
			if (OWN.includes(path)) await seenByAxe(page, `${name}, 320 px`);
		}
		expect(seal(BASE)).toBe(before);
	});

test('les pages qui n’ont pas le même visage en lecture sont toutes dans la liste', () => {
	const known: readonly string[] = PAGES.map(([, path]) => path);
	expect(OWN.filter((path) => !known.includes(path))).toEqual([]);
});

test('une adresse qui ouvrait un geste ne l’ouvre plus', async ({ page }) => {
	const before = seal(BASE);
	for (const path of GESTURES) {
		const answer = await page.goto(ORIGIN + path);
		expect.soft(answer?.status(), path).toBe(200);
		await expect.soft(writing(page), path).toHaveCount(0);
		await seenByAxe(page, path);
	}
	expect(seal(BASE)).toBe(before);
});

test('les touches qui décident ne font rien', async ({ page }) => {
	const before = seal(BASE);
	const sent: string[] = [];
	page.on('request', (request) => {
		if (request.method() !== 'GET') sent.push(request.url());
	});
	await page.goto(`${ORIGIN}${DEMO}/a-faire?file=confirmer`);
	await alive(page);
	for (const key of ['o', 'n', 'u', 'ArrowDown', 'o']) await page.keyboard.press(key);
	expect(page.url()).toBe(`${ORIGIN}${DEMO}/a-faire?file=confirmer`);
	await page.goto(`${ORIGIN}${DEMO}/actions`);
	await alive(page);
	await page.locator('tbody th a').first().focus();
	for (const key of ['F2', 'Space', 'ArrowRight', 'Space', 'Delete', 'x']) await page.keyboard.press(key);
	expect(page.url()).toBe(`${ORIGIN}${DEMO}/actions`);
	await expect(page.locator('main input:not([type=search]):not([name=c])')).toHaveCount(0);
	expect(sent).toEqual([]);
	expect(seal(BASE)).toBe(before);
});

test('la mention dit pourquoi, à qui demander, et se referme', async ({ page }) => {
	for (const width of [1440, 320]) {
		await page.setViewportSize({ width, height: 800 });
		await page.goto(ORIGIN + DEMO);
		const mark = page.locator('header summary', { hasText: 'Lecture' });
		await mark.focus();
		await page.keyboard.press('Enter');
		await expect(page.getByText('adressez-vous à la personne qui l’a démarrée')).toBeVisible();
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		expect(wide).toBeLessThanOrEqual(0);
		await seenByAxe(page, `mention ouverte, ${width} px`);
		await page.keyboard.press('Escape');
		await expect(page.getByText('adressez-vous à la personne qui l’a démarrée')).toBeHidden();
	}
});

test('filtrer, comparer, télécharger et essayer un fléchage restent possibles', async ({ page, request }) => {
	await page.goto(ORIGIN + DEMO);
	await page.locator('#matrice select[name=plan]').first().selectOption('pcaet');
	await expect(page).toHaveURL(/plan=pcaet/);
	await page.goto(`${ORIGIN}${DEMO}?comparer=droit-commun`);
	await expect(page.locator('.vues a.fort', { hasText: 'Pour les élus' })).toBeAttached();
	await page.goto(`${ORIGIN}${DEMO}/QNZZZ01F/et-si?cibler=A1-a4254bec7e3d3c09`);
	await expect(page.locator('h1')).toBeVisible();
	for (const file of [
		`${DEMO}/actions.xlsx`,
		`${DEMO}/matrice.csv`,
		`${DEMO}/QNZZZ01F/feuille-de-route.docx`,
		'/region/croisement.csv',
		'/region/tableau.xlsx',
		'/imports/1/fichier',
		'/imports/1/classeur',
		'/sauvegarde'
	])
		expect((await request.get(ORIGIN + file)).status(), file).toBe(200);
});

test('une page ouverte avant, où l’on décidait, montre le refus en entier, avec script ou sans', async ({
	browser,
	baseURL
}) => {
	/** What a page of the other server sends arrives here: as if this one had been started again, for reading. */
	const sentHere = async (route: Route) => {
		const request = route.request();
		if (request.method() === 'GET') return route.continue();
		const headers = { ...request.headers(), origin: ORIGIN };
		return route.fulfill({ response: await route.fetch({ url: request.url().replace(baseURL!, ORIGIN), headers }) });
	};
	for (const javaScriptEnabled of [true, false]) {
		const context = await browser.newContext({ javaScriptEnabled });
		const page = await context.newPage();
		await page.route('**/*', sentHere);
		await page.goto(`${baseURL}${DEMO}/a-faire?file=confirmer`);
		if (javaScriptEnabled) await alive(page);
		if (javaScriptEnabled) await page.getByLabel('Votre nom, pour signer').fill('Camille Roy');
		await page.getByRole('button', { name: /^Oui/ }).first().click();
		await expect(page.getByText(REFUSED)).toBeVisible();
		await expect(page.locator('h1')).toBeVisible();
		// With scripts the page stays, and what was written with it; without, the refusal has a page of its own.
		if (javaScriptEnabled) await expect(page.getByLabel('Votre nom, pour signer')).toHaveValue('Camille Roy');
		else await expect(page.getByRole('link', { name: /^Revenir/ })).toBeVisible();
		await context.close();
	}
});
