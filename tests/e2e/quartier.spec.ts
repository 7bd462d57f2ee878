import { expect, test } from './own-base';

/* The page of a quartier, at a desk: what it answers at once, and how its gaps share what they have in common. */

const THERE = '/territoires/ZZ0000001/QNZZZ01F';
const WORDS = (text: string) => text.replace(/\s+/g, ' ').trim();

test.use({ viewport: { width: 1440, height: 900 } });

test('le premier écran porte la phrase, les croisements sans action, qui appeler et quoi demander', async ({
	page
}) => {
	await page.goto(THERE);
	await page.waitForLoadState('networkidle');
	for (const answer of ['h1', '#reponses > div:nth-child(1)', '#reponses .appeler', '#reponses .demande', '.gestes']) {
		const box = (await page.locator(answer).first().boundingBox())!;
		expect([answer, box.y + box.height <= 900]).toEqual([answer, true]);
	}
});

test('les lacunes au même geste tiennent en une carte, une ligne chacune avec son pourquoi et sa décision', async ({
	page
}) => {
	await page.goto(`${THERE}?lacunes=toutes`);
	await page.waitForLoadState('networkidle');
	const said = Number.parseInt(await page.locator('#lacunes h2').innerText(), 10);
	const open = page.locator('#lacunes > .lacunes');
	await expect(open.locator('.lacune')).toHaveCount(said);
	const shared = open.locator('.carte-lacunes', { has: page.locator('.lacune:nth-child(2)') });
	expect(await shared.count()).toBeGreaterThan(0);
	const card = shared.first();
	await expect(card.getByText('Que faire', { exact: true })).toHaveCount(1);
	const lines = card.locator('.lacune');
	for (const line of await lines.all()) {
		await expect(line.getByRole('link', { name: /^Traiter, reporter ou écarter/ })).toHaveCount(1);
		await expect(line.locator('summary').first()).toHaveText(/^Pourquoi/);
	}
	const why = lines.first().locator('details').first();
	await why.locator('summary').first().focus();
	await page.keyboard.press('Enter');
	await expect(why.locator('.faits')).toBeVisible();
});

test('un lien vers une lacune moyenne ouvre la ligne qui la tient', async ({ page }) => {
	await page.goto(`${THERE}?lacunes=toutes`);
	const held = page.locator('#lacunes > .lacunes > li > details:not([open]) .lacune').last();
	await expect(held).toBeHidden();
	const id = (await held.getAttribute('id'))!;
	await page.goto('about:blank');
	await page.goto(`${THERE}?lacunes=toutes#${id}`);
	const gap = page.locator(`[id="${id}"]`);
	await expect(gap).toBeInViewport();
	await expect(gap.locator('.faits').first()).toBeVisible();
});

test('le papier range les lacunes dans l’ordre de l’écran', async ({ page }) => {
	await page.goto(`${THERE}?lacunes=toutes`);
	await page.waitForLoadState('networkidle');
	const gestures = (place: string) =>
		page.locator(place).evaluateAll((all) =>
			all.map((one) => {
				// The figure that says why follows the gesture in its cell.
				const faire = one.cloneNode(true) as Element;
				for (const why of faire.querySelectorAll('.bloc')) why.remove();
				return faire.textContent!.replace(/^\s*Que faire/, '');
			})
		);
	const seen = await page.locator('#lacunes > .lacunes .carte-lacunes').evaluateAll((cards) =>
		cards.map((card) => {
			const faire = card.querySelector('.faire')!.cloneNode(true) as Element;
			for (const aside of faire.querySelectorAll('b, a')) aside.remove();
			return faire.textContent!;
		})
	);
	await page.emulateMedia({ media: 'print' });
	await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
	const written = await gestures('#lacunes table:first-of-type td.faire');
	expect(seen.length).toBeGreaterThan(2);
	expect(written.slice(0, seen.length).map(WORDS)).toEqual(seen.map(WORDS));
});

test('aucun intitulé d’action n’est coupé dans ce qui arrive au quartier', async ({ page }) => {
	await page.goto(THERE);
	const cut = await page.locator('#atteinte .mots, #atteinte .mots span').evaluateAll((all) =>
		all
			.filter((one) => {
				const { overflow, webkitLineClamp } = getComputedStyle(one);
				return overflow === 'hidden' || (webkitLineClamp !== 'none' && webkitLineClamp !== '');
			})
			.map((one) => one.textContent)
	);
	expect(cut).toEqual([]);
});

test('à 1440 pixels, ce qui porte une réponse ne touche pas la lacune d’à côté', async ({ page }) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto(THERE);
	const gaps = await page.locator('#atteinte table.lt tbody tr:has(td.g)').evaluateAll((rows) => {
		const edges = (cell: Element) => {
			const range = document.createRange();
			range.selectNodeContents(cell);
			return [...range.getClientRects()].filter((r) => r.width > 1);
		};
		return rows.map((row) => {
			const [answer, gap] = [edges(row.querySelector('td.g')!), edges(row.querySelector('td.l')!)];
			return Math.min(...gap.map((r) => r.left)) - Math.max(...answer.map((r) => r.right));
		});
	});
	expect(gaps.length).toBeGreaterThan(5);
	expect(Math.min(...gaps)).toBeGreaterThanOrEqual(8);
});

test('la seconde rangée montre des noms courts et dit les noms entiers ; la première et le papier les gardent', async ({
	page
}) => {
	await page.goto(THERE);
	await page.waitForLoadState('networkidle');
	const shown = (all: Element[]) =>
		all.map((a) => ({ seen: (a.querySelector('.court')?.firstChild ?? a).textContent!, said: a.textContent! }));
	const second = await page.locator('.ouverts .noms a').evaluateAll(shown);
	expect(second.length).toBeGreaterThan(0);
	for (const { seen, said } of second) {
		expect([seen, seen.split(' ').length <= 4]).toEqual([seen, true]);
		const whole = WORDS(said).slice(seen.length + 3);
		expect(whole.length).toBeGreaterThan(seen.length);
		const link = page.locator('.ouverts').getByRole('link', { name: whole });
		await expect(link).toHaveCount(1);
		await expect(link.locator('.court')).toHaveAttribute('title', new RegExp(whole.replace(/[ /’]/g, '.')));
	}
	const first = await page.locator('#reponses > div:first-child .noms a').evaluateAll(shown);
	for (const { seen, said } of first) expect(seen).toBe(said);
	await page.emulateMedia({ media: 'print' });
	const name = page.locator('.ouverts .noms a').first();
	await expect(name.locator('.court')).toBeHidden();
	const { width } = (await name.locator('.entier').boundingBox())!;
	expect(width).toBeGreaterThan(60);
});

for (const width of [1440, 390])
	test(`en tête, à ${width} pixels, le territoire fictif et les habitants ne se disent qu’une fois ; sur papier aussi`, async ({
		page
	}) => {
		await page.setViewportSize({ width, height: 900 });
		await page.goto(THERE);
		await page.waitForLoadState('networkidle');
		const fictif = page.getByText('Territoire fictif', { exact: true }).filter({ visible: true });
		const parts = page.locator('.contexte, .contexte + *, .rangee + .faits');
		const top = async () => WORDS((await parts.allInnerTexts()).join(' '));
		await expect(fictif).toHaveCount(1);
		expect((await top()).match(/4 210/g)).toHaveLength(1);
		await page.emulateMedia({ media: 'print' });
		await expect(fictif).toHaveCount(1);
		expect((await top()).match(/4 210/g)).toHaveLength(1);
	});
