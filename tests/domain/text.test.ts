import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distance, fold, plain, similarity } from '../../src/lib/domain/text';
import { stem, stems } from '../../src/lib/domain/stem';

describe('lire un texte français comme une personne le lirait', () => {
	test('les accents, les capitales, les ligatures et les apostrophes ne comptent pas', () => {
		expect(plain('  L’ÉCOLE du « Cœur-de-Ville »  ')).toBe('l ecole du coeur de ville');
		expect(plain("L'ecole du coeur de ville")).toBe('l ecole du coeur de ville');
		expect(fold('Œuvre & Ægidius')).toMatch(/^oeuvre {3}aegidius$/);
	});

	test('un texte vide reste vide et n’a pas de mots', () => {
		expect(plain('')).toBe('');
		expect(stems(' – … ! ')).toEqual([]);
	});

	test.each([
		['rénovation', 'rénover'],
		['énergétiques', 'energetique'],
		['aménagée', 'aménager'],
		['écoles', 'École'],
		['végétalisation', 'végétaliser'],
		['réseaux', 'réseau'],
		['jeux', 'jeu'],
		['rues', 'rue'],
		['logements', 'logement']
	])('%s et %s ont la même racine', (one, other) => expect(stem(one)).toBe(stem(other)));

	test.each([
		['habitat', 'habitant'],
		['commune', 'communication'],
		['collecte', 'collectif'],
		['gare', 'garantir'],
		['équipe', 'équipement'],
		['station', 'stationnement'],
		['concert', 'concertation'],
		['coopérative', 'coopérer'],
		['air', 'aire'],
		['pluie', 'PLUi'],
		['danse', 'dans']
	])('%s et %s gardent chacun la leur', (one, other) => expect(stem(one)).not.toBe(stem(other)));

	test('relire un texte déjà plié ne change rien', () => {
		fc.assert(fc.property(fc.string(), (text) => plain(plain(text)) === plain(text)));
	});
});

describe('mesurer l’écart entre deux noms', () => {
	test('une lettre oubliée, ajoutée, changée ou deux lettres inversées font un écart d’un', () => {
		expect(distance('acacias', 'acacia')).toBe(1);
		expect(distance('acacia', 'acacias')).toBe(1);
		expect(distance('tilleul', 'tilluel')).toBe(1);
		expect(distance('mouettes', 'mouattes')).toBe(1);
		expect(distance('mouettes', 'mouettes')).toBe(0);
	});

	test('l’écart est le même dans les deux sens et ne dépasse pas le plus long des deux', () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
				const gap = distance(a, b);
				return gap === distance(b, a) && gap <= Math.max(a.length, b.length) && (gap === 0) === (a === b);
			})
		);
	});

	test('deux noms qui se lisent pareil se ressemblent tout à fait ; un nom vide ne ressemble à rien', () => {
		expect(similarity('Île Jeanty', 'ile jeanty')).toBe(1);
		expect(similarity('', '')).toBe(0);
		expect(similarity('Les Mouettes', 'Les Mouette')).toBeGreaterThan(0.9);
	});
});
