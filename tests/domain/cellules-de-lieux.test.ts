import { describe, expect, it } from 'vitest';
import { lu, PARC } from '../fixtures/lieux';
import { placeUnknown } from '../../src/lib/domain/rules/gap-unknown-place';
import { aPlaced } from '../fixtures/build';
import { namesNoPlace } from '../fixtures/lieux-inconnus';

/* e explicite, c cible, p probable, d diffuse, a aucune, i inconnu; Pyramides, Glacis, Parc, Tannebert, Isel. */

describe('dire les QPV en général, dans une colonne de quartiers', () => {
	it.each([
		'dans les QPV',
		'en QPV',
		'QPV',
		'les quartiers prioritaires',
		'Quartiers politique de la ville',
		'tous quartiers',
		'dans les quartiers',
		'les 5 quartiers'
	])('« %s » : chacun', (cell) => {
		expect(lu({ quartiers: [cell] })).toMatchObject({ niveaux: 'eeeee', questions: [] });
	});

	it.each(['habitants des QPV', 'jeunes des quartiers'])('« %s » dit à qui, pas où : chacun, probablement', (cell) => {
		expect(lu({ quartiers: [cell] })).toMatchObject({ niveaux: 'ppppp', questions: [] });
	});

	it('un compte qui en laisse est une question ; celui de la commune y reste', () => {
		expect(lu({ quartiers: ['les 2 quartiers'] })).toMatchObject({
			niveaux: 'iiiii',
			questions: [{ raison: 'ambigu' }]
		});
		expect(lu({ quartiers: ['les 3 quartiers'], communes: ['Vermoy'] }).niveaux).toBe('aaeee');
	});

	it('un quartier seul et sans nom reste une question', () => {
		expect(lu({ quartiers: ['le QPV'] }).questions).toHaveLength(1);
	});
});

describe('une colonne « Lieu » ou « Commune » nomme aussi des quartiers', () => {
	it.each([
		['Les Pyramides', 'eaaaa'],
		[PARC, 'aaeaa'],
		['cité du parc', 'aaeaa'],
		['tannebert', 'aaaea'],
		['Glacis', 'aeaaa'],
		['Tannebert (Vermoy)', 'aaaea'],
		['tous les QPV', 'eeeee'],
		['qpv', 'eeeee'],
		['les 5 quartiers', 'eeeee'],
		['hors QPV', 'aaaaa'],
		['Sorbay', 'aaaaa'],
		['Vermoy et Sorbay', 'aappp'],
		['Salle des fêtes de Vermoy', 'aappp'],
		['Houvelles', 'aaaaa'],
		// None of Vermoy's quartiers is of its centre.
		['Vermoy - centre ancien', 'aaaaa'],
		['Vermoy (centre-ville)', 'aaaaa'],
		['Centre-bourg de Vermoy', 'aaaaa'],
		['Vermoy, centre-ville et gare', 'aappp'],
		['Tout le ressort territorial', 'ddddd'],
		['bassin de mobilité', 'ddddd'],
		['hors agglomération', 'aaaaa']
	])('« %s » : %s', (lieu, niveaux) => {
		expect(lu({ communes: [lieu] })).toMatchObject({ niveaux, questions: [] });
	});

	it('un nom presque juste est proposé', () => {
		expect(lu({ communes: ['Les Pyramites'] })).toMatchObject({ niveaux: 'iaaaa', questions: [{ raison: 'proche' }] });
	});

	it('une adresse n’est pas le quartier dont sa rue porte le nom', () => {
		expect(lu({ communes: ['12 rue Tannebert', 'Vermoy'] }).niveaux).toBe('aappp');
	});

	it('un lieu que rien ne connaît n’est pas ailleurs : inconnu, et demandé', () => {
		expect(lu({ communes: ['Salle Dupré'] })).toMatchObject({
			niveaux: 'iiiii',
			preuves: Array(5).fill('Salle Dupré')
		});
		expect(namesNoPlace(['Salle Dupré', 'Quartier Les Glacis', 'Vermoy', 'Secteur nord', 'tous les QPV'])).toEqual([
			'Salle Dupré',
			'Secteur nord'
		]);
	});

	it('une lacune dit quel lieu n’est pas reconnu, et non qu’il n’est pas écrit', () => {
		const placed = aPlaced({ action: { communes: ['Salle Dupré'] } });
		const reach = [{ quartier: PARC, niveau: 'inconnu', par: 'rien', preuve: 'Salle Dupré' }] as const;
		expect(placeUnknown([{ ...placed, reach }])).toBe('son lieu, «\u00a0Salle Dupré\u00a0», n’est pas reconnu');
		expect(placeUnknown([placed])).toBe('son lieu n’est pas écrit');
	});
});
