import { describe, expect, test } from 'vitest';
import { classify, type ClassifyInput } from '../../src/lib/domain/crossing/classify';
import { readLexicon } from '../classement/mesure';

/* Titles one word of which says something else than what is done. */

const lexicon = readLexicon();
const read = (titre: string, rest: Partial<ClassifyInput> = {}) => {
	const { transition, ville, nature } = classify({ titre, ...rest }, lexicon);
	const codes = (tags: readonly { code: string }[]) => tags.map((tag) => tag.code);
	return { T: codes(transition), P: codes(ville), N: nature?.code };
};

describe('le logement de qui a peu se dit deux fois', () => {
	test.each([
		'Aide aux travaux de rénovation pour les propriétaires en situation de pauvreté',
		'Réhabilitation des logements de familles pauvres',
		'Isolation des maisons des ménages précaires',
		'Rénovation énergétique des logements des foyers à faibles revenus',
		'Amélioration de l’habitat des ménages défavorisés',
		'Rénovation des copropriétés : aide aux copropriétaires modestes'
	])('« %s » : le logement et la précarité', (titre) => {
		const { P } = read(titre);
		expect(P).toContain('P04');
		expect(P).toContain('P01');
	});

	test('mais un logement dont rien ne dit qui l’habite n’est pas une réponse à la pauvreté', () => {
		expect(read('Aide aux travaux de rénovation pour les propriétaires').P).not.toContain('P04');
		expect(read('Aide au chauffage des personnes en situation de précarité').P).toEqual(['P04']);
	});
});

describe('un chantier d’insertion emploie', () => {
	test('la formation y est un chemin, et non une sensibilisation', () => {
		expect(read('Formation au réemploi des matériaux : chantier d’insertion de huit postes').N).toBe('N2');
		expect(read('Formation des encadrants de chantiers d’insertion').N).toBe('N3');
		expect(read('Formation aux gestes qui économisent l’eau').N).toBe('N3');
	});

	test('un chantier école n’est pas une école que l’on rénove', () => {
		for (const titre of ['Chantier école : isoler et carreler la maison du jardin', 'Chantiers-écoles de menuiserie']) {
			const { T, P, N } = read(titre);
			expect(T, titre).toEqual(['T12']);
			expect(P[0], titre).toBe('P05');
			expect(N, titre).toBe('N2');
		}
		expect(read('Chantier école d’isolation du gymnase').T).toEqual(['T02', 'T12']);
		expect(read('Isolation de l’école').T).toEqual(['T02']);
	});
});

describe('une voiture que l’on prête aide à rejoindre un emploi', () => {
	test.each(['Permis B et prêt de voitures', 'Location de voitures à tarif solidaire', 'Aide à l’achat d’une voiture'])(
		'« %s » : pas une mobilité durable',
		(titre) => {
			expect(read(titre).T).toEqual([]);
			expect(read(titre).P).toContain('P09');
		}
	);

	test.each(['Voitures en autopartage', 'Voitures partagées entre voisins', 'Réduire la place de la voiture'])(
		'« %s » en est une',
		(titre) => {
			expect(read(titre).T).toContain('T05');
		}
	);
});
