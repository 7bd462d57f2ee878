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
