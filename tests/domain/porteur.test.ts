import { describe, expect, it } from 'vitest';
import { inferPorteurType } from '../../src/lib/domain/import/row-porteur';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const { plans } = loadReferentiel();
const of = (nom: string, porteur: string) => inferPorteurType(porteur, plans, { nom, communes: [{ nom: 'Port-Leu' }] });

describe('le genre de celui qui porte une action', () => {
	it.each([
		['CC Plaine et Rive', 'CCPR'],
		['CA du Val-Clair', 'cavc'],
		['CU de Montclair Les Rives', 'C.U.M.R.'],
		['Métropole de la Rive Grise', 'MRG'],
		['CC Plaine et Rive', 'CC Plaine et Rive']
	])('%s se nomme aussi %s', (nom, porteur) => expect(of(nom, porteur)).toBe('epci'));
	it('un sigle d’ailleurs ne dit rien', () => expect(of('CC Plaine et Rive', 'CCNS')).toBeNull());
	it('deux lettres ne font pas un sigle', () => expect(of('Pays Bleu', 'PB')).toBeNull());
	it('une commune du territoire se reconnaît à son nom seul', () =>
		expect(of('CC Plaine et Rive', 'Port-Leu')).toBe('commune'));
});
