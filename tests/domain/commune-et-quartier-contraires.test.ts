import { describe, expect, it } from 'vitest';
import { lu } from '../fixtures/lieux';

/* e explicite, c cible, p probable, d diffuse, a aucune, i inconnu; Pyramides, Glacis, Parc, Tannebert, Isel. Aubrelle has the first two, Vermoy the next two, both have Isel. */

describe('un quartier écrit à côté d’une commune qui n’est pas la sienne', () => {
	it.each([
		['Vermoy / Les Pyramides', 'iaiii'],
		['Vermoy - Les Pyramides', 'iaiii'],
		['Vermoy (Les Pyramides)', 'iaiii'],
		['Les Pyramides (Vermoy)', 'iaiii'],
		['Les Pyramides à Vermoy', 'iaiii'],
		['Sorbay / Cité du Parc', 'aaiaa']
	])('« %s » se demande, et ne vaut ni l’un ni l’autre', (cell, niveaux) => {
		for (const said of [{ communes: [cell] }, { quartiers: [cell] }])
			expect(lu(said)).toMatchObject({ niveaux, questions: [{ texte: cell, raison: 'contraire' }] });
	});

	it.each([
		['Aubrelle / Les Pyramides', 'eaaaa'],
		['Aubrelle, Vermoy / Les Pyramides', 'eaaaa'],
		['Vermoy / Faubourg d’Isel', 'aaaae'],
		// Two places: the quartiers of the second are not left out.
		['Vermoy et Les Pyramides', 'eappp'],
		['Aubrelle : Les Pyramides ; Vermoy : Résidence Tannebert', 'eaaea'],
		['Liaison Vermoy - Les Pyramides', 'eaaaa']
	])('« %s » ne se contredit pas', (cell, niveaux) => {
		expect(lu({ quartiers: [cell] })).toMatchObject({ niveaux, questions: [] });
	});
});
