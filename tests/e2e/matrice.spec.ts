import { expect, test } from './own-base';

const DEMO = '/territoires/ZZ0000001';

test('au clavier, en-têtes et totaux compris : Entrée ouvre la carte et y entre, Échap revient à la case', async ({
	page
}) => {
	await page.goto(DEMO);
	const grid = page.getByRole('grid', { name: 'Croisements attendus par quartier' });
	await expect(grid.locator('[tabindex="0"]')).toHaveCount(1);
	await grid.locator('[data-cell="X08.QNZZZ01F"]').focus();
	const here = () =>
		page.evaluate(() => (document.activeElement as HTMLElement).dataset.cell ?? document.activeElement!.id);
	// Page by group of rows: down to the next group, and back to this one.
	const group = () => page.evaluate(() => document.activeElement!.closest('tbody, thead, tfoot')!.id);
	const from = await group();
	await page.keyboard.press('PageDown');
	const next = await group();
	expect(next).not.toBe(from);
	await page.keyboard.press('PageUp');
	expect(await group()).toBe(from);
	await grid.locator('[data-cell="X08.QNZZZ01F"]').focus();
	await page.keyboard.press('Home');
	expect(await here()).toBe('h-X08');
	await page.keyboard.press('ArrowRight');
	expect(await here()).toBe('X08');
	await page.keyboard.press('Control+End');
	await page.keyboard.press('Home');
	expect(await here()).toBe('h-d');
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Enter');
	const card = page.getByRole('region', { name: /^Preuves/ });
	await expect(card).toBeFocused();
	await expect(card).toContainText('actions distinctes');
	await expect(grid.locator('[tabindex="0"]')).toHaveCount(1);
	await page.keyboard.press('Escape');
	await expect(card).toHaveCount(0);
	await expect.poll(here).toBe('croises');
});

test('le retour du navigateur ferme la carte, puis quitte la matrice, quel que soit le nombre de cases ouvertes', async ({
	page
}) => {
	await page.goto('/glossaire');
	await page.goto(DEMO);
	const cell = (id: string) => page.locator(`[data-cell="${id}"]`);
	const card = page.getByRole('region', { name: /^Preuves/ });
	for (const id of ['X08.QNZZZ01F', 'X08.QNZZZ02F', 'X08.QNZZZ03F']) {
		await cell(id).click();
		await expect(page).toHaveURL(new RegExp(`case=${id.replace('.', '\\.')}`));
		await expect(card).toBeVisible();
	}
	await page.goBack();
	await expect(card).toHaveCount(0);
	expect(new URL(page.url()).search).toBe('');
	await cell('X08.QNZZZ01F').click();
	await expect(card).toBeVisible();
	await page.goBack();
	await expect(card).toHaveCount(0);
	await page.goBack();
	await expect(page).toHaveURL('/glossaire');
});

