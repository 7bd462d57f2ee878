import { describe, expect, it } from 'vitest';
import { decidedWords } from '../../src/lib/domain/pages/decided-words';

/* Who decides at the keyboard hears what was done, and nothing that was not. */

const par = { par: 'Nadia Perrault', le: '2026-11-30', motif: 'Vu en comité' };

describe('ce que dit la page après un geste sur une lacune', () => {
	it('nomme la décision gardée, son terme et qui l’a signée', () => {
		expect(decidedWords('decidee', { ...par, etat: 'ecartee' })).toBe(
			'Décision gardée\u00a0: lacune écartée, signée Nadia Perrault.'
		);
		expect(decidedWords('decidee', { ...par, etat: 'reportee', jusque: '2027-03-01' })).toBe(
			'Décision gardée\u00a0: lacune reportée au 01/03/2027, signée Nadia Perrault.'
		);
		expect(decidedWords('rouverte', null)).toMatch(/^Lacune rouverte/);
	});

	it('ne dit rien d’un geste que la lacune ne porte pas', () => {
		expect(decidedWords('decidee', null)).toBe('');
		expect(decidedWords('rouverte', { ...par, etat: 'traitee' })).toBe('');
		expect(decidedWords(null, null)).toBe('');
	});
});
