import { gzipSync } from 'node:zlib';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from './own-base';
import { seenByAxe } from './seen-by-axe';

const DEMO = '/territoires/ZZ0000001';

test('au clavier : « / » cherche et mène à l’action, « i » explique, « ? » dit les touches', async ({ page }) => {
	await page.goto(`${DEMO}/a-faire?file=completer`);
	await page.keyboard.press('/');
	await page.keyboard.type('renovaton ecole');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/recherche\?.*q=renovaton/);
	await expect(page.getByText(/Lu comme/)).toBeVisible();
	await page.getByRole('searchbox').focus();
	await page.keyboard.press('ArrowDown');
	await expect(page.locator(':focus mark').first()).toHaveText(/rénovation|école/i);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/actions\/[^/]+$/);
	await expect(page.getByRole('heading', { name: 'Ce que dit l’action' })).toBeVisible();

	await page.goto(DEMO);
	await page.locator('[data-cell]').first().focus();
	await page.keyboard.press('i');
	await expect(page.locator('details.why[open] > summary')).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(page.locator('[data-cell]').first()).toBeFocused();
	await expect(page.locator('details.why[open]')).toHaveCount(0);

	await page.keyboard.press('?');
	const keys = page.getByRole('dialog', { name: 'Raccourcis clavier' });
	await expect(keys).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(keys).toBeHidden();
});

test('à faire, au clavier : O confirme la ligne, U la ramène ; une lettre tapée dans un champ reste une lettre', async ({
	page
}) => {
	await page.goto(`${DEMO}/a-faire?file=confirmer`);
	const title = page.locator('#t-file');
	const lines = page.locator('[data-ligne]');
	const [before, one] = [await title.innerText(), await lines.first().getByRole('heading').innerText()];
	const name = page.getByLabel('Votre nom, pour signer');
	await name.focus();
	await name.fill('');
	// Without a name nothing is kept: the key leads to it, and says why.
	await page.keyboard.press('Tab');
	await page.keyboard.press('o');
	await expect(name).toBeFocused();
	await expect(name).toHaveAccessibleDescription(/Rien n’est gardé sans nom/);
	await page.keyboard.type('Noé O. Uhry');
	await expect(page.getByText('Rien n’est gardé sans nom')).toHaveCount(0);
	await expect(title).toHaveText(before);
	await page.keyboard.press('Tab');
	await page.keyboard.press('o');
	await expect(title).not.toHaveText(before);
	await expect(page.getByText(/Gardé, signé Noé O. Uhry/)).toBeVisible();
	await expect(lines.first()).toBeFocused();
	await page.keyboard.press('u');
	await expect(title).toHaveText(before);
	await expect(lines.first().getByRole('heading')).toHaveText(one);
	// A refusal one gives up: nothing is written, and one is back on the line.
	await page.keyboard.press('n');
	await expect(page.getByLabel(/Pourquoi non/)).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(page.getByLabel(/Pourquoi non/)).toHaveCount(0);
	await expect(lines.first()).toBeFocused();
});

test('sans JavaScript : chercher, confirmer, annuler, choisir son territoire', async ({ browser, baseURL }) => {
	const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL! });
	const page = await context.newPage();
	await page.goto('/');
	await page.getByRole('searchbox', { name: /^Chercher/ }).fill('qpv');
	await page.getByRole('searchbox', { name: /^Chercher/ }).press('Enter');
	await expect(page.getByRole('link', { name: /Quartier prioritaire de la politique de la ville/ })).toBeVisible();

	await page.goto(`${DEMO}/a-faire?file=confirmer`);
	await page.getByLabel('Votre nom, pour signer').fill('Claire Denoyelle');
	await page.getByRole('button', { name: 'Retenir' }).click();
	await page.getByRole('button', { name: /^Oui/ }).first().click();
	await expect(page.getByText(/Gardé, signé Claire Denoyelle/)).toBeVisible();
	await page.getByRole('button', { name: 'Annuler ce geste' }).click();
	await expect(page.getByText(/Geste annulé/)).toBeVisible();

	await page.goto('/demarrer');
	await page.getByLabel(/Commune, intercommunalité/).fill('valenciennes');
	await page.getByLabel(/Commune, intercommunalité/).press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('CA Valenciennes Métropole');
	await context.close();
});

test('en contraste renforcé, clair ou sombre, aucun texte ne se perd', async ({ page }) => {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, contrast: 'more' });
		for (const path of [DEMO, `${DEMO}?densite=projecteur`, `${DEMO}/a-faire`, '/']) {
			await page.goto(path);
			await seenByAxe(page, `${path}, ${colorScheme}`, ['color-contrast']);
		}
	}
});

/** Compressed JavaScript a page loads by itself: what its last script starts, its nodes, and all they import. */
const BUDGET = 120_000;

function scriptsOf(html: string): Set<string> {
	const root = 'build/client/_app/immutable';
	const nodes = readdirSync(join(root, 'nodes')).filter((f) => f.endsWith('.js'));
	const ids = /node_ids: \[([\d, ]+)\]/.exec(html)![1]!.split(', ');
	const asked = [
		...[...html.matchAll(/_app\/immutable\/([\w./-]+?\.js)/g)].map((m) => join(root, m[1]!)),
		...ids.map((id) =>
			join(
				root,
				'nodes',
				nodes.find((f) => f.startsWith(`${id}.`))!
			)
		)
	];
	const files = new Set<string>();
	for (let file = asked.pop(); file; file = asked.pop()) {
		if (files.has(file)) continue;
		files.add(file);
		const imports = readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g);
		for (const [, path] of imports) asked.push(join(dirname(file), path!));
	}
	return files;
}

