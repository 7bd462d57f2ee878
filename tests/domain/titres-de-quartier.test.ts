import { describe, expect, test } from 'vitest';
import { classify, type ClassifyInput } from '../../src/lib/domain/crossing/classify';
import { readLexicon } from '../classement/mesure';

/* Titles of city contracts and of the plans that serve their quartiers, whose words used to say something else. */

const lexicon = readLexicon();
const read = (titre: string, rest: Partial<ClassifyInput> = {}) => {
	const { transition, ville, nature } = classify({ titre, ...rest }, lexicon);
	const codes = (tags: readonly { code: string }[]) => tags.map((tag) => tag.code);
	return { T: codes(transition), P: codes(ville), N: nature?.code };
};

describe('des habitants qui décident ont le pouvoir d’agir', () => {
	test.each([
		'Conseil citoyen des Lilas',
		'Conseil des habitants',
		'Conseil de quartier du Moulin',
		'Budget participatif des habitants du Moulin',
		'Budget participatif climat',
		'Lancement d’un budget participatif',
		'Création d’une table de quartier',
		'Animation du conseil citoyen'
	])('« %s » : mobilisation et lien social', (titre) => {
		const { T, P } = read(titre);
		expect(T).toEqual(['T13']);
		expect(P).toContain('P11');
	});

	test.each([
		'Local du conseil citoyen',
		'Formation des conseils citoyens',
		'Aménagement de la salle du conseil de quartier',
		'Conseils gratuits aux habitants pour leurs travaux'
	])('« %s » ne mobilise pas', (titre) => {
		expect(read(titre).T).not.toContain('T13');
	});
});