test('une lecture filtrée et comparée se lit dans l’adresse, se nomme, et se retrouve', async ({ page }) => {
	await page.goto(DEMO);
	await page.getByRole('combobox', { name: 'Plan', exact: true }).selectOption('contrat-de-ville');
	await expect(page).toHaveURL(`${DEMO}?plan=contrat-de-ville`);
	await expect(page.getByText('Seules comptent les actions')).toBeVisible();
	await page.goto(`${DEMO}?comparer=droit-commun`);
	const cell = page.locator('[data-cell="X08"]');
	await expect(cell.locator('.ecart')).toHaveText(/^[+−]\d+$/);
	await expect(cell).toHaveAttribute('aria-label', /de (plus|moins) que dans l’autre calque/);
	await page.getByText('Vues enregistrées').click();
	await page.getByLabel('Nom de la vue affichée').fill('Sans le droit commun');
	await page.getByLabel('Votre nom').fill('Camille Perrin');
	await page.getByRole('button', { name: 'Enregistrer cette vue' }).click();
	await page.getByText('Vues enregistrées : 1').click();
	await page.getByRole('link', { name: 'Sans le droit commun', exact: true }).click();
	await expect(page).toHaveURL(/comparer=droit-commun/);
	await expect(page.getByText('Écart avec')).toBeVisible();
	const layers = page.getByRole('combobox', { name: 'Comparer avec' });
	await layers.selectOption({ label: 'le 22/11/2026 au soir' });
	await expect(page).toHaveURL(/comparer=date(:|%3A)2026-11-22/);
	await expect(page.getByText(/lexique et règles d’alors ne sont pas gardés/)).toBeVisible();
	// Two past evenings, both in the address; then back to today with the same comparison.
	await page.goto(`${DEMO}?au=2026-11-21&comparer=date:2026-11-20`);
	await expect(page.getByText('Lu au 21/11/2026, au soir')).toBeVisible();
	await expect(page.getByText('le 20/11/2026 au soir').first()).toBeVisible();
	await expect(page.getByRole('link', { name: /^Décider ces/ })).toHaveCount(0);
	await page.getByRole('link', { name: 'Revenir à aujourd’hui' }).click();
	await expect(page).toHaveURL(`${DEMO}?comparer=date%3A2026-11-20`);
	// The gaps of a past evening are read with it, and decided today.
	await page.goto(`${DEMO}?au=2026-11-22`);
	const read = page.getByRole('link', { name: /^Lire les \d+ cas/ }).first();
	await expect(read).not.toContainText('décider');
	await read.click();
	await expect(page).toHaveURL(/lacunes\?au=2026-11-22/);
	await expect(page.getByText('Lu au 22/11/2026, au soir')).toBeVisible();
	await expect(page.locator('#lacunes details[open] li').first()).toBeVisible();
	await expect(page.getByRole('link', { name: /^(Traiter, reporter|Décider ces)/, includeHidden: true })).toHaveCount(
		0
	);
});

test('sans JavaScript, un chiffre du titre ouvre sa liste, et une décision prise sur une lecture filtrée la garde', async ({
	browser,
	baseURL
}) => {
	const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL! });
	const page = await context.newPage();
	await page.goto(DEMO);
	await page
		.getByRole('link', { name: /^Lire les \d+ cas et décider/ })
		.first()
		.click();
	await expect(page.locator('#lacunes details[open] li').nth(1)).toBeAttached();
	await page.goto(`${DEMO}?plan=pcaet`);
	const figure = page.locator('h1 a').first();
	const groupe = (await figure.getAttribute('href'))!.split('#')[1]!;
	const rows = page.locator(`#${groupe}`);
	await expect(rows).toHaveCount(1);
	await page.goto(`${DEMO}/lacunes?regle=G01`);
	const decide = page.locator('#lacunes a', { hasText: 'Traiter, reporter ou écarter' }).first();
	await page.goto((await decide.getAttribute('href'))!.replace('?', `${DEMO}/lacunes?`));
	await expect(page).toHaveURL(/regle=G01.*decider=/);
	await page.getByLabel('Motif').fill('Vu en comité');
	await page.getByLabel('Votre nom').last().fill('Camille Perrin');
	await page.getByRole('button', { name: 'Décider' }).click();
	await expect(page).toHaveURL(/lacunes\?regle=G01&vue=/);
	await expect(page.getByText(/Traitée par Camille Perrin/).first()).toBeAttached();
	await context.close();
});

test('sur papier, la matrice ne sort que des A3, sans lien qui ne mène nulle part ; la fiche d’un quartier tient en peu de pages', async ({
	page
}) => {
	const sheets = async (): Promise<string[]> => {
		const written = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
		return [...written.matchAll(/\/MediaBox\s*\[([^\]]*)\]/g)].map(([, box]) => {
			const [, , width, height] = box!.trim().split(/\s+/).map(Number);
			return `${Math.round(width!)}x${Math.round(height!)}`;
		});
	};
	await page.goto('/territoires/ZZ0000001');
	const matrix = await sheets();
	expect(matrix.length).toBeGreaterThan(1);
	expect(new Set(matrix)).toEqual(new Set(['1191x842']));
	await page.emulateMedia({ media: 'print' });
	const printed = await page.locator('body').innerText();
	expect(printed).not.toMatch(/^Voir |Nommer les référents|Toute la grille\.?$/m);
	await page.emulateMedia({ media: null });
	await page.goto('/territoires/ZZ0000001/QNZZZ06F');
	const quartier = await sheets();
	expect(new Set(quartier)).toEqual(new Set(['595x842']));
	// The 36 gaps, 26 dates and 13 measures of the demonstration.
	expect(quartier.length).toBeLessThanOrEqual(11);
});
