import { describe, expect, it } from 'vitest';
import { buildPlaces } from '../../src/lib/domain/places/reach';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aQuartier, aTerritory, VERMOY } from '../fixtures/build';
import { lu } from '../fixtures/lieux';

/* e explicite, p probable, d diffuse, a aucune, i inconnu; composite names. */

const built = (...noms: string[]) =>
	buildPlaces({
		territory: aTerritory(),
		quartiers: noms.map((nom, n) => aQuartier({ code: `QNZZZ4${n}N`, nom, communes: [VERMOY] })),
		correspondances: new Map(),
		tousLesQuartiers: loadReferentiel().plans.tous_les_quartiers
	});
const places = built('Cité du Moulin - Chemin Doré', 'Les Glacis', 'Centre Ville - Europe');

describe('la première moitié d’un nom composé désigne le quartier comme la seconde', () => {
	it.each(['Cité du Moulin', 'cité du moulin', 'QPV Cité du Moulin', 'Chemin Doré', 'Cité du Moulin (Vermoy)'])(
		'« %s », cellule entière',
		(cell) => {
			expect(lu({ quartiers: [cell] }, places)).toMatchObject({ niveaux: 'eaa', questions: [] });
			expect(lu({ communes: [cell] }, places).niveaux).toBe('eaa');
		}
	);

	it.each(['Isolation à la Cité du Moulin', 'Logements de la cité du Moulin, tranche 2'])(
		'« %s », dans un titre, avec sa majuscule',
		(titre) => expect(lu({ titre }, places).niveaux).toBe('eaa')
	);

	it.each(['Isolation à la cité du moulin', 'École de la Cité du Moulin', 'Cité du Moulin Blanc : parvis'])(
		'« %s » n’en est pas sûrement le nom',
		(titre) => expect(lu({ titre }, places).niveaux).not.toContain('e')
	);

	it('deux quartiers qui la portent : une question', () => {
		const twice = built('Cité du Moulin - Chemin Doré', 'Cité du Moulin - Les Prés', 'Les Glacis');
		expect(lu({ quartiers: ['Cité du Moulin'] }, twice)).toMatchObject({
			niveaux: 'iia',
			questions: [{ raison: 'ambigu' }]
		});
	});

	it('une moitié qui nomme plus que le quartier reste une question', () => {
		for (const cell of ['Centre ville', 'Europe']) {
			const { niveaux, questions } = lu({ quartiers: [cell] }, places);
			expect(niveaux).not.toContain('e');
			expect(questions).toHaveLength(1);
		}
	});
});
