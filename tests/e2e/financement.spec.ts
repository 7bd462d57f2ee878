import { expect, test } from './own-base';

/* A grant typed by keyboard only: what is left to finance is told at once, and told no more when the line is taken out. */

test('une aide obtenue, saisie au clavier, change ce qui reste à financer, et se retire', async ({ page }) => {
	await page.goto('/territoires/ZZ0000001/actions/A1-e43fdd253082939e/financement#ligne');
	const rest = page.locator('dt', { hasText: 'Reste à financer' }).locator('xpath=following-sibling::dd[1]');
	const euros = async () => Number(/^[\d\s]+/u.exec((await rest.innerText()).trim())?.[0].replace(/\s/gu, '') ?? NaN);
	// No line of financing: nobody has said what is left, and no figure is made up.
	expect(await euros()).toBeNaN();
	const cost = 410_000;
	await expect(page.locator('dt', { hasText: 'Coût' }).locator('xpath=following-sibling::dd[1]')).toContainText(
		/410\s000/u
	);

	await page.getByLabel('Financeur').focus();
	await page.keyboard.type('Fondation du Pays d’Aubrelle');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Tab');
	await expect(page.getByLabel('Nature')).toBeFocused();
	await page.keyboard.type('obtenu');
	await page.keyboard.press('Tab');
	await page.keyboard.type('12 000');
	await page.keyboard.press('Tab');
	await page.keyboard.type('HT');
	await page.locator('#l-par').focus();
	await page.keyboard.type('Nadia Perrault');
	await page.keyboard.press('Enter');
	await expect.poll(euros).toBe(cost - 12_000);

	await page.waitForLoadState('networkidle');
	await page.getByRole('link', { name: /Modifier.*Fondation/ }).press('Enter');
	await expect(page.getByLabel('Financeur')).toHaveValue('Fondation du Pays d’Aubrelle');
	await page.locator('#l-par').fill('Nadia Perrault');
	await page.getByRole('button', { name: 'Retirer du plan' }).press('Enter');
	await expect.poll(euros).toBeNaN();
});

test('de l’accueil ou d’une recherche, sans territoire en main, on arrive aux demandes d’un quartier, filtrées', async ({
	page
}) => {
	await page.goto('/recherche?q=subvention');
	await page.getByRole('link', { name: /Financements à demander/ }).click();
	await expect(page).toHaveURL(/\/financement$/);
	await page.goto('/');
	await page.getByRole('link', { name: 'Financements à demander' }).click();
	const quartier = page.getByRole('combobox', { name: 'Quartier', exact: true });
	await quartier.selectOption({ index: 1 });
	await expect(page).toHaveURL(/quartier=QN/);
	const nom = await quartier.locator('option:checked').textContent();
	await expect(page.getByRole('heading', { level: 1 })).toContainText(nom!.trim());
	// The page of the quartier leads there too, with the same head.
	const code = new URL(page.url()).searchParams.get('quartier');
	await page.goto(`/territoires/ZZ0000001/${code}`);
	const contents = page.locator('nav').filter({ hasText: 'Qui appeler' });
	await contents.getByRole('link', { name: /financement/i }).click();
	await page.getByRole('link', { name: 'Action par action, et ce qui manque à chacune' }).click();
	await expect(page).toHaveURL(new RegExp(`quartier=${code}`));
});

