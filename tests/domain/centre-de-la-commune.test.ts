import { describe, expect, it } from 'vitest';
import { unknownCommunes } from '../../src/lib/domain/import/unknown-communes';
import { buildPlaces } from '../../src/lib/domain/places/reach';
import { AUBRELLE, VERMOY, aQuartier, aTerritory, anAction } from '../fixtures/build';
import { lieux, lu } from '../fixtures/lieux';

/* e explicite, p probable, a aucune, i inconnu; Pyramides (Aubrelle), Glacis (Aubrelle), Parc (Vermoy), Tannebert (Vermoy), Isel (les deux). */

describe('un lieu qui dit le centre d’une commune', () => {
	it.each([
		'Vermoy - centre ancien',
		'Vermoy (centre-ville)',
		'centre-ville de Vermoy',
		'Cœur de ville de Vermoy',
		'Périmètre du centre historique de Vermoy'
	])('« %s » n’est aucun de ses quartiers, et ne pose pas de question', (lieu) => {
		const { niveaux, preuves, questions } = lu({ titre: 'OPAH de renouvellement urbain', communes: [lieu] });
		expect(niveaux).toBe('aaaaa');
		expect(preuves[2]).toBe(lieu);
		expect(questions).toEqual([]);
	});

	it('la commune seule reste probable dans ses quartiers', () => {
		expect(lu({ communes: ['Vermoy'] }).niveaux).toBe('aappp');
		expect(lu({ communes: ['Ville-centre (Vermoy)'] }).niveaux).not.toBe('aaaaa');
	});

	it('« Vermoy, centre-bourg » est le centre de Vermoy ; « Aubrelle, Vermoy centre-bourg » garde Aubrelle', () => {
		const { niveaux, preuves } = lu({ communes: ['Vermoy', 'centre-bourg'] });
		expect(niveaux).toBe('aaaaa');
		expect(preuves[2]).toBe('Vermoy, centre-bourg');
		expect(lu({ communes: ['Aubrelle', 'Vermoy centre-bourg'] }).niveaux).toBe('ppaap');
	});

	it('« centre-bourg » se demande seulement quand rien ne dit de quelle commune', () => {
		const asked = (communes: string[]) =>
			unknownCommunes([anAction({ communes })], lieux, { nom: 'CA d’Aubrelle' }).map((u) => u.texte);
		expect(asked(['Vermoy', 'centre-bourg'])).toEqual([]);
		expect(asked(['Vermoy - centre ancien'])).toEqual([]);
		expect(asked(['centre-bourg'])).toEqual(['centre-bourg']);
		expect(lu({ communes: ['centre-bourg'] }).niveaux).toBe('iiiii');
	});

	it('un quartier nommé là ou dans le titre l’emporte', () => {
		expect(lu({ communes: ['Vermoy (centre-ville)'], quartiers: ['Cité du Parc'] }).niveaux).toBe('aaeaa');
		expect(lu({ communes: ['Vermoy (centre-ville)'], quartiers: ['Tous les QPV'] }).niveaux).toBe('aaeee');
	});

	it('un quartier dont le nom dit le centre peut être celui-là : une question, et non les autres', () => {
		const places = buildPlaces({
			territory: aTerritory({ communes: [AUBRELLE, VERMOY] }),
			quartiers: [
				aQuartier({ code: 'QNZZZ01N', nom: 'Centre Ville - Le Lavoir', communes: [VERMOY] }),
				aQuartier({ code: 'QNZZZ02N', nom: 'Cité du Parc', communes: [VERMOY] })
			],
			correspondances: new Map(),
			tousLesQuartiers: []
		});
		const { niveaux, questions } = lu({ communes: ['Vermoy - centre ancien'] }, places);
		expect(niveaux).toBe('ia');
		expect(questions).toMatchObject([{ texte: 'Vermoy - centre ancien', proches: [{ code: 'QNZZZ01N' }] }]);
	});
});

describe('un quartier de la commune que rien ne connaît', () => {
	it.each(['Vermoy - quartier de la gare', 'Vermoy (quartier gare)'])(
		'« %s » est demandé dans la commune, sans y être « probable »',
		(lieu) => {
			const { niveaux, questions } = lu({ communes: [lieu] });
			expect(niveaux).toBe('aaiii');
			expect(questions).toMatchObject([{ texte: lieu }]);
		}
	);
});
