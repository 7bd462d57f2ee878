import { describe, expect, it } from 'vitest';
import { lu, PYRAMIDES } from '../fixtures/lieux';
import { namesNoPlace } from '../fixtures/lieux-inconnus';

/* e explicite, c cible, p probable, d diffuse, a aucune, i inconnu; Pyramides, Glacis, Parc, Tannebert, Isel. */

describe('« tous sauf un » laisse ce quartier dehors, et garde les autres', () => {
	it.each([
		'Tous quartiers sauf le quartier Les Pyramides',
		'tous les quartiers sauf Les Pyramides',
		'Tous les QPV, sauf Les Pyramides',
		'Tous les QPV (hors Les Pyramides)',
		'Tous les QPV (Les Pyramides exclus)',
		'L’ensemble des QPV à l’exception des Pyramides',
		'Tous les QPV hormis Les Pyramides',
		'Tous les QPV excepté Les Pyramides',
		'Tous les QPV sans Les Pyramides',
		'Les 5 quartiers sauf Les Pyramides',
		'QPV hors Les Pyramides',
		'Hors Les Pyramides',
		'Tous sauf Les Pyramides',
		`Tous les QPV sauf ${PYRAMIDES}`
	])('« %s »', (cell) => {
		const { niveaux, par, preuves, questions } = lu({ quartiers: [cell] });
		expect(niveaux).toBe('aeeee');
		expect(par[0]).toBe('exclu');
		expect(preuves[0]).toBe(cell);
		expect(questions).toEqual([]);
	});

	it('plusieurs à la fois, dans une cellule ou coupés en liste', () => {
		expect(lu({ quartiers: ['Tous sauf Les Pyramides et Cité du Parc'] }).niveaux).toBe('aeaee');
		expect(lu({ quartiers: ['Tous sauf Les Pyramides', 'Cité du Parc'] }).niveaux).toBe('aeaee');
		expect(lu({ quartiers: ['tous les QPV', 'sauf Les Pyramides', 'Cité du Parc'] }).niveaux).toBe('aeaee');
	});

	it('une commune sauf un quartier : probable ailleurs dans la commune', () => {
		expect(lu({ quartiers: ['Aubrelle sauf Les Glacis'] }).niveaux).toBe('paaap');
		expect(lu({ communes: ['Aubrelle sauf Les Glacis'] }).niveaux).toBe('paaap');
	});

	it('tous sauf une commune : un quartier qui est aussi dans une autre reste', () => {
		expect(lu({ quartiers: ['Tous les QPV sauf Vermoy'] }).niveaux).toBe('eeaae');
		expect(lu({ communes: ['Toutes les communes sauf Vermoy'] }).niveaux).toBe('ddaad');
	});

	it('dans un titre ou une description', () => {
		expect(lu({ titre: 'Ateliers dans tous les quartiers prioritaires, sauf Les Pyramides' }).niveaux).toBe('aeeee');
		expect(
			lu({ communes: ['Aubrelle'], description: 'Menée dans la ville, hors le quartier des Glacis.' }).niveaux
		).toBe('paaap');
	});

	it('un nom inconnu est une question, jamais un silence', () => {
		const { niveaux, questions } = lu({ quartiers: ['Tous les QPV sauf Les Pyramites'] });
		expect(niveaux).toBe('ieeee');
		expect(questions).toMatchObject([{ texte: 'Les Pyramites', raison: 'proche' }]);
		expect(lu({ quartiers: ['Tous les QPV sauf la Poterne'] })).toMatchObject({
			niveaux: 'eeeee',
			questions: [{ texte: 'la Poterne', raison: 'inconnu' }]
		});
	});

	it('« hors QPV » garde ce qui est nommé à côté', () => {
		expect(lu({ quartiers: ['Hors QPV'] }).niveaux).toBe('aaaaa');
		expect(lu({ communes: ['Aubrelle'], quartiers: ['hors quartiers prioritaires'] }).niveaux).toBe('aaaaa');
		expect(lu({ quartiers: ['QPV et hors QPV'] }).niveaux).toBe('eeeee');
		expect(lu({ quartiers: ['Les Pyramides et hors QPV'] }).niveaux).toBe('eaaaa');
		expect(lu({ quartiers: ['Hors QPV sauf Les Pyramides'] }).niveaux).toBe('eaaaa');
	});

	it.each([
		['Hors QPV et Les Pyramides', 'eaaaa'],
		['QPV et quartiers de veille', 'eeeee'],
		['QPV d’Aubrelle', 'eeaae'],
		['En QPV ou à proximité', 'ppppp'],
		['Vermoy hors QPV', 'aaaaa']
	])('« %s », sous « Quartiers » comme sous « Lieu » : %s', (cell, niveaux) => {
		expect(lu({ quartiers: [cell] })).toMatchObject({ niveaux, questions: [] });
		expect(lu({ communes: [cell] })).toMatchObject({ niveaux, questions: [] });
	});

	it('ce dont on ôte n’est pas connu : les autres non plus, et c’est demandé', () => {
		expect(lu({ quartiers: ['Toute la rive sauf Les Pyramides'] })).toMatchObject({
			niveaux: 'aiiii',
			questions: [{ texte: 'Toute la rive' }]
		});
		expect(namesNoPlace(['Rive gauche sauf Les Pyramides'])).toHaveLength(1);
	});

	it('un titre « hors QPV » n’atteint aucun quartier ; un public hors QPV n’en désigne aucun', () => {
		expect(lu({ plan: 'pcaet', titre: 'Aide à la pierre, hors quartiers prioritaires' }).niveaux).toBe('aaaaa');
		expect(lu({ plan: 'pcaet', titre: 'Actions en QPV et hors QPV' }).niveaux).toBe('ddddd');
		expect(lu({ plan: 'pcaet', publics: ['Habitants hors QPV'] }).niveaux).toBe('ddddd');
	});

	it('la colonne l’ôte et le titre le nomme : une personne tranche', () => {
		const { niveaux, questions } = lu({ titre: 'Fête aux Pyramides', quartiers: ['Tous sauf Les Pyramides'] });
		expect(niveaux.charAt(0)).toBe('i');
		expect(questions).toHaveLength(1);
	});
});

describe('à côté d’un quartier n’est pas dedans', () => {
	it.each([
		'Limitrophe du QPV Les Pyramides',
		'à proximité du quartier Les Pyramides',
		'Entre le QPV Les Pyramides et le centre',
		'À la frontière du QPV Les Pyramides',
		'aux abords des Pyramides'
	])('« %s » : au plus probable, avec ses mots', (cell) => {
		const { niveaux, par, preuves } = lu({ quartiers: [cell] });
		expect(niveaux).toBe('paaaa');
		expect(par[0]).toBe('proximite');
		expect(preuves[0]).toBe(cell);
	});

	it('dans un titre aussi ; « au plus près des habitants » n’est pas un lieu', () => {
		expect(lu({ titre: 'Parking à proximité du quartier des Pyramides' }).niveaux).toBe('paaaa');
		expect(lu({ titre: 'Médiation auprès des habitants des Pyramides' }).niveaux).toBe('eaaaa');
	});

	it('« à proximité des QPV » n’en nomme aucun : tous probables', () => {
		expect(lu({ quartiers: ['à proximité des QPV'] }).niveaux).toBe('ppppp');
	});
});
