import { describe, expect, it } from 'vitest';
import { buildPlaces } from '../../src/lib/domain/places/reach';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDecision, aQuartier, aTerritory, AUBRELLE, SORBAY, VERMOY } from '../fixtures/build';
import { placeAnswers } from '../../src/lib/domain/places/place-answers';
import { lu } from '../fixtures/lieux';

/* e explicite, c cible, p probable, a aucune, i inconnu; Lavoir, Vanniers in Aubrelle, Parc, Prés in Vermoy, Rives in Sorbay. */

const built = (reponses: Parameters<typeof buildPlaces>[0]['reponses'] = []) =>
	buildPlaces({
		territory: aTerritory({ communes: [AUBRELLE, VERMOY, SORBAY] }),
		quartiers: [
			aQuartier({ code: 'QNZZZ51N', nom: 'Le Lavoir', alias: ['Lotissement Gris'] }),
			aQuartier({ code: 'QNZZZ52N', nom: 'Les Vanniers' }),
			aQuartier({ code: 'QNZZZ53N', nom: 'Résidence du Parc - Cité des Forges', communes: [VERMOY] }),
			aQuartier({ code: 'QNZZZ54N', nom: 'Hauts-Prés', communes: [VERMOY] }),
			aQuartier({ code: 'QNZZZ55N', nom: 'Les Deux Rives et le Port', communes: [SORBAY] })
		],
		correspondances: new Map(),
		tousLesQuartiers: loadReferentiel().plans.tous_les_quartiers,
		reponses,
		ailleurs: (nom) => /^houvelles$/i.test(nom)
	});
const places = built();
const both = (cell: string) => [lu({ quartiers: [cell] }, places), lu({ communes: [cell] }, places)];

describe('deux quartiers dans une cellule sont dits tous les deux', () => {
	it.each([
		['Le Lavoir et Résidence du Parc', 'eaeaa'],
		['Résidence du Parc et Le Lavoir', 'eaeaa'],
		['Le Lavoir / Résidence du Parc', 'eaeaa'],
		['Le Lavoir + Résidence du Parc', 'eaeaa'],
		['Le Lavoir & Résidence du Parc', 'eaeaa'],
		['Le Lavoir - Résidence du Parc', 'eaeaa'],
		['Le Lavoir, Résidence du Parc', 'eaeaa'],
		['Le Lavoir\nRésidence du Parc', 'eaeaa'],
		['QPV du Lavoir et de la Résidence du Parc', 'eaeaa'],
		['Les Vanniers et Lotissement Gris', 'eeaaa'],
		['Aubrelle (Le Lavoir), Vermoy (Résidence du Parc)', 'eaeaa']
	])('« %s »', (cell, niveaux) => {
		for (const said of both(cell)) expect(said).toMatchObject({ niveaux, questions: [] });
	});

	it('un nom qui contient « et » ou un tiret reste un seul nom', () => {
		for (const [cell, niveaux] of [
			['Les Deux Rives et le Port', 'aaaae'],
			['Les Deux Rives et le Port et Hauts-Prés', 'aaaee'],
			['Résidence du Parc - Cité des Forges', 'aaeaa'],
			['Résidence du Parc – Cité des Forges et Les Vanniers', 'aeeaa']
		] as const)
			expect(lu({ quartiers: [cell] }, places)).toMatchObject({ niveaux, questions: [] });
	});

	it('chacun sa part : elle n’est celle d’aucun des deux seul', () => {
		expect(lu({ quartiers: ['Le Lavoir 60 % et Les Bruyères'] }, places).parts[0]).toBeNull();
		expect(lu({ quartiers: ['Le Lavoir (30 logements) et Les Bruyères'] }, places).niveaux[0]).toBe('e');
	});
});

