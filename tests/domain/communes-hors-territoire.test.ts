import { expect, it } from 'vitest';
import { beyondWords } from '../../src/lib/domain/pages/once-for-all';
import { AUBRELLE, aTerritory, SORBAY, VERMOY } from '../fixtures/build';

it('une question posée à des communes dit combien sont hors de l’intercommunalité, et ne compte pas les quartiers', () => {
	const territory = aTerritory({ communes: [AUBRELLE, VERMOY] });
	expect(beyondWords([AUBRELLE, VERMOY, SORBAY], territory, 'commune')).toBe(', dont 1 hors de l’intercommunalité');
	expect(beyondWords([AUBRELLE, VERMOY], territory, 'commune')).toBe('');
	expect(beyondWords([{ code: 'QNZZZ01F', nom: 'Bellevue' }], territory, 'quartier')).toBe('');
});
