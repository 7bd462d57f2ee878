import { describe, expect, it } from 'vitest';
import { namedAddress } from '../../src/lib/domain/crossing/named-address';
import type { PlacedAction } from '../../src/lib/domain/crossing/place';

const of = (titre: string) => namedAddress({ action: { titre } } as Pick<PlacedAction, 'action'>);

describe('un titre qui dit où sont les travaux', () => {
	it.each([
		['Projet d’aménagement de la place de la Fontaine', 'place de la Fontaine'],
		['Planter le boulevard Jean-Moulin', 'boulevard Jean-Moulin'],
		['Rénover 12 logements rue de l’Abbé Pierre', 'rue de l’Abbé Pierre'],
		['Reconquérir les logements vacants du cœur d’agglomération', 'cœur d’agglomération'],
		['Apaiser le centre-ville', 'centre-ville']
	])('« %s »', (titre, lieu) => expect(of(titre)).toContain(lieu));

	it.each([
		'Donner toute sa place à la nature en ville',
		'Mettre en place une plateforme de rénovation',
		'Aménager des rues aux écoles',
		'AMENAGEMENT DE LA PLACE DE LA FONTAINE',
		'Créer un pont entre les générations'
	])('« %s » ne dit aucune adresse', (titre) => expect(of(titre)).toBeNull());
});
