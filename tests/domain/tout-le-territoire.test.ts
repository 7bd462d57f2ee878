import { describe, expect, it } from 'vitest';
import { buildPlaces } from '../../src/lib/domain/places/reach';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aQuartier, aTerritory, AUBRELLE, SORBAY, VERMOY } from '../fixtures/build';
import { lu } from '../fixtures/lieux';
import { namesNoPlace } from '../fixtures/lieux-inconnus';

/* e explicite, p probable, d diffuse, a aucune, i inconnu; Pyramides, Glacis, Parc, Tannebert, Isel, in three communes. */

describe('les mots qui disent toute l’intercommunalité, sous « Commune » ou « Lieu »', () => {
	it.each([
		'les 3 communes',
		'3 communes',
		'les trois communes',
		'l’ensemble des 3 communes',
		'les 3 communes du territoire',
		'toutes communes',
		'communautaire',
		'échelle communautaire',
		'CA du Pays d’Aubrelle',
		'Communauté d’agglomération du Pays d’Aubrelle',
		'Pays d’Aubrelle'
	])('« %s » : diffuse', (lieu) => {
		expect(lu({ communes: [lieu] })).toMatchObject({ niveaux: 'ddddd', questions: [] });
		expect(lu({ quartiers: [lieu] }).niveaux).toBe('ddddd');
		expect(namesNoPlace([lieu])).toEqual([]);
	});

	it('« les 2 communes » sur trois ne dit pas lesquelles : inconnu, et demandé', () => {
		expect(lu({ communes: ['les 2 communes'] }).niveaux).toBe('iiiii');
		expect(namesNoPlace(['les 2 communes'])).toEqual(['les 2 communes']);
	});

	it('un bâtiment « communautaire » n’est pas toute l’intercommunalité', () => {
		expect(lu({ communes: ['Maison communautaire'] }).niveaux).toBe('iiiii');
	});

	it('la ville-centre dont l’intercommunalité porte le nom reste la commune', () => {
		const places = buildPlaces({
			territory: aTerritory({ nom: 'CA d’Aubrelle', communes: [AUBRELLE, VERMOY, SORBAY] }),
			quartiers: [aQuartier({ code: 'QNZZZ71N' }), aQuartier({ code: 'QNZZZ72N', communes: [VERMOY] })],
			correspondances: new Map(),
			tousLesQuartiers: loadReferentiel().plans.tous_les_quartiers
		});
		expect(lu({ communes: ['Aubrelle'] }, places).niveaux).toBe('pa');
		expect(lu({ communes: ['CA d’Aubrelle'] }, places).niveaux).toBe('dd');
	});
});

describe('« QPV 5 » est le cinquième, pas les cinq', () => {
	it('une question, là où « les 5 QPV » sont tous', () => {
		expect(lu({ quartiers: ['QPV 5'] }).niveaux).toBe('iiiii');
		expect(lu({ quartiers: ['les 5 QPV'] }).niveaux).toBe('eeeee');
	});
});

describe('un quartier entre parenthèses après sa commune', () => {
	it.each(['Aubrelle (Les Pyramides)', 'Aubrelle - Les Pyramides', 'Ville d’Aubrelle (quartier des Pyramides)'])(
		'« %s », sous « Commune », est ce quartier',
		(lieu) => expect(lu({ communes: [lieu] })).toMatchObject({ niveaux: 'eaaaa', questions: [] })
	);

	it('deux quartiers aussi ; celui d’une autre commune se demande', () => {
		expect(lu({ communes: ['Vermoy (Cité du Parc et Résidence Tannebert)'] }).niveaux).toBe('aaeea');
		expect(lu({ communes: ['Vermoy (Pyramides)'] })).toMatchObject({
			niveaux: 'iaiii',
			questions: [{ raison: 'contraire' }]
		});
		expect(lu({ communes: ['Vermoy (59)'] }).niveaux).toBe('aappp');
	});
});
