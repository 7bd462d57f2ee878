import { expect, test, type APIRequestContext } from '@playwright/test';
import { inWords } from '../../src/lib/domain/french';

/* Every figure of the matrix is a door: what it opens holds exactly as much. */

const DEMO = '/territoires/ZZ0000001';
test.use({ javaScriptEnabled: false, viewport: { width: 1440, height: 900 } });

const written = (text: string): number => Number(text.replace(/[^\d]/g, ''));
const textOf = async (request: APIRequestContext, path: string): Promise<string> =>
	(await (await request.get(path)).text()).replace(/<!--.*?-->/gs, '').replace(/&nbsp;|\u00a0|\u202f/g, ' ');

/** « 9 actions sur 151 … », or « 151 actions … »: how many the table of actions opens with. */
async function listed(request: APIRequestContext, path: string): Promise<number> {
	const title = /<h1[^>]*>\s*([^<]*)/.exec(await textOf(request, path))![1]!;
	return /^aucune/i.test(title) ? 0 : Number(/^(\d[\d ]*)/.exec(title)![1]!.replace(/ /g, ''));
}

for (const [name, address] of [
	['les vingt croisements', DEMO],
	['toute la grille', `${DEMO}?lignes=transition&colonnes=ville`],
	['une grille filtrée', `${DEMO}?lignes=plan&colonnes=nature&statut=en-cours`]
] as const)
	test(`chaque chiffre de la grille, totaux compris, ouvre autant d’actions : ${name}`, async ({ page, request }) => {
		test.setTimeout(240_000);
		await page.goto(address);
		const figures = await page.locator('[role=grid] a[data-cell][href*="case="]').evaluateAll((all) =>
			all.map((a) => ({
				href: (a as HTMLAnchorElement).href,
				said: a.textContent!.trim(),
				name: a.getAttribute('aria-label')
			}))
		);
		expect(figures.length).toBeGreaterThan(15);
		expect(new Set(figures.map((f) => f.href)).size).toBe(figures.length);
		const faults: string[] = [];
		let doors = 0;
		for (const { href, said, name } of figures) {
			const card = await textOf(request, href);
			const door = /href="([^"]*\/actions\?case=(?!hors)[^"]*)"/.exec(card)?.[1]?.replace(/&amp;/g, '&');
			if (!/id="preuves"/.test(card)) faults.push(`${name ?? href} : n’ouvre rien`);
			else if (!/^\d/.test(said)) continue;
			else if (written(said) === 0 && door) faults.push(`${name ?? href} : zéro, et une porte`);
			else if (written(said) > 0) {
				const there = door ? await listed(request, door) : -1;
				doors++;
				if (there !== Number(/^\d+/.exec(said)![0])) faults.push(`${name ?? href} : ${said} ici, ${there} là`);
			}
		}
		expect(faults).toEqual([]);
		expect(doors).toBeGreaterThan(5);

		const outside = page.locator('.note.hors');
		for (const door of await outside
			.getByRole('link')
			.evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href)))
			expect(await listed(request, door)).toBe(written((await outside.textContent())!.split('action')[0]!));
	});

test('chaque chiffre de la phrase, de l’en-tête et des quartiers ouvre la liste de ce qu’il compte', async ({
	page,
	request
}) => {
	test.setTimeout(120_000);
	await page.goto(DEMO);
	const linksIn = (place: string) =>
		page
			.locator(place)
			.evaluateAll((all) => all.map((a) => ({ href: (a as HTMLAnchorElement).href, said: a.textContent!.trim() })));
	/** As many as a text says, in figures or in letters. */
	const says = (text: string, n: number) =>
		[String(n), inWords(n), inWords(n, true)].some((one) => text.toLowerCase().startsWith(one));

	let told = 0;
	for (const { href, said } of await linksIn('h1 a, .chapo a')) {
		const place = href.split('#')[1]!;
		const n = place.startsWith('groupe-')
			? await page.locator(`#${place} tr.xr`).count()
			: place === 'matrice'
				? await page.locator('tr.xr').count()
				: null;
		if (n === null) continue;
		told++;
		expect([said, says(said, n)]).toEqual([said, true]);
	}
	expect(told).toBeGreaterThan(2);

	const head = await linksIn('.date a');
	const documents = head.find((a) => a.href.endsWith('#plans'))!;
	expect(written(documents.said)).toBe(await page.locator('#plans tbody tr').count());
	const actions = head.find((a) => a.href.endsWith('/actions'))!;
	expect(written(actions.said)).toBe(await listed(request, actions.href));

	const findings = await page.locator('#lacunes h2').textContent();
	const listedGaps = /id="lacunes".*?<table(.*?)<\/table>/s.exec(await textOf(request, `${DEMO}/lacunes`))![1]!;
	expect(Number(/en\s(\d+)\sligne/.exec(findings!)![1])).toBe(
		/<tbody(.*)/s.exec(listedGaps)![1]!.split('<tr').length - 1
	);

	/** First figure of the title of a part of a page. */
	const titled = async (href: string): Promise<number> => {
		const [path, part] = href.split('#');
		const said = new RegExp(`id="${part}".*?<h2[^>]*>\\s*(\\d+)`, 's').exec(await textOf(request, path!));
		return said ? Number(said[1]) : -1;
	};
	const sans = await linksIn('tr.somme a[href*="croisements="]');
	expect(sans.length).toBe(await page.locator('#liste-quartiers tbody tr').count());
	for (const { href, said } of sans) expect([href, await titled(href)]).toEqual([href, Number(/^\d+/.exec(said)![0])]);
	// A row of the list opens its quartier, which says the same.
	const rows = await page.locator('#liste-quartiers tbody tr').evaluateAll((all) =>
		all.map((row) => ({
			href: row.querySelector('a')!.href,
			figures: [...row.querySelectorAll('td')].slice(-2).map((cell) => Number.parseInt(cell.textContent!, 10))
		}))
	);
	for (const { href, figures } of rows) {
		const there = [await titled(`${href}#lacunes`), await titled(`${href}?croisements=structurante#croisements`)];
		expect([href, ...there]).toEqual([href, ...figures]);
	}
});
