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
