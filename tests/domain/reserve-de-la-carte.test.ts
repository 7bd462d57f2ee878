import { describe, expect, it } from 'vitest';
import { verdictSentence } from '../../src/lib/ui/sentences';
import type { CaseSelection } from '../../src/lib/domain/pages/case-selection';

const card = (reserve: string | null) =>
	verdictSentence({
		coverage: 'structurante',
		reserve,
		actions: [{}],
		quartier: { code: 'Q', nom: 'Q' }
	} as never as CaseSelection);

describe('le verdict d’une carte porte la réserve de la lacune', () => {
	it('et se dit alors au conditionnel', () => {
		const { tete, suite } = card('fin prévue passée et atteinte seulement probable');
		expect(tete).toMatch(/^Réponse structurante, à confirmer.: fin prévue passée et atteinte seulement probable\.$/);
		expect(suite).toContain('arriverait');
	});
	it('mais une réponse sûre est affirmée', () => {
		expect(card(null)).toEqual({
			tete: 'Réponse structurante.',
			suite: 'Au moins un investissement arrive dans le quartier.'
		});
	});
});

describe('le verdict d’une réponse diffuse dit laquelle des deux elle est', () => {
	const said = (...reaches: ('diffuse' | 'explicite')[]) =>
		verdictSentence({
			coverage: 'diffuse',
			reserve: null,
			actions: reaches.map((reach) => ({ atteintes: { Q: reach } })),
			quartier: { code: 'Q', nom: 'Q' }
		} as never as CaseSelection).suite.replaceAll(/\s/g, ' ');

	it('trop large pour dire ce qui vient ici', () => {
		expect(said('diffuse')).toBe(
			'Une action agit à l’échelle de l’intercommunalité ; elle ne dit pas ce qu’elle fait dans le quartier.'
		);
		expect(said('diffuse', 'diffuse')).toContain('Deux actions agissent à l’échelle');
	});
	it('ici, mais pour une moitié du croisement', () => {
		expect(said('explicite')).toBe(
			'Une action atteint le quartier mais ne répond qu’à moitié : l’enjeu de transition, sans celui de la politique de la ville.'
		);
	});
	it('ou les deux, chacune avec son nombre', () => {
		expect(said('diffuse', 'explicite', 'explicite')).toBe(
			'Une action agit à l’échelle de l’intercommunalité ; deux autres atteignent le quartier mais ne répondent qu’à moitié : l’enjeu de transition, sans celui de la politique de la ville.'
		);
	});
});
