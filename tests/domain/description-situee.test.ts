import { expect, it } from 'vitest';
import { lu } from '../fixtures/lieux';

/* e explicite, c cible, p probable, a aucune; Pyramides, Glacis, Parc, Tannebert, Isel. */

it.each([
	'Groupe scolaire situé rue des Meuniers, au cœur des Pyramides.',
	'Équipement au pied des immeubles du quartier Les Pyramides.',
	'Travaux dans le quartier des Pyramides.',
	'Lieu : Les Pyramides.'
])('« %s » place l’action, comme un titre', (description) => {
	expect(lu({ communes: ['Aubrelle'], description }).niveaux).toBe('eaaaa');
});

it.each([
	'Actions de rue, par exemple dans le quartier des Pyramides.',
	'Ateliers dans le quartier des Pyramides notamment.',
	'Ateliers dans le quartier des Pyramides puis dans toute la ville, dont le centre.',
	'Comme déjà mené dans le quartier des Pyramides.',
	'On compte 43 % de ménages pauvres dans le quartier des Pyramides.',
	'Une permanence par mois aux Pyramides.'
])('« %s » est un exemple, ou un chiffre : les autres restent probables', (description) => {
	expect(lu({ communes: ['Aubrelle'], description }).niveaux).toMatch(/^[ec]paap$/);
});

it('une description n’ôte pas une autre commune de la ligne', () => {
	const description = 'Chantier dans le quartier des Pyramides.';
	expect(lu({ communes: ['Aubrelle', 'Vermoy'], description }).niveaux).toBe('epppp');
});
