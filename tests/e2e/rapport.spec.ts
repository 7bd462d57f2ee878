import { read } from '@e965/xlsx';
import { readFileSync } from 'node:fs';
import { expect, test } from './own-base';

const CSV = [
	'N°;Action;Coût TTC;Statut',
	'1;Créer une recyclerie de quartier;beaucoup;En cours',
	'2;Planter des arbres;5 000 €;Dans les tuyaux',
	'3;;9 000 €;',
	'4;Éclairer la place;entre 2 et 3 M€;En cours'
].join('\n');

test('un fichier fautif : filtrer, corriger deux cellules au clavier, emporter le classeur annoté, enregistrer', async ({
	page
}) => {
	await page.goto('/imports');
	await page.getByLabel(/^Territoire/).fill('CA du Pays d’Aubrelle (ZZ0000001)');
	await page.locator('select[name=plan][required]').selectOption('plh');
	await page.getByLabel('Période').fill('2031-2036');
	await page
		.getByLabel(/Fichier du plan/)
		.setInputFiles({ name: 'essai rapport.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) });
	await page.getByRole('button', { name: 'Lire ce fichier' }).click();
	await page.waitForURL(/\/imports\/\d+$/, { timeout: 30_000 });
	await expect(page.getByRole('heading', { name: 'À regarder avant d’enregistrer' })).toBeVisible();
	await page.getByRole('link', { name: /1\s+ligne sans intitulé/ }).click();
	await expect(page).toHaveURL(/gravite=bloquant/);
	await expect(page.locator('li.anomalie')).toHaveCount(1);

	await page.getByLabel('Gravité').selectOption('');
	await expect(page).not.toHaveURL(/gravite=b/);
	const before = await page.locator('li.anomalie').count();
	await page.getByLabel(/^Compléter\s: .*B4/).focus();
	await page.keyboard.type('Végétaliser la cour');
	await page.getByLabel(/^Corriger\s: .*C2/).focus();
	await page.keyboard.press('Control+A');
	await page.keyboard.type('40 000 €');
	await page.getByLabel('Votre nom').focus();
	await page.keyboard.type('Camille');
	await page.keyboard.press('Enter');
	await expect(page.locator('main').getByRole('status').filter({ hasText: 'corrections' })).toContainText(
		/2\s+corrections relues\s: 2\s+anomalies de moins/
	);
	await expect(page.locator('li.anomalie')).toHaveCount(before - 2);
	await expect(page.getByText('2 cellules corrigées à l’écran')).toBeVisible();
	await expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute('data-champ'))).toBe(true);

	const waiting = page.waitForEvent('download');
	await page.getByRole('link', { name: 'Télécharger le classeur annoté' }).click();
	const download = await waiting;
	expect(download.suggestedFilename()).toBe('essai rapport - relu.xlsx');
	const book = read(readFileSync(await download.path()));
	const [first, list] = book.SheetNames;
	expect(list).toBe('Anomalies');
	const comment = (cell: string) => (book.Sheets[first!]![cell].c as { t: string }[]).map((c) => c.t).join('');
	expect(comment('D3')).toContain('Attendu');
	expect(comment('C2')).toContain('par Camille');
	expect(book.Sheets[first!]!['C2'].v).toBe('beaucoup');

	await page.getByRole('button', { name: 'Enregistrer l’import' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText(/4\s+actions enregistrées/);
	await page.goto(page.url().replace(/(\/imports\/\d+).*/, '$1/anomalies'));
	await expect(page.getByText('ne se corrigent plus ici')).toBeVisible();
	await expect(page.locator('[data-champ]')).toHaveCount(0);
});
