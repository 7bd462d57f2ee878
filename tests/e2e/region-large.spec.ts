import { expect, test } from './own-base';

/* The region holds forty territories: the table alone scrolls, and one still knows which row and which column one reads. */

for (const [name, width, height] of [
	['bureau', 1440, 900],
	['téléphone', 390, 844]
] as const)
	test(`à quarante territoires, la page ne défile pas de côté, les noms restent en vue (${name})`, async ({ page }) => {
		await page.setViewportSize({ width, height });
		// Alive first: a page that comes alive writes its table again.
		await page.goto('/region');
		await page.locator('.rg').evaluate((table: HTMLElement) => {
			table.style.setProperty('--territoires', '40');
			for (const row of table.querySelectorAll('thead tr, tbody tr')) {
				const last = row.lastElementChild!;
				for (let n = 1; n < 40; n++) row.append(last.cloneNode(true));
			}
		});
		// It measures itself anew, as when a window narrows.
		await page.evaluate(() => dispatchEvent(new Event('resize')));
		await expect(page.getByText(/ encore à droite/)).toBeVisible();
		const frame = page.locator('.rgw');
		const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		expect(await overflow()).toBeLessThanOrEqual(0);
		expect(await frame.evaluate((el) => el.scrollWidth > el.clientWidth)).toBe(true);
		const box = (await frame.boundingBox())!;
		await frame.evaluate((el) => el.scrollTo(el.scrollWidth, el.scrollHeight));
		const head = (await page.locator('.rg thead .t').last().boundingBox())!;
		const row = (await page.locator('.rg tbody .nom').last().boundingBox())!;
		expect(Math.abs(head.y - box.y)).toBeLessThan(6);
		expect(row.x - box.x).toBeLessThan(20);
		expect(row.x + row.width).toBeLessThanOrEqual(box.x + box.width);
		expect(await overflow()).toBeLessThanOrEqual(0);
	});
