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

it('le repère de 15 % est dit sous le chiffre, ou pourquoi il ne s’y applique pas', () => {
	const cible = { part: 0.15, annees: [2024, 2025], note: '', references: [] };
	const told = (annees: number[], situation: Page['situation']) => {
		const one = page({ min: 0.007, max: 0.572 });
		return plain(shareFigure({ ...one, dispositif: { ...one.dispositif!, cible }, annees, situation })!.sens);
	};
	expect(told([2023], null)).toContain('Le repère de 15 %, posé pour 2024 et 2025, ne s’applique pas à 2023');
	expect(told([2024], 'indecidable')).toContain('Repère de 15 % : on ne peut pas dire s’il est atteint');
});
