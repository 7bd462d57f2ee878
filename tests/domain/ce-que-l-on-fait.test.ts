import { describe, expect, test } from 'vitest';
import { classify, type ClassifyInput } from '../../src/lib/domain/crossing/classify';
import { readLexicon } from '../classement/mesure';

/* Works, or money, or how a building is run: what the title says is done, whatever it is done for. */

const lexicon = readLexicon();
const nature = (titre: string, rest: Partial<ClassifyInput> = {}) => classify({ titre, ...rest }, lexicon).nature?.code;

describe('payer les travaux d’un autre est une aide', () => {
	test.each([
		'Prise en charge des travaux d’isolation des propriétaires en situation de pauvreté',
		'Prise en charge des travaux d’isolation',
		'Prendre en charge les travaux de toiture des retraités modestes',
		'Subventionner l’isolation des toitures des particuliers',
		'Prime aux travaux d’isolation des copropriétaires'
	])('« %s » : une aide financière', (titre) => {
		expect(nature(titre)).toBe('N5');
	});

	test('les mener soi-même reste un chantier, et un accueil reste un service', () => {
		expect(nature('Travaux d’isolation des logements de propriétaires modestes')).toBe('N1');
		expect(nature('Prise en charge des enfants malades')).toBe('N2');
	});

	test.each([
		'Secours d’urgence pour les factures d’énergie',
		'Secours pour les factures d’eau',
		'Fonds de secours pour les impayés de loyer'
	])('« %s » : une aide financière', (titre) => {
		expect(nature(titre)).toBe('N5');
	});

	test('un secours que l’on apprend, ou qui nourrit, n’en est pas une', () => {
		expect(nature('Formation aux premiers secours')).toBe('N3');
		expect(nature('Distribution de colis d’aide alimentaire d’urgence')).toBe('N2');
	});
});

describe('ce qu’un aménagement protège dit pourquoi on le fait', () => {
	test.each([
		'Square îlot de fraîcheur : protéger la santé des aînés l’été',
		'Square planté pour protéger les riverains de la chaleur',
		'Ombrières et brumisateurs pour protéger les plus fragiles'
	])('« %s » : des travaux', (titre) => {
		expect(nature(titre, { description: 'Aménagement et plantation' })).toBe('N1');
	});

	test('protéger sans rien bâtir n’en est pas', () => {
		expect(nature('Protéger les arbres remarquables')).toBe('N2');
		expect(nature('Ateliers santé : se protéger de la canicule')).toBe('N3');
	});
});

describe('baisser, éteindre, réemployer ne sont pas des travaux', () => {
	test.each([
		['Réduire l’éclairage et le chauffage des bâtiments communaux', 'N4'],
		['Baisser le chauffage à 19 °C dans les écoles', 'N4'],
		['Extinction de l’éclairage public', 'N4'],
		['Réemployer le liège et les poutres issus des démolitions', 'N2']
	])('« %s » : %s', (titre, code) => {
		expect(nature(titre)).toBe(code);
	});

	test('changer les lampes, ou bâtir avec ce que l’on réemploie, en est', () => {
		expect(nature('Extinction de l’éclairage et remplacement des lampes par des LED')).toBe('N1');
		expect(nature('Réduire la consommation de l’éclairage public')).toBe('N1');
		expect(nature('Réemployer les briques de la démolition dans l’aménagement du square')).toBe('N1');
	});
});

describe('une chaudière neuve au gaz n’est pas une rénovation énergétique', () => {
	const transition = (titre: string, description?: string) =>
		classify({ titre, description: description ?? null }, lexicon).transition.map(({ code }) => code);

	test('ni dans un logement, ni dans une école : aucune aide à la rénovation ne lui est proposée', () => {
		const boilers = 'Remplacement des chaudières gaz par des chaudières gaz neuves, résidence des Saules';
		expect(transition(boilers)).toEqual([]);
		expect(transition('Remplacer les chaudières gaz de la résidence des Saules', 'Chaudières gaz neuves.')).toEqual([]);
		expect(transition('Installation d’une chaudière gaz neuve à l’école')).toEqual([]);
		expect(transition('Remplacement de la chaudière fioul par une chaudière gaz à condensation')).toEqual([]);
	});

	test('en sortir, ou isoler en même temps, en est une', () => {
		expect(transition('Remplacement des chaudières gaz par une pompe à chaleur, résidence des Saules')).toContain(
			'T01'
		);
		expect(transition('Isolation de la résidence et chaudières gaz neuves')).toContain('T01');
		expect(transition('Remplacement de la chaudière fioul de la mairie')).toContain('T02');
	});
});
