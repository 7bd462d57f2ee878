import { describe, expect, it } from 'vitest';
import { grantsNote } from '../../src/lib/domain/crossing/grant-list';
import { aLine, anAction } from '../fixtures/build';

describe('une liste de subventions importée comme contrat de ville', () => {
	const paid = (dispositif: string, said: Parameters<typeof anAction>[0] = {}) =>
		anAction({ financements: [aLine({ dispositif })], ...said });

	it('est dite pour ce qu’elle est', () => {
		const list = [paid('dotations-etat.dpv'), paid('dotations-etat.dpv')];
		expect(grantsNote('contrat-de-ville', list)).toBe('Liste de subventions accordées, pas le contrat de ville signé.');
	});

	it('l’est aussi quand ses lignes viennent de deux dotations de l’État', () => {
		expect(grantsNote('contrat-de-ville', [paid('dotations-etat.dpv'), paid('dotations-etat.dsil')])).not.toBeNull();
	});

	it.each([
		['deux dispositifs', [paid('dotations-etat.dpv'), paid('fonds-vert')]],
		['une action sans financement', [paid('dotations-etat.dpv'), anAction()]],
		['un pilote nommé', [paid('dotations-etat.dpv', { pilote: 'Service habitat' })]],
		['aucune action', []]
	])('%s : rien n’est dit', (_, actions) => expect(grantsNote('contrat-de-ville', actions)).toBeNull());

	it('un autre plan n’est pas un contrat', () => {
		expect(grantsNote('pcaet', [paid('dotations-etat.dpv')])).toBeNull();
	});
});
