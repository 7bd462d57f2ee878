import { expect, test } from './own-base';

const DEMO = '/territoires/ZZ0000001';

const LISTS = [
	{ page: 'la matrice', path: DEMO, liste: 'Plan', nom: 'plan' },
	{ page: 'le tableau des actions', path: `${DEMO}/actions`, liste: 'Plan', nom: 'plan' },
	{ page: 'la carte', path: `${DEMO}/carte`, liste: 'Colorer par', nom: 'par' }
];

for (const { page: where, path, liste, nom } of LISTS)
	test(`au clavier, descendre une liste de filtres n’envoie rien avant Entrée : ${where}`, async ({ page }) => {
		await page.goto(path);
		const select = page.getByRole('combobox', { name: liste, exact: true });
		await select.focus();
		const asked: string[] = [];
		page.on('request', (r) => {
			if (r.url().includes(`${nom}=`)) asked.push(r.url());
		});
		const values = await select.evaluate((s: HTMLSelectElement) => [...s.options].map((o) => o.value));
		const first = await select.inputValue();
		const at = values.indexOf(first);
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('ArrowDown');
		await expect(select).toHaveValue(values[at + 2]!);
		await expect(page.getByRole('status').filter({ hasText: 'Entrée pour appliquer' })).toBeVisible();
		// Escape takes it back, and nothing was sent.
		await page.keyboard.press('Escape');
		await expect(select).toHaveValue(first);
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('ArrowDown');
		await page.waitForTimeout(500);
		expect(asked).toEqual([]);
		expect(new URL(page.url()).search).toBe('');
		await page.keyboard.press('Enter');
		await expect.poll(() => new URL(page.url()).searchParams.get(nom)).toBe(values[at + 2]);
		await expect(select).toBeFocused();
		await expect(page.getByText('Entrée pour appliquer')).toHaveCount(0);
		// Leaving the list is choosing too.
		await page.keyboard.press('ArrowUp');
		await page.keyboard.press('Tab');
		await expect.poll(() => new URL(page.url()).searchParams.get(nom)).toBe(values[at + 1]);
		// A mouse, or a list that is opened, chooses at once.
		await select.selectOption(values[at + 2]!);
		await expect.poll(() => new URL(page.url()).searchParams.get(nom)).toBe(values[at + 2]);
	});
