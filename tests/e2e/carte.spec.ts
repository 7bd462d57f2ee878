import type { Page } from '@playwright/test';
import { expect, test } from './own-base';
import { ownServer } from './own-server';

/* The map where quartiers press one another, on a server of its own. */

let origin: string;
let stop: (() => void) | undefined;
test.beforeAll(async () => {
	test.setTimeout(180_000);
	({ origin, stop } = await ownServer('carte-serree-base.ts'));
});
test.afterAll(() => stop?.());

interface Box {
	readonly code: string;
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
	readonly numero: boolean;
}
const touch = (a: Box, b: Box) =>
	a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
const pairs = (list: readonly Box[], others: readonly Box[]) =>
	list.flatMap((a) => others.filter((b) => b.code !== a.code && touch(a, b)).map((b) => `${a.code} sur ${b.code}`));

/** Visible marks, and outlines where the drawing is one of its own, as the screen has them. */
const boxes = (page: Page, what: string) =>
	page.locator(what).evaluateAll((elements) =>
		elements
			.filter((element) => getComputedStyle(element).visibility === 'visible')
			.map((element): Box => {
				const { left, top, right, bottom } = element.getBoundingClientRect();
				const { code = '' } = (element as HTMLElement).dataset;
				return { code, left, top, right, bottom, numero: element.classList.contains('sans-nom') };
			})
	);

async function openMap(page: Page, width: number, height = 900): Promise<void> {
	await page.setViewportSize({ width, height });
	await page.goto(`${origin}/territoires/ZZ1000002/carte`);
	await expect(page.locator('.carte')).toHaveAttribute('data-etat', 'prete', { timeout: 60_000 });
	await expect(page.locator('.cartouche .repere').first()).toBeVisible();
}

for (const [ecran, width] of [
	['un écran', 1440],
	['un téléphone', 390]
] as const)
	test(`sur ${ecran}, la zone serrée a son encart : aucun nom n’en couvre un autre, ni le contour d’un autre quartier`, async ({
		page
	}) => {
		await openMap(page, width);
		const inset = page.locator('.cartouche');
		// As many letters on the map as insets beside it, none cut by its edge.
		await expect(inset.first().locator('figcaption')).toHaveText(/A\s+Zoom sur \d+ quartiers/);
		const letters = page.locator('.carte .lettre:visible');
		await expect(letters).toHaveCount(await inset.count());
		const whole = (await page.locator('.carte').boundingBox())!;
		for (const letter of await letters.all()) {
			const { x, y, width: side } = (await letter.boundingBox())!;
			expect(x).toBeGreaterThanOrEqual(whole.x);
			expect(x + side).toBeLessThanOrEqual(whole.x + whole.width);
			expect(y).toBeGreaterThanOrEqual(whole.y);
		}
		const labels = await boxes(page, '.cartouche .repere');
		expect(labels.length).toBeGreaterThan(5);
		for (const [i] of (await inset.all()).entries()) {
			const own = await boxes(page, `.cartouche:nth-child(${i + 1}) .repere`);
			const shapes = await boxes(page, `.cartouche:nth-child(${i + 1}) path.quartier`);
			expect(shapes).toHaveLength(22);
			expect(pairs(own, own)).toEqual([]);
			expect(pairs(own, shapes)).toEqual([]);
		}
		// On the map itself too, names are apart; and every quartier is once on one or the other.
		const outside = await boxes(page, '.carte .repere');
		expect(pairs(outside, outside)).toEqual([]);
		expect(new Set([...labels, ...outside].map(({ code }) => code)).size).toBe(22);
		expect(labels.length + outside.length).toBe(22);
		// A number on the drawing has its name below.
		const numbers = [...labels, ...outside].filter(({ numero }) => numero);
		const keys = page.locator('.vue > .cles li, .cartouche .cles li');
		await expect(keys).toHaveCount(numbers.length);
		for (const mark of await page.locator('.repere.sans-nom:visible').all())
			await expect(mark).toHaveAccessibleName(/[A-Z]\w+/);
		// The inset covers nothing of the map, and nothing goes past the screen.
		const [map, zoom] = [await page.locator('.carte').boundingBox(), await page.locator('.zooms').boundingBox()];
		expect(zoom!.x >= map!.x + map!.width || zoom!.y >= map!.y + map!.height).toBe(true);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
	});

