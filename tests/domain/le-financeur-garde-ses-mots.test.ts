import { describe, expect, it } from 'vitest';
import { financeurIn, stateWords } from '../../src/lib/domain/import/header-financing';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* A column named after a funder: its name is kept as written, small words included. */

const states = stateWords(loadReferentiel().plans);

describe('le financeur que nomme un en-tête', () => {
	it.each([
		['Agence de l’eau', 'Agence de l’eau'],
		["Agence de l'eau (€)", "Agence de l'eau"],
		['Banque des Territoires (€)', 'Banque des Territoires'],
		['Politique de la ville', 'Politique de la ville'],
		["Caisse d'allocations familiales (€ HT)", "Caisse d'allocations familiales"],
		['Fonds de concours CA', 'Fonds de concours CA'],
		['Conseil départemental du Nord', 'Conseil départemental du Nord'],
		['Plan de relance', 'Plan de relance']
	])('%s : ses petits mots restent', (entete, nom) => expect(financeurIn(entete, states)).toBe(nom));

	it.each([
		['Subvention Région sollicitée', 'Région'],
		['Montant de l’aide de l’Agence de l’eau (€)', 'Agence de l’eau'],
		['Part du Département', 'Département'],
		['Participation de la CAF - montant demandé', 'CAF'],
		['Financement de l’État obtenu', 'État'],
		['Montant demandé à la Région', 'Région'],
		['Région subvention demandée 2026', 'Région 2026'],
		['P147\ndemandé', 'P147']
	])('%s : ce qui dit l’argent s’ôte', (entete, nom) => expect(financeurIn(entete, states)).toBe(nom));

	it.each(['Montant de la subvention', 'Plan de financement', 'Financeur 1', 'Montant demandé (€)', 'Aides'])(
		'%s : ne nomme personne',
		(entete) => expect(financeurIn(entete, states)).toBeNull()
	);
});
