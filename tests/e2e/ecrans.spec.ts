import { expect, test } from '@playwright/test';

/* The key screens, kept as pictures: those the README shows. After a change one has looked at: npm run ecrans. */

const DEMO = '/territoires/ZZ0000001';
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

const SCREENS = [
	['matrice', DEMO, WIDE, 'light'],
	['preuve', `${DEMO}?case=X04.QNZZZ01F#preuves`, WIDE, 'light'],
	['grille', `${DEMO}?lignes=quartier&colonnes=transition`, WIDE, 'light'],
	['quartier', `${DEMO}/QNZZZ01F`, WIDE, 'light'],
	['quartier-sombre', `${DEMO}/QNZZZ01F`, WIDE, 'dark'],
	['actions', `${DEMO}/actions`, WIDE, 'light'],
	['a-faire', `${DEMO}/a-faire`, WIDE, 'light'],
	['region', '/region', WIDE, 'light'],
	['matrice-telephone', DEMO, PHONE, 'light'],
	['quartier-telephone', `${DEMO}/QNZZZ01F`, PHONE, 'light']
] as const;

test('les écrans clés gardent leur visage', async ({ page }) => {
	test.setTimeout(240_000);
	for (const [name, path, size, colorScheme] of SCREENS) {
		await page.setViewportSize(size);
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.goto(path);
		await page.evaluate(() => document.fonts.ready);
		// Letters may be drawn a hair apart from one browser to the next; a line that moves is seen.
		await expect.soft(page).toHaveScreenshot(`${name}.png`, { maxDiffPixelRatio: 0.02, animations: 'disabled' });
	}
});
