import { describe, expect, it } from 'vitest';
import { buildPlaces } from '../../src/lib/domain/places/reach';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aQuartier, aTerritory } from '../fixtures/build';
import { lu } from '../fixtures/lieux';

/* A title names a quartier without its capitals. */

const noms = ['Cité des Vanniers', 'Haute-Lande', 'La Gare', 'Centre Ville', 'Les Fleurs', 'Banc Vert', 'Haute-Ville'];
const places = buildPlaces({
	territory: aTerritory(),
	quartiers: noms.map((nom, n) => aQuartier({ code: `QNZZZ5${n}N`, nom })),
	correspondances: new Map(),
	tousLesQuartiers: loadReferentiel().plans.tous_les_quartiers
});
const atteints = (titre: string) => noms.filter((_, n) => lu({ titre }, places).niveaux.charAt(n) === 'e');

describe('un nom de plusieurs mots, écrit en minuscules dans un titre', () => {
	it.each([
		['Isolation des logements de la cité des vanniers', ['Cité des Vanniers']],
		['Isolation des logements de la haute-lande', ['Haute-Lande']],
		['Jardins à la haute-lande et à la cité des vanniers', ['Cité des Vanniers', 'Haute-Lande']]
	])('« %s »', (titre, attendus) => expect(atteints(titre)).toEqual(attendus));

	it.each([
		'Parvis de la gare',
		'Fleurir le centre ville et le centre-ville',
		'Concours des maisons en fleurs',
		'Peindre le banc vert du parc',
		'École de la cité des vanniers',
		'Rue de la haute-lande',
		'Circulation dans la haute-ville',
		'Une lande haute et une haute lande'
	])('« %s » ne nomme personne', (titre) => expect(atteints(titre)).toEqual([]));
});
