import { expect, test, type Locator } from '@playwright/test';

/* Pages held in the hand, at 390 pixels, and the same ones on a sheet. */

const DEMO = 'ZZ0000001';
const PHONE = { width: 390, height: 844 };
const box = async (place: Locator) => (await place.boundingBox())!;

test.describe('au téléphone', () => {
	test.use({ viewport: PHONE });

	test('rien de critique ni de haut n’est replié ; ce qui est tenu l’est', async ({ page }) => {
		const grave = page.locator('tr.xr', { has: page.locator('.lc', { hasText: /Critique|Haute/ }) });
		await page.setViewportSize({ width: 1440, height: 900 });
		await page.goto(`/territoires/${DEMO}`);
		const all = await grave.count();
		expect(all).toBeGreaterThan(10);
		await page.setViewportSize(PHONE);
		await page.goto(`/territoires/${DEMO}`);
		await expect(grave).toHaveCount(all);
		for (const row of await grave.all()) await expect(row).toBeVisible();
		// Unfolded, what was folded holds nothing grave.
		const folded = await page.locator('.tx .plier[aria-expanded=false]').count();
		for (let n = 0; n < folded; n++) await page.locator('.tx .plier[aria-expanded=false]').first().click();
		await expect(page.locator('tr.xr')).toHaveCount(20);
		await expect(grave).toHaveCount(all);
	});

	test('une ligne ouverte donne ses quartiers en liste, nom puis réponse, sous son total', async ({ page }) => {
		await page.goto(`/territoires/${DEMO}`);
		const row = page.locator('tr.xr').first();
		const open = row.locator('.tous');
		await expect(async () => {
			if ((await open.getAttribute('aria-expanded')) === 'false') await open.click();
			await expect(row.locator('td.q').first()).toBeVisible({ timeout: 500 });
		}).toPass();
		const total = await box(row.locator('td.t'));
		const cells = await row.locator('td.q').all();
		expect(cells.length).toBeGreaterThan(2);
		let above = total;
		for (const cell of cells) {
			const [line, answer] = [await box(cell), await box(cell.locator('.case'))];
			expect(line.y).toBeGreaterThanOrEqual(above.y + above.height - 1);
			expect(answer.x).toBeGreaterThan(line.x + line.width / 3);
			expect(answer.height).toBeGreaterThanOrEqual(24);
			above = line;
		}
		const words = await row
			.locator('.case')
			.evaluateAll((all) => all.map((e) => getComputedStyle(e, '::after').content));
		for (const word of words) expect(word).toMatch(/structurante|service|sensibilisation|diffuse|aucune|non évaluée/);
	});

	test('sur un import enregistré, rien ne couvre ce qu’on lit ni ce qu’on confirme', async ({ page }) => {
		await page.goto('/imports/1');
		await expect(page.locator('.geste', { hasText: 'Import enregistré' })).toHaveCSS('position', 'static');
		await page.goto('/imports/1/annuler');
		await expect(page.getByRole('button', { name: 'Confirmer l’annulation' })).toBeVisible();
		await expect(page.getByText('Import enregistré.')).toHaveCount(0);
	});

	test('dans la liste des quartiers, aucun chiffre ne sort de sa colonne', async ({ page }) => {
		await page.goto(`/territoires/${DEMO}`);
		const wide = await page
			.locator('#liste-quartiers tbody td')
			.evaluateAll((cells) =>
				cells.flatMap((cell) => (cell.scrollWidth > cell.clientWidth + 1 ? [cell.textContent!.trim()] : []))
			);
		expect(wide).toEqual([]);
	});

	test('fermée, chaque ligne montre la réponse de ses quartiers, d’une forme et en mots', async ({ page }) => {
		await page.goto(`/territoires/${DEMO}`);
		const many = await page.locator('.tx thead th.q').count();
		const strips = page.locator('tr.xr .tous[aria-expanded=false]:visible');
		expect(await strips.count()).toBeGreaterThan(5);
		for (const strip of await strips.all()) {
			const panes = await strip.locator('.bande > .vitree').count();
			if (panes) expect(panes).toBe(many);
			else await expect(strip.locator('.ech.vitree')).toBeVisible();
			await expect(strip).toContainText(panes ? /Par quartier\u00a0: \d+ / : new RegExp(`${many} quartiers\u00a0: `));
		}
		await expect(page.locator('.tx thead .somme .t')).toContainText(/\d+ sur \d+/);
	});

	test('un quartier et ses demandes se lisent en quelques écrans ; un lien vers ce qui est plié l’ouvre', async ({
		page
	}) => {
		const tall = () => page.evaluate(() => document.documentElement.scrollHeight);
		await page.goto(`/territoires/${DEMO}/financement`);
		expect(await tall()).toBeLessThan(5000);
		const quartier = `/territoires/${DEMO}/QNZZZ01F`;
		await page.goto(quartier);
		expect(await tall()).toBeLessThan(6500);
		const portrait = page.locator('#portrait .port li, #portrait dl > div').first();
		await expect(portrait).toBeHidden();
		await page.getByRole('link', { name: 'Portrait', exact: true }).click();
		await expect(portrait).toBeInViewport();
		const others = page.locator('.ouverts .noms a').first();
		await expect(others).toBeHidden();
		await expect(page.locator('.ouverts summary')).toHaveText(/sans réponse structurante/);
		const last = page.locator('#contacts .compte li').last();
		await expect(last).toBeHidden();
		await last.evaluate((li) => {
			li.id = 'ici';
			location.hash = 'ici';
		});
		await expect(last).toBeInViewport();
		// Elsewhere nothing is folded, nor on paper.
		await page.goto(`${quartier}?lacunes=toutes`);
		const folds = page.locator('.pli > summary');
		expect(await folds.count()).toBeGreaterThan(4);
		for (const change of [
			() => page.emulateMedia({ media: 'print' }),
			() => page.setViewportSize({ width: 1440, height: 900 })
		]) {
			await change();
			await expect(folds.locator('visible=true')).toHaveCount(0);
			await expect(portrait).toBeVisible();
			await expect(others).toBeVisible();
			await page.emulateMedia({ media: 'screen' });
		}
	});

	test('la carte se voit au premier écran, sa légende pliée dessous ; aucune classe n’y est vide', async ({ page }) => {
		await page.goto(`/territoires/${DEMO}/carte`);
		const map = await box(page.locator('.plan .carte'));
		expect(map.y + map.height / 2).toBeLessThan(PHONE.height);
		const classes = page.locator('.legende li');
		await expect(classes.first()).toBeHidden();
		const legend = page.locator('.legende summary');
		expect((await box(legend)).y).toBeGreaterThanOrEqual(map.y + map.height - 1);
		await legend.click();
		await expect(classes.first()).toBeVisible();
		for (const one of await classes.all()) await expect(one.getByRole('link')).toHaveText(/^[1-9]/);
		await page.setViewportSize({ width: 1440, height: 900 });
		await page.reload();
		await expect(legend).toBeHidden();
		await expect(classes.first()).toBeVisible();
	});

	test('tout ce qui se touche a 24 pixels au moins, sauf un lien au fil d’une phrase ; le chiffre d’un titre aussi', async ({
		page
	}) => {
		for (const part of ['', '/QNZZZ01F', '/financement', '/recoupements', '/carte']) {
			await page.goto(`/territoires/${DEMO}${part}`);
			const { seen, small } = await page.evaluate(() => {
				const inSentence = (e: Element): boolean => {
					const block = e.closest('p, li, dd, dt, h2, h3, td, th, figcaption, div')!;
					const words = [...block.querySelectorAll('a')].reduce((n, a) => n + a.textContent!.trim().length, 0);
					return getComputedStyle(e).display === 'inline' && block.textContent!.trim().length > words + 3;
				};
				const all = [...document.querySelectorAll('main :is(a[href], button, summary, select)')].filter(
					(e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.vh, [aria-hidden=true]')
				);
				const tight = all.filter((e) => {
					const { width, height } = e.getBoundingClientRect();
					return width > 1 && Math.min(width, height) < 23.9 && (e.closest('h1') !== null || !inSentence(e));
				});
				return {
					seen: all.length,
					small: tight.map((e) => `${e.className} « ${e.textContent!.trim().slice(0, 40)} »`)
				};
			});
			expect(seen, part).toBeGreaterThan(10);
			expect.soft(small, part).toEqual([]);
		}
		// Each action of a pair leads to its cells.
		await page.goto(`/territoires/${DEMO}/recoupements`);
		await expect(page.locator('.paire').first().locator('a.preuve')).toHaveCount(2);
	});

	test('l’argent obtenu se lit sans défiler de côté, chaque montant sous son nom', async ({ page }) => {
		await page.goto('/region/argent');
		const tables = page.locator('main .defil:visible');
		expect(await tables.count()).toBeGreaterThan(2);
		const over = await tables.evaluateAll((all) => all.map((e) => e.scrollWidth - e.clientWidth));
		expect(Math.max(...over)).toBeLessThanOrEqual(1);
	});

	test('une cellule ouverte se ferme sans enregistrer, d’un pouce', async ({ page }) => {
		await page.goto(`/territoires/${DEMO}/actions`);
		await page.locator('tbody th a').first().click();
		await page
			.getByRole('link', { name: /^Modifier/ })
			.first()
			.click();
		const close = page.getByRole('link', { name: 'Fermer sans enregistrer' });
		await expect(close).toBeInViewport({ ratio: 1 });
		expect((await box(close)).height).toBeGreaterThanOrEqual(44);
		await close.click();
		await expect(close).toBeHidden();
	});
});

test('« Autres filtres » s’ouvre sans bouger', async ({ page }) => {
	await page.goto(`/territoires/${DEMO}`);
	const more = page.getByText('Autres filtres, comparer');
	const before = await box(more);
	await more.click();
	await expect(page.getByLabel('Statut')).toBeVisible();
	expect(await box(more)).toEqual(before);
	await more.click();
	await expect(page.getByLabel('Statut')).toBeHidden();
});

test('sur papier, la fiche d’un quartier écrit toutes ses lacunes, d’une traite et sans bouton', async ({ page }) => {
	await page.goto(`/territoires/${DEMO}`);
	await page.goto((await page.locator('#liste-quartiers a').first().getAttribute('href'))!);
	await page.waitForLoadState('networkidle');
	const said = Number.parseInt(await page.locator('#lacunes h2').innerText(), 10);
	await page.emulateMedia({ media: 'print' });
	await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
	// Those that ask the same gesture share a line, which says it once.
	const lines = page.locator('#lacunes table').first();
	expect(await lines.locator('li:visible').count()).toBe(said);
	const gestures = await lines.locator('td:last-child').allInnerTexts();
	expect(new Set(gestures).size).toBeGreaterThan(1);
	expect(gestures.length).toBeLessThanOrEqual(said);
	await expect(page.locator('#lacunes a:visible')).toHaveCount(0);
	await expect(page.locator('details.papier > summary').locator('visible=true')).toHaveCount(0);
	await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
	// 52 gaps, 31 dates and 20 crossings of the demonstration: each on one line.
	const sheets = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
	expect(sheets.length).toBeGreaterThan(1);
	expect(sheets.length).toBeLessThanOrEqual(14);
});