test('une réponse donnée une fois depuis une action change les comptes du territoire, et se reprend', async ({
	page
}) => {
	const all = '/territoires/ZZ0000001/financement';
	await page.goto('/territoires/ZZ0000001/actions/A1-c2c9d49e30a07483/financement');
	await page.getByRole('link', { name: /donner une fois, pour toutes les actions/ }).click();
	await expect(page).toHaveURL(/\/financement#une-fois$/);
	const section = page.locator('section[aria-labelledby=une-fois]');
	const titre = page.locator('#une-fois');
	const before = await titre.innerText();
	const question = section.locator('li[id^=r-]').first();
	const cle = (await question.getAttribute('id'))!;
	const asked = await page.locator(`a[href="#${cle}"]`).count();
	expect(asked).toBeGreaterThan(0);
	await section.getByLabel('Votre nom').fill('Nadia Perrault');
	await question.getByRole('button', { name: /^Non/ }).first().click();

	const undo = section.getByRole('button', { name: /^Annuler/ });
	await expect(undo).toHaveCount(1);
	await expect(titre).not.toHaveText(before);
	await expect(page.locator(`a[href="#${cle}"]`)).toHaveCount(0);
	await page.waitForLoadState('networkidle');
	await undo.click();
	await expect(titre).toHaveText(before);
	await page.goto(all);
	await expect(page.locator(`a[href="#${cle}"]`)).toHaveCount(asked);
});

const ET_SI = '/territoires/ZZ0000001/QNZZZ01F/et-si';

test('« Et si » sans script : ce qu’on saisit est dans l’adresse, et l’effet se lit avant la liste', async ({
	browser
}) => {
	const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
	const page = await context.newPage();
	await page.goto(`${ET_SI}#inventer`);
	await page.getByLabel('Intitulé').fill('Ferme urbaine');
	await page.getByLabel('Enjeu de transition').selectOption({ index: 2 });
	await page.getByRole('button', { name: 'Voir ce que cela changerait' }).click();
	await expect(page).toHaveURL(/titre=Ferme\+urbaine.*#effet$/);
	await expect(page.getByLabel('Intitulé')).toHaveValue('Ferme urbaine');
	await expect(page.locator('#effet h2').first()).toBeInViewport();
	await page.locator('.amorces a').first().click();
	await expect(page.locator('#effet')).toContainText(/[1-9]\d*\slacunes? se fermerai/);
	await context.close();
});

test('« Et si », à l’ordinateur : l’effet suit chaque case cochée, à côté d’une liste qui ne bouge pas', async ({
	page
}) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto('/territoires/ZZ0000001/QNZZZ02F/et-si');
	const boxes = page.locator('form li:visible input');
	const order = await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).value));
	const effect = page.locator('#effet');
	await expect(effect).toHaveCount(0);
	expect(order.length).toBeGreaterThan(2);
	for (const n of [1, order.length - 1]) {
		await boxes.nth(n).focus();
		const before = (await boxes.nth(n).boundingBox())!.y;
		await page.keyboard.press('Space');
		await expect(page).toHaveURL(new RegExp(`cibler=${order[n]}`));
		await expect(effect).toBeInViewport();
		await expect(effect).toHaveAttribute('aria-busy', 'false');
		await expect(boxes.nth(n)).toBeFocused();
		expect(Math.abs((await boxes.nth(n).boundingBox())!.y - before)).toBeLessThan(2);
	}
	await expect(effect).toContainText(/lacunes? se fermerai/);
	expect(await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).value))).toEqual(order);
	const [list, beside] = [(await page.locator('form li').first().boundingBox())!, (await effect.boundingBox())!];
	expect(beside.x).toBeGreaterThan(list.x + list.width);
	// Seen still at the foot of the list.
	await page.locator('form details summary').last().scrollIntoViewIfNeeded();
	await expect(effect.locator('h2').first()).toBeInViewport();
	await page.getByRole('link', { name: 'Tout effacer' }).click();
	await expect(effect).toHaveCount(0);
	await expect(page.locator('form li input:checked')).toHaveCount(0);
});

test('« Et si » : un intitulé saisi avant que la page soit prête, et pendant qu’elle le devient, n’est pas perdu', async ({
	page
}) => {
	await page.route('**/*.js', async (route) => {
		await new Promise((done) => setTimeout(done, 400));
		await route.continue();
	});
	await page.goto(ET_SI, { waitUntil: 'commit' });
	const titre = page.getByLabel('Intitulé');
	await titre.pressSequentially('Ferme urbaine des Hauts-Prés', { delay: 60 });
	await page.waitForLoadState('networkidle');
	await expect(titre).toHaveValue('Ferme urbaine des Hauts-Prés');
});
