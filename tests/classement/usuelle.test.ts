import { describe, expect, test } from 'vitest';
import { classify } from '../../src/lib/domain/crossing/classify';
import { measure, readElsewhere, readLexicon, table } from './mesure';

const lexicon = readLexicon();
const nature = (titre: string, axe?: string) => classify({ titre, axe: axe ?? null }, lexicon).nature?.code;

describe('des titres de tous les jours, et ce que leur premier mot dit qu’on fait', () => {
	test('soixante-six titres de plus, lus une fois mesurés', () => {
		const set = readElsewhere().filter((one) => one.moitie === 'usuelle');
		const found = measure(set, lexicon);
		console.info(table('usuelle', found));
		expect(set.length).toBe(66);
		// Before any of its errors was read: transition 69 %, ville 84 %, nature 77 %.
		expect(found.transition.premier).toBeGreaterThanOrEqual(0.94);
		expect(found.transition.precision).toBeGreaterThanOrEqual(0.95);
		expect(found.ville.premier).toBeGreaterThanOrEqual(0.94);
		expect(found.ville.precision).toBeGreaterThanOrEqual(0.9);
		expect(found.nature).toBeGreaterThanOrEqual(0.86);
	});

	test.each([
		['Thermographie aérienne de la ville', 'Rénover l’habitat', 'N4'],
		['Soirée d’explication sur le chantier d’isolation', 'Travaux de rénovation', 'N3'],
		['Réunion d’information sur les travaux', 'Travaux de rénovation', 'N3'],
		['Bilan des aides à l’isolation', 'Aider les propriétaires', 'N4'],
		['Plan vélo : 12 km d’aménagements', '', 'N1'],
		['Visites énergie à domicile', 'Sensibiliser les habitants', 'N2'],
		['Création d’un poste d’animation sur le volet agricole', '', 'N2'],
		['Intégration des femmes immigrées', '', 'N2'],
		['Systématiser les études avant toute rénovation', '', 'N4'],
		['Mobiliser le foncier pour produire du logement', '', 'N4'],
		['Bilan de compétences vers l’emploi', '', 'N2'],
		['Changer les radiateurs de la résidence', '', 'N1']
	])('« %s » (axe : « %s ») : %s', (titre, axe, code) => {
		expect(nature(titre, axe)).toBe(code);
	});

	test('un axe ne pèse pas sur la nature que le titre dit, et parle pour un titre qui n’en dit pas', () => {
		const tag = classify({ titre: 'Étude préalable', axe: 'Construire des réseaux de chaleur' }, lexicon).nature;
		expect(tag?.code).toBe('N4');
		expect(tag?.mots).toEqual(['Étude']);
		expect(nature('Les Tilleuls', 'Construire des réseaux de chaleur')).toBe('N1');
	});

	test('l’objet rénové : une tour est un immeuble, un défi entre foyers n’est pas un foyer public', () => {
		const first = (titre: string) => {
			const { transition, ville } = classify({ titre }, lexicon);
			return [transition[0]?.code, ville[0]?.code];
		};
		expect(first('Réhabilitation de la tour Gambetta')).toEqual(['T01', 'P01']);
		expect(first('Restauration de la tour de l’église')[0]).toBeUndefined();
		expect(first('Défi énergie entre foyers')[0]).toBe('T03');
	});

	test('des propriétaires modestes ont un logement et peu d’argent : le reste à charge se croise', () => {
		const codes = classify({ titre: 'Aide aux travaux pour les propriétaires modestes' }, lexicon);
		expect(codes.transition[0]?.code).toBe('T01');
		expect(codes.ville.map(({ code }) => code)).toEqual(['P01', 'P04']);
	});
});