test('à côté d’un encart, la carte ne laisse pas de colonne vide sous elle', async ({ page }) => {
	await openMap(page, 1440);
	const [view, panel] = [await page.locator('.plan .vue').boundingBox(), await page.locator('.volet').boundingBox()];
	const insets = await page.locator('.zooms').boundingBox();
	expect(panel!.y - Math.max(view!.y + view!.height, insets!.y + insets!.height)).toBeLessThan(60);
	expect(panel!.width).toBeGreaterThan(view!.width);
});

test('au téléphone, l’échelle ne touche aucun signe ni la pointe d’aucun quartier', async ({ page }) => {
	await openMap(page, 390);
	const scale = await boxes(page, '.maplibregl-ctrl-scale');
	expect(scale).toHaveLength(1);
	const marks = await boxes(page, '.carte .repere');
	expect(marks.length).toBeGreaterThan(3);
	expect(pairs(marks, scale)).toEqual([]);
	expect(pairs(await boxes(page, '.carte .traits circle'), scale)).toEqual([]);
});

test('dans l’encart comme sur la carte, un quartier se choisit au clavier et à la souris, une seule fois chacun', async ({
	page
}) => {
	await openMap(page, 1440);
	const mark = page.locator('.cartouche .repere').nth(2);
	const code = (await mark.getAttribute('data-code'))!;
	// Its twin on the map waits: nobody passes twice by the same quartier.
	await expect(page.locator(`.carte .repere[data-code="${code}"]`)).toBeHidden();
	await mark.focus();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(new RegExp(`quartier=${code}`));
	await expect(page.locator('.cartouche').first().locator('path.choisi')).toHaveCount(1);
	await expect(page.locator('tr[aria-current=true]')).toContainText(code);
	const other = (await page.locator('.cartouche').first().locator('.repere').last().getAttribute('data-code'))!;
	await page
		.locator('.cartouche')
		.first()
		.locator(`path.quartier[data-code="${other}"]`)
		.click({ position: { x: 4, y: 4 } });
	await expect(page).toHaveURL(new RegExp(`quartier=${other}`));
});

test('sur papier, la carte se lit : contours dessinés, noms écrits, encart et ses noms', async ({ page }) => {
	await openMap(page, 1440);
	await page.emulateMedia({ media: 'print' });
	await page.setViewportSize({ width: 700, height: 1000 });
	await expect(page.locator('.carte')).toBeHidden();
	const shapes = await boxes(page, '.papier-carte path.quartier');
	const labels = await boxes(page, '.papier-carte .repere');
	expect(shapes).toHaveLength(22);
	expect(labels.length).toBeGreaterThan(7);
	expect(Math.max(...shapes.map(({ right }) => right))).toBeLessThan(700);
	expect(pairs(labels, labels)).toEqual([]);
	await expect(page.locator('.papier-carte .cadre').first()).toBeVisible();
	await expect(page.locator('.cartouche .repere').first()).toBeVisible();
});

for (const [ecran, width] of [
	['un écran', 1440],
	['un téléphone', 390]
] as const)
	test(`sous la liste des quartiers, sur ${ecran}, les noms et les encarts trouvent leur place gardée : la page ne saute pas`, async ({
		page
	}) => {
		let held: () => void = () => undefined;
		const later = new Promise<void>((go) => (held = go));
		await page.route('**/contours', (route) => later.then(() => route.continue()));
		await page.setViewportSize({ width, height: 900 });
		await page.goto(`${origin}/territoires/ZZ1000002`);
		await page.locator('#quartiers .carte').scrollIntoViewIfNeeded();
		const tall = async () => (await page.locator('#quartiers').boundingBox())!.height;
		// The page is alive, and its letters are there.
		await expect(page.locator('footer label.attend')).toHaveCount(0);
		await page.evaluate(() => document.fonts.ready.then(() => undefined));
		const before = await tall();
		held();
		await expect(page.locator('.carte')).toHaveAttribute('data-etat', 'prete', { timeout: 60_000 });
		await expect(page.locator('.cartouche .repere').first()).toBeVisible();
		await expect(page.locator('.place')).toBeHidden();
		await expect.poll(async () => Math.abs((await tall()) - before)).toBeLessThan(100);
		if (width < 600) return;
		// Beside the zooms when they leave room: no list hangs under the map, and no zoom is cut.
		const zooms = await page
			.locator('.cartouche')
			.evaluateAll((all) => all.map((e) => e.getBoundingClientRect().toJSON()));
		const plans = await page.locator('.cartouche .dessin').evaluateAll((all) => all.map((e) => e.clientWidth));
		for (const [i, { width: shown }] of zooms.entries()) expect(shown).toBeGreaterThanOrEqual(plans[i]!);
		const keys = await page.locator('.vue > .cles').boundingBox();
		if (keys && zooms.length < 3) {
			expect(keys.x + keys.width).toBeLessThan(zooms[0].x);
			expect(Math.abs(keys.y - zooms[0].y)).toBeLessThan(4);
		}
	});

