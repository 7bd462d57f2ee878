import { deflateSync, crc32 } from 'node:zlib';
import type { Page, Route } from '@playwright/test';
import { expect, test } from './own-base';

/* The plan of the IGN under the map: asked of the network only by who wants it. */

const MAP = '/territoires/ZZ0000001/carte';
const TILES = 'https://data.geopf.fr/**';

/** A picture of one colour, 256 pixels wide, as a tile server gives. */
function tile([red, green, blue]: readonly [number, number, number]): Buffer {
	const chunk = (type: string, data: Buffer) => {
		const body = Buffer.concat([Buffer.from(type), data]);
		const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
		size.writeUInt32BE(data.length);
		sum.writeUInt32BE(crc32(body));
		return Buffer.concat([size, body, sum]);
	};
	const head = Buffer.alloc(13);
	head.writeUInt32BE(256, 0);
	head.writeUInt32BE(256, 4);
	head.set([8, 2], 8);
	const line = Buffer.concat([Buffer.from([0]), Buffer.from(Array(256).fill([red, green, blue]).flat())]);
	return Buffer.concat([
		Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
		chunk('IHDR', head),
		chunk('IDAT', deflateSync(Buffer.concat(Array(256).fill(line)))),
		chunk('IEND', Buffer.alloc(0))
	]);
}

/** Part of the drawing that is plainly green, from 0 to 1. */
async function green(page: Page): Promise<number> {
	const picture = (await page.locator('.carte').screenshot()).toString('base64');
	return page.evaluate(async (base64) => {
		const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
		const pen = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
		pen.drawImage(image, 0, 0);
		const { data } = pen.getImageData(0, 0, image.width, image.height);
		let n = 0;
		for (let i = 0; i < data.length; i += 4) if (data[i + 1]! > data[i]! + 60 && data[i + 1]! > data[i + 2]! + 60) n++;
		return (4 * n) / data.length;
	}, picture);
}

async function openMap(page: Page, answer: (route: Route) => Promise<void>) {
	const asked: URL[] = [];
	const faults: string[] = [];
	page.on('pageerror', (error) => faults.push(error.message));
	await page.route(TILES, async (route) => {
		asked.push(new URL(route.request().url()));
		await answer(route);
	});
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto(MAP);
	await expect(page.locator('.carte')).toHaveAttribute('data-etat', 'prete', { timeout: 60_000 });
	return { asked, faults };
}
const on = (page: Page) => page.getByRole('link', { name: /^Afficher le fond IGN/ });
const off = (page: Page) => page.getByRole('link', { name: 'Retirer le fond IGN' });

test('le fond IGN se demande, se dessine, dit son auteur, reste dans l’adresse et se retire', async ({ page }) => {
	const { asked, faults } = await openMap(page, (route) =>
		route.fulfill({
			body: tile([0, 200, 0]),
			contentType: 'image/png',
			headers: { 'access-control-allow-origin': '*' }
		})
	);
	// Nothing is asked of the network before somebody wants it.
	expect(asked).toEqual([]);
	expect(await green(page)).toBeLessThan(0.01);
	await on(page).focus();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/fond=ign/);
	await expect.poll(() => green(page), { timeout: 30_000 }).toBeGreaterThan(0.6);
	expect(asked[0]!.searchParams.get('LAYER')).toBe('GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2');
	for (const url of asked) expect(url.search).toMatch(/TILEMATRIX=\d+&TILEROW=\d+&TILECOL=\d+/);
	await expect(page.locator('.carte')).toContainText('© IGN');
	await expect(page.locator('.carte .message')).toHaveCount(0);
	// Quartiers and their names stay over it.
	await expect(page.locator('.carte .repere:visible')).toHaveCount(7);
	// Kept through the choice of a quartier, of a theme, and a page asked for again.
	await page.locator('.carte .repere').filter({ hasText: 'La Gare' }).click();
	await expect(page).toHaveURL(/fond=ign.*quartier=QNZZZ02F|quartier=QNZZZ02F.*fond=ign/);
	await page.getByLabel('Colorer par').selectOption('reponse.X05');
	await expect(page).toHaveURL(/par=reponse\.X05/);
	expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
		fond: 'ign',
		quartier: 'QNZZZ02F',
		par: 'reponse.X05'
	});
	await page.reload();
	await expect.poll(() => green(page), { timeout: 60_000 }).toBeGreaterThan(0.6);
	await off(page).click();
	await expect(page).not.toHaveURL(/fond=/);
	await expect.poll(() => green(page)).toBeLessThan(0.05);
	await expect(page.locator('.carte')).not.toContainText('© IGN');
	expect(faults).toEqual([]);
});

for (const [panne, answer] of [
	['ne répond pas', (route: Route) => route.abort()],
	['n’a pas ce plan', (route: Route) => route.fulfill({ status: 404 })]
] as const)
	test(`quand le serveur de l’IGN ${panne}, une phrase le dit et la carte reste utilisable`, async ({ page }) => {
		const { asked, faults } = await openMap(page, answer);
		await on(page).click();
		await expect(page.locator('.carte .message')).toHaveText(
			'Le fond IGN n’a pas pu être chargé. La carte se lit sans lui.'
		);
		expect(asked.length).toBeGreaterThan(0);
		await expect(page.locator('.carte')).not.toContainText('© IGN');
		await expect(page.locator('.carte')).toHaveAttribute('data-etat', 'prete');
		await page.locator('.carte .repere').filter({ hasText: 'La Gare' }).click();
		await expect(page.getByRole('heading', { name: 'La Gare' })).toBeVisible();
		await page.getByRole('button', { name: 'Zoomer', exact: true }).click();
		await off(page).click();
		await expect(page.locator('.carte .message')).toHaveCount(0);
		await expect(page).not.toHaveURL(/fond=/);
		expect(faults).toEqual([]);
	});
