import { expect, it } from 'vitest';
import { shareFigure } from '../../src/lib/domain/pages/ledger-page';

const plain = (text: string) => text.replace(/\s/g, ' ');
type Page = Parameters<typeof shareFigure>[0];
const page = (intervalle: Page['ensemble']['intervalle']): Page =>
	({
		dispositif: { id: 'fonds-vert', titre: 'Fonds vert' },
		annees: [2023],
		ensemble: { intervalle }
	}) as unknown as Page;

it('la région dit la part de l’argent qui va aux quartiers par ses deux bornes, sans liste elle n’en dit rien', () => {
	const told = shareFigure(page({ min: 0.007, max: 0.572 }))!;
	expect([plain(told.chiffre), plain(told.suite)]).toEqual(['0,7 à 57,2 %', 'Fonds vert 2023']);
	expect(told.sens).toContain('de la part sûre à la part possible');
	expect(plain(shareFigure(page({ min: 0.25, max: 0.25 }))!.chiffre)).toBe('25 %');
	expect(shareFigure(page(null))).toBeNull();
	expect(shareFigure({ ...page({ min: 0, max: 1 }), dispositif: null })).toBeNull();
});