describe('ce qu’une cellule dit de plus qu’un nom connu se demande', () => {
	it.each([
		'Le Lavoir et Les Bruyères',
		'Les Bruyères et Le Lavoir',
		'Le Lavoir / Les Bruyères',
		'Le Lavoir + Les Bruyères',
		'Le Lavoir, Les Bruyères',
		'Le Lavoir et/ou Les Bruyères',
		'Le Lavoir (40 %) et Les Bruyères (60 %)',
		'Le Lavoir : 30 logements et Les Bruyères : 20 logements'
	])('« %s » : les Bruyères peuvent être n’importe quel autre quartier', (cell) => {
		for (const said of both(cell))
			expect(said).toMatchObject({ niveaux: 'eiiii', questions: [{ texte: 'Les Bruyères', raison: 'inconnu' }] });
	});

	it('en minuscules ou en capitales aussi', () => {
		for (const cell of ['le lavoir et les bruyères', 'LE LAVOIR ET LES BRUYERES'])
			expect(lu({ quartiers: [cell] }, places).niveaux).toBe('eiiii');
	});

	it.each([
		'Le Lavoir et Les Vannier',
		'Le Lavoir / Les Vannier',
		'Le Lavoir - Les Vannier',
		'Aubrelle (Le Lavoir et Les Vannier)'
	])('« %s » : un nom presque juste est proposé, et ne met en doute que lui', (cell) => {
		expect(lu({ quartiers: [cell] }, places)).toMatchObject({
			niveaux: 'eiaaa',
			questions: [{ texte: 'Les Vannier', raison: 'proche', proches: [{ nom: 'Les Vanniers' }] }]
		});
	});

	it('la commune dite à côté en laisse dehors', () => {
		expect(lu({ quartiers: ['Aubrelle - Le Lavoir et Les Bruyères'] }, places).niveaux).toBe('eiaaa');
		expect(lu({ quartiers: ['Le Lavoir et Les Bruyères (Vermoy)'] }, places).niveaux).toBe('eaiia');
	});

	it('une autre commune n’est pas perdue ; celle du quartier, ou une d’ailleurs, ne change rien aux autres', () => {
		expect(lu({ quartiers: ['Le Lavoir et Vermoy'] }, places).niveaux).toBe('eappa');
		expect(lu({ communes: ['Vermoy et Le Lavoir'] }, places).niveaux).toBe('eappa');
		for (const cell of ['Le Lavoir et Aubrelle', 'Le Lavoir, Aubrelle', 'Le Lavoir / Aubrelle'])
			expect(lu({ quartiers: [cell] }, places)).toMatchObject({ niveaux: 'eaaaa', questions: [] });
		expect(lu({ quartiers: ['Le Lavoir et Houvelles'] }, places).niveaux).toBe('eaaaa');
	});

	it.each([
		'Le Lavoir et alentours',
		'Le Lavoir et environs',
		'Le Lavoir et ses abords',
		'Le Lavoir et centre-ville',
		'Le Lavoir et Centre-Ville',
		'Le Lavoir et communes rurales',
		'Le Lavoir + 3 communes rurales',
		'Le Lavoir et reste de la ville',
		'Le Lavoir et son centre social L’Envol',
		'Le Lavoir - école Jean-Martin',
		'Le Lavoir / 12 rue des Lilas',
		'Le Lavoir / Tranche 2',
		'Le Lavoir (tour A et tour B)',
		'Lavoir Nord et Sud'
	])('« %s » ne dit pas d’autre quartier : rien à demander', (cell) => {
		expect(lu({ quartiers: [cell] }, places)).toMatchObject({ questions: [] });
		expect(lu({ quartiers: [cell] }, places).niveaux).toMatch(/^[ec]aaaa$/);
	});

	it('« et tous les QPV », « et tout le territoire » ne laissent personne dehors', () => {
		for (const cell of [
			'Le Lavoir et tous les QPV',
			'Tous les QPV et Le Lavoir',
			'Le Lavoir + l’ensemble des quartiers'
		])
			expect(lu({ quartiers: [cell] }, places), cell).toMatchObject({ niveaux: 'eeeee', questions: [] });
		for (const cell of ['Le Lavoir et tout le territoire', 'Le Lavoir & l’agglomération'])
			expect(lu({ quartiers: [cell] }, places), cell).toMatchObject({ niveaux: 'edddd', questions: [] });
		expect(lu({ quartiers: ['Le Lavoir et autres QPV'] }, places).niveaux).toBe('eiiii');
	});

	it('« à proximité de l’un et de l’autre » ne place rien dans les autres', () => {
		expect(lu({ quartiers: ['À proximité du Lavoir et des Bruyères'] }, places)).toMatchObject({
			niveaux: 'paaaa',
			questions: []
		});
	});

	it('répondre une fois suffit, dans toutes les cellules', () => {
		const valeur = { reponse: 'quartiers', texte: 'Les Bruyères', titre: null, quartiers: ['QNZZZ54N'] };
		const answered = built(placeAnswers([aDecision({ sujet: { genre: 'alias', id: 'les bruyeres' }, valeur })]));
		for (const cell of ['Le Lavoir et Les Bruyères', 'Les Bruyères / Le Lavoir'])
			expect(lu({ quartiers: [cell] }, answered)).toMatchObject({ niveaux: 'eaaea', questions: [] });
	});
});