test('le JavaScript d’une première page sans carte tient en 120 ko compressés', async ({ request }) => {
	for (const path of [
		'/',
		`${DEMO}/a-faire`,
		`${DEMO}/recoupements`,
		`${DEMO}/financement`,
		'/recherche?q=velo',
		'/glossaire',
		'/apporter',
		'/imports',
		DEMO,
		`${DEMO}/QNZZZ01F`
	]) {
		const files = scriptsOf(await (await request.get(path)).text());
		const sizes = [...files].map((file) => gzipSync(readFileSync(file), { level: 6 }).length);
		expect(files.size, path).toBeGreaterThan(3);
		expect
			.soft(
				sizes.reduce((sum, n) => sum + n, 0),
				path
			)
			.toBeLessThan(BUDGET);
	}
});

test('une grille répond au clavier avant tout autre script : flèches, Fin, un seul arrêt, Entrée, Échap', async ({
	page,
	request
}) => {
	// Its scripts wait for the first paint: what writes the page may change its words without a fault being seen.
	expect(await (await request.get(DEMO)).text()).toContain('(seen) => (requestAnimationFrame(');
	await page.route('**/*.js', (route) => route.abort());
	await page.goto(DEMO, { waitUntil: 'load' });
	const grid = page.getByRole('grid', { name: 'Croisements attendus par quartier' });
	await expect(grid.locator('[tabindex="0"]')).toHaveCount(1);
	const cell = grid.locator('[data-cell="X08.QNZZZ01F"]');
	await cell.focus();
	await expect(cell).toHaveAccessibleName(/^Protéger la santé pendant les fortes chaleurs, Les Hauts-Prés/);
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('End');
	await page.keyboard.press('ArrowLeft');
	await page.keyboard.press('ArrowUp');
	await expect(grid.locator('[data-cell^="X08."]:focus')).toHaveCount(1);
	await expect(grid.locator('[tabindex="0"]')).toHaveCount(1);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/case=X08/);
	await expect(page.getByRole('region', { name: /^Preuves/ })).toBeFocused();
	const opened = await page.evaluate(() => new URL(location.href).searchParams.get('case'));
	await page.keyboard.press('Escape');
	await expect(page).not.toHaveURL(/case=/);
	await expect(grid.locator(':focus')).toHaveAttribute('data-cell', opened!);
	await page.keyboard.press('ArrowRight');
	await expect(grid.locator(`:focus:not([data-cell="${opened}"])`)).toHaveCount(1);
	// One comes back once: a page asked for again puts nobody anywhere.
	await page.reload({ waitUntil: 'load' });
	await expect(grid.locator(':focus')).toHaveCount(0);
	await expect(grid).toBeVisible();
});

test('aucun bloc ne bouge quand les polices arrivent après la page', async ({ page }) => {
	await page.route('**/*.woff2', async (route) => {
		await new Promise((later) => setTimeout(later, 1200));
		await route.continue();
	});
	await page.addInitScript(() => {
		const all = window as unknown as { moved: number };
		all.moved = 0;
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) all.moved += (entry as PerformanceEntry & { value: number }).value;
		}).observe({ type: 'layout-shift', buffered: true });
	});
	const pages: [path: string, most: number][] = [
		[DEMO, 0.02],
		[`${DEMO}/classement`, 0.02],
		[`${DEMO}/QNZZZ01F`, 0.02]
	];
	for (const [path, most] of pages) {
		await page.goto(path);
		await page.evaluate(() => document.fonts.ready);
		await page.waitForFunction(() => document.fonts.check('16px "Source Sans 3 Variable"'));
		await page.waitForTimeout(200);
		expect.soft(await page.evaluate(() => (window as unknown as { moved: number }).moved), path).toBeLessThan(most);
	}
});

test('arrivé droit aux quartiers, on lit leur tableau ; la carte et ses zooms se dessinent après lui sans le déplacer', async ({
	page
}) => {
	await page.goto(`${DEMO}#quartiers`);
	const table = page.locator('#quartiers table');
	const before = await table.boundingBox();
	await expect(page.locator('#quartiers .carte')).toHaveAttribute('data-etat', /prete|impossible/, { timeout: 60_000 });
	expect(await table.boundingBox()).toEqual(before);
	// Under its list, or beside it where there is room.
	const map = (await page.locator('#quartiers .carte').boundingBox())!;
	expect(Math.max(map.y - before!.y - before!.height, map.x - before!.x - before!.width)).toBeGreaterThan(0);
});

test('au téléphone, « Et si » dit ce que l’essai change avant la liste, et sa barre ne couvre pas la case atteinte', async ({
	page
}) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto(`${DEMO}/QNZZZ01F/et-si?cibler=A1-a4254bec7e3d3c09`);
	const said = page.locator('#effet');
	await expect(said).toContainText(/lacunes? se fermerai/);
	expect((await said.boundingBox())!.y).toBeLessThan((await page.locator('form li').first().boundingBox())!.y);
	const boxes = page.locator('form li:visible input');
	const bar = page.locator('.boutons');
	await expect(bar).not.toBeInViewport();
	await boxes.first().click();
	await expect(bar).toBeInViewport();
	for (let n = 1; n < Math.min(8, await boxes.count()); n++) {
		await boxes.nth(n - 1).focus();
		await page.keyboard.press('Tab');
		while (!(await boxes.nth(n).evaluate((box) => box === document.activeElement))) await page.keyboard.press('Tab');
		const [box, low] = [(await boxes.nth(n).boundingBox())!, (await bar.boundingBox())!];
		expect(box.y + box.height <= low.y || box.y >= low.y + low.height, `case ${n + 1}`).toBe(true);
	}
});
