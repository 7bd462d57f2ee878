import { describe, expect, it } from 'vitest';
import { endedPlans } from '../../src/lib/domain/rules/plan-ended';
import { anAction } from '../fixtures/build';

describe('une action d’un plan achevé', () => {
	const documents = [
		{ id: 1, periode: '2014-2020' },
		{ id: 2, periode: '2024-2030' },
		{ id: 3, periode: null },
		{ id: 4, periode: '2019', liste: 'DPV' },
		{ id: 5, periode: '2018-2024', echeances: { adoption: null, bilan: null, fin: '2027-12-31' } }
	];
	const said = endedPlans(documents, '2026-11-30');
	const of = (document: number, statut: 'en-cours' | null = null) => said(anAction({ document, statut }));

	it('n’est proposée qu’après les autres, et dit pourquoi', () => expect(of(1)).toBe('son plan est achevé (2020)'));

	it('l’est comme une autre si son état est écrit, si son plan court encore, s’il a été prolongé ou ne dit pas sa fin', () =>
		expect([of(1, 'en-cours'), of(2), of(3), of(5)]).toEqual([null, null, null, null]));

	it('une liste de subventions n’est pas un plan qui s’achève', () => expect(of(4)).toBeNull());
});
