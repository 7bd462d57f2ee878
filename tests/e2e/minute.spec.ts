import { expect, test, type Locator } from '@playwright/test';

/* A newcomer who types the name of a quartier reads each of three answers within a minute, all that stands before it read too. */

const A_MINUTE = 60;
const WORDS_PER_SECOND = 230 / 60;
/** To type a few letters, and to choose a line; to open a fold. */
const TYPED = 4;
const CHOSEN = 2;

/** Words one sees before that element, in the order of the page. */
const wordsBefore = (stop: Locator): Promise<number> =>
	stop.evaluate((end) => {
		const words = (text: string) => text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
		const seen = (e: Element): boolean => {
			const box = e.getBoundingClientRect();
			if (box.width < 2 || box.height < 2 || box.bottom + scrollY < 0) return false;
			return e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
		};
		const hidden = (e: Element | null): boolean =>
			e !== null && (getComputedStyle(e).clipPath.includes('inset(50%)') || hidden(e.parentElement));
		let sum = 0;
		const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let text = texts.nextNode(); text; text = texts.nextNode()) {
			if (end.contains(text) || end.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING) break;
			const around = text.parentElement!;
			if (!['SCRIPT', 'STYLE', 'OPTION', 'NOSCRIPT'].includes(around.tagName) && seen(around) && !hidden(around))
				sum += words(text.textContent ?? '');
		}
		return sum;
	});

for (const width of [1440, 390])
	test(`par le champ de l’accueil, chaque réponse se lit en une minute, à ${width} px`, async ({ page }) => {
		await page.setViewportSize({ width, height: 900 });
		await page.goto('/', { waitUntil: 'networkidle' });
		const place = page.getByRole('combobox', { name: 'Commune ou quartier' });
		let before = await wordsBefore(place);
		await place.fill('hauts');
		const line = page.getByRole('option', { name: /Les Hauts-Prés/ }).first();
		await expect(line).toBeVisible();
		before += (await line.innerText()).split(/\s+/).length;
		await line.click();
		await expect(page).toHaveURL(/\/QNZZZ01F$/);
		await page.waitForLoadState('networkidle');

		const first = page.locator('#reponses');
		const lasts = async (end: Locator, opened = 0) =>
			Math.round((before + (await wordsBefore(end))) / WORDS_PER_SECOND + TYPED + CHOSEN + opened);
		const aim = first.getByRole('heading', { name: 'À flécher d’abord' });
		const ask = first.getByRole('heading', { name: 'À demander d’abord' });
		const pairs = first.getByRole('heading', { name: /recoupement/i });
		expect.soft(await lasts(ask), 'quelle action flécher, qui appeler').toBeLessThanOrEqual(A_MINUTE);
		expect.soft(await lasts(pairs), 'quel financement, ce qui manque').toBeLessThanOrEqual(A_MINUTE);
		const fold = first.locator('summary:visible').filter({ hasText: 'sans réponse structurante' });
		const folded = (await fold.count()) > 0;
		if (folded) await fold.first().click();
		const unanswered = await wordsBefore(aim);
		expect(unanswered).toBeGreaterThan(50);
		expect.soft(await lasts(aim, folded ? CHOSEN : 0), 'enjeux sans réponse').toBeLessThanOrEqual(A_MINUTE);
	});
