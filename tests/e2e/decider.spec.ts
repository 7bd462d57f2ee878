import type { Locator } from '@playwright/test';
import { expect, test } from './own-base';

const DEMO = '/territoires/ZZ0000001';

test('au clavier : confirmer une proposition, signer un croisement, reporter une lacune sans quartier, la rouvrir', async ({
	page
}) => {
	const press = async (target: Locator, key: string) => {
		await target.focus();
		await page.keyboard.press(key);
	};
	const type = async (label: Locator, words: string) => {
		await label.focus();
		await page.keyboard.type(words);
	};

	await page.goto(`${DEMO}/classement?confiance=evidente`);
	await type(page.getByLabel('Votre nom'), 'Nadia Perrault');
	await press(page.locator('input[name=choix]').first(), 'Space');
	await press(page.getByRole('button', { name: 'Confirmer les cochées' }), 'Enter');
	await expect(page.getByText(/1.décision gardée/)).toBeVisible();

	await page.goto(`${DEMO}/QNZZZ01F`);
	await press(page.getByText(/^20.croisements à signer$/), 'Enter');
	await press(page.getByRole('link', { name: /^Signer X01/ }), 'Enter');
	await expect(page).toHaveURL(/signer=X01/);
	await press(page.getByRole('button', { name: /^Signer ?, référent transition/ }), 'Enter');
	await expect(page.getByText(/Signé par Nadia Perrault/).first()).toBeVisible();

	await page.goto(`${DEMO}/lacunes`);
	const lots = page.getByRole('link', { name: /^Décider ces \d+ ensemble/ });
	const before = await lots.count();
	expect(before).toBeGreaterThan(1);
	const row = page.getByRole('row').filter({ hasText: 'Part du fonds vers les quartiers sous la cible' }).first();
	await press(row.locator('summary'), 'Enter');
	await press(row.getByRole('link', { name: /^Traiter, reporter ou écarter/ }), 'Enter');
	// The link is gone: the form it opened holds the focus.
	await expect(row.getByRole('radio', { name: /^Traitée/ })).toBeFocused();
	await page.keyboard.press('ArrowDown');
	await expect(row.getByRole('radio', { name: /^Reportée/ })).toBeChecked();
	await row.getByLabel(/^Date de retour/).fill('2027-03-01');
	await type(row.getByLabel('Motif'), 'Après la programmation');
	await expect(row.getByLabel('Votre nom')).toHaveValue('Nadia Perrault');
	await press(row.getByRole('button', { name: 'Décider' }), 'Enter');
	await expect(row.getByText(/Reportée au 01\/03\/2027 par Nadia Perrault/)).toBeVisible();
	await expect(row.getByRole('link', { name: /^Rouvrir/ })).toBeFocused();
	await expect(page.getByRole('status').filter({ hasText: 'Décision gardée' })).toContainText('Nadia Perrault');

	await press(row.getByRole('link', { name: /^Rouvrir/ }), 'Enter');
	await expect(row.getByLabel('Votre nom')).toBeFocused();
	await press(row.getByRole('button', { name: 'Rouvrir la lacune' }), 'Enter');
	// Folded or not, the line offers to decide again, and no longer says it was postponed.
	const again = { name: /^Traiter, reporter ou écarter/, includeHidden: true };
	await expect(row.getByRole('link', again)).toHaveCount(1);
	await expect(row.getByText(/Reportée au 01\/03\/2027/)).toHaveCount(0);

	// A whole rule in one gesture: one is left out, the others come back together.
	await press(lots.first(), 'Enter');
	const panel = page.locator('#ensemble');
	await expect(panel.getByRole('checkbox').first()).toBeChecked();
	const ticked = await panel.getByRole('checkbox', { checked: true }).count();
	await press(panel.getByRole('checkbox', { checked: true }).first(), 'Space');
	await type(panel.getByLabel('Motif'), 'Vu en comité technique');
	await press(panel.getByRole('button', { name: 'Décider celles qui sont cochées' }), 'Enter');
	await expect(page.locator('#fait')).toContainText(new RegExp(`${ticked - 1}.décisions? gardée`));
	// No page was loaded again: one is where the answer is said.
	await expect(page.locator('#fait')).toBeFocused();
	await press(page.getByRole('button', { name: 'Annuler ce geste' }), 'Enter');
	await expect(page.locator('#fait')).toHaveCount(0);
	await expect(lots).toHaveCount(before);
});