test('imprimée avant d’avoir été vue, la carte porte ses numéros, et leurs noms entiers dessous', async ({ page }) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto(`${origin}/territoires/ZZ1000002`);
	await expect(page.locator('.carte .repere:visible')).toHaveCount(0);
	// The page is alive: nobody is told of a print before that.
	await expect(page.locator('footer label.attend')).toHaveCount(0);
	await page.emulateMedia({ media: 'print' });
	// As a browser does it: the sheet is laid out as soon as everyone has been told.
	const [numbers, names] = await page.evaluate(() => {
		dispatchEvent(new Event('beforeprint'));
		const shown = (what: string) => [...document.querySelectorAll(what)].filter((e) => e.checkVisibility());
		return ['.esquisse text', '.vue > .cles li a'].map((what) => shown(what).map((e) => e.textContent.trim()));
	});
	const whole = await page.locator('#liste-quartiers th[scope=row] a').allTextContents();
	expect(whole).toHaveLength(22);
	expect(new Set(numbers).size).toBe(22);
	expect(names!.map((name) => name.replace(/^\d+/, '')).sort()).toEqual(whole.map((name) => name.trim()).sort());
	await page.evaluate(() => dispatchEvent(new Event('afterprint')));
	await expect(page.locator('.esquisse text')).toHaveCount(0);
});

test('les périmètres se voient avec la page, avant tout script, à la place même où la carte les dessinera', async ({
	page
}) => {
	let held: () => void = () => undefined;
	const later = new Promise<void>((go) => (held = go));
	await page.route('**/*.js', (route) => later.then(() => route.continue()));
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto(`${origin}/territoires/ZZ1000002/carte`, { waitUntil: 'commit' });
	const sketch = page.locator('.esquisse path.quartier');
	await expect(sketch).toHaveCount(22);
	const drawn = (await sketch.evaluateAll((all) =>
		all.map((path) => {
			const { x, y, width, height } = path.getBoundingClientRect();
			return [x + width / 2, y + height / 2] as const;
		})
	))!;
	expect(await page.locator('.repere:visible').count()).toBe(0);
	held();
	await expect(page.locator('.carte')).toHaveAttribute('data-etat', 'prete', { timeout: 60_000 });
	await expect(sketch).toHaveCount(0);
	// The end of a line is a point inside the quartier it names: a square of the sketch had its middle within its width.
	const map = (await page.locator('.carte .toile').boundingBox())!;
	const ends = await page
		.locator('.carte .traits circle')
		.evaluateAll((all) => all.map((c) => [Number(c.getAttribute('cx')), Number(c.getAttribute('cy'))] as const));
	expect(ends.length).toBeGreaterThan(0);
	for (const [cx, cy] of ends)
		expect(Math.min(...drawn.map(([x, y]) => Math.hypot(x - map.x - cx, y - map.y - cy)))).toBeLessThan(12);
});

test('sur une feuille A3, la lacune la plus grave de vingt-deux quartiers et sa règle s’impriment entières', async ({
	page
}) => {
	const sheet = { width: Math.floor((400 / 25.4) * 96), height: Math.floor((277 / 25.4) * 96) };
	await page.setViewportSize(sheet);
	await page.emulateMedia({ media: 'print' });
	await page.goto(`${origin}/territoires/ZZ1000002`);
	const cells = page.locator('.tx td.lc .pire');
	expect(await cells.count()).toBeGreaterThan(10);
	// The longest words a cell may hold.
	await cells.first().evaluate((cell) => {
		cell.innerHTML = `<span class="sev information"><svg width="14" height="14"></svg> Information</span> <a class="regle">G02</a>`;
	});
	const edges = await page
		.locator('.tx td.lc .pire > *')
		.evaluateAll((all) => all.map((e) => e.getBoundingClientRect().right));
	expect(Math.max(...edges)).toBeLessThanOrEqual(sheet.width);
});
