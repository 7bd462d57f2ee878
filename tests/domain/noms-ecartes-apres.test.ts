import { describe, expect, it } from 'vitest';
import { lu } from '../fixtures/lieux';

/* e explicite, p probable, a aucune, i inconnu; Pyramides, Glacis, Parc, Tannebert, Isel. Row of Aubrelle: the first two and Isel. */

const decrit = (description: string) => lu({ communes: ['Aubrelle'], titre: 'Jardin', description }).niveaux;

describe('l’exclusion écrite après le nom laisse ce quartier dehors', () => {
	it.each([
		'Le quartier Les Pyramides n’est pas concerné.',
		"Le quartier Les Pyramides n'est pas concerné par l'action.",
		'Trois parcelles.\r\nLes Pyramides ne sont pas concernées.',
		'Ne concerne pas Les Pyramides.',
		'L’action ne vise pas le quartier des Pyramides.',
		'Les Pyramides en sont exclues.',
		'Le QPV Les Pyramides n’est pas éligible.',
		'Le QPV Les Pyramides n’en fait pas partie.',
		'À l’exclusion du quartier des Pyramides.',
		'Quartiers exclus : Les Pyramides.',
		'Le quartier des Pyramides (Aubrelle), lui, n’est pas retenu.'
	])('« %s »', (description) => {
		expect(decrit(description)).toBe('apaap');
	});

	it('la preuve dit les mots qui l’écartent', () => {
		const { preuves } = lu({
			description: 'Trois lieux. Le quartier Les Pyramides n’est pas concerné, les autres oui.'
		});
		expect(preuves[0]).toBe('Le quartier Les Pyramides n’est pas concerné');
	});

	it('« ne sont pas » vaut pour chaque nom que « et » joint, « n’est pas » pour le dernier', () => {
		expect(decrit('Les Pyramides et le faubourg d’Isel ne sont pas concernés.')).toBe('apaaa');
		expect(decrit('Aux Pyramides et au faubourg d’Isel, qui n’est pas concerné.')).toBe('epaaa');
	});

	it.each([
		'Les Pyramides n’est pas concerné',
		'Les Pyramides en est exclu',
		'Les Pyramides n’est pas éligible',
		'Ne concerne pas Les Pyramides',
		'Les Pyramides ne sont pas concernées'
	])('dans une colonne de quartiers, « %s » garde les autres', (cell) => {
		expect(lu({ quartiers: [cell] })).toMatchObject({ niveaux: 'aeeee', questions: [] });
	});

	it('à côté d’un autre nom, seul cet autre est atteint', () => {
		expect(lu({ quartiers: ['Les Glacis (Les Pyramides n’est pas concerné)'] }).niveaux).toBe('aeaaa');
	});
});

describe('ce qui ressemble à une exclusion et n’en est pas une', () => {
	it.each([
		'Non seulement Les Pyramides mais toute la rue.',
		'Le quartier des Pyramides n’est pas le seul concerné.',
		'Ne concerne pas que Les Pyramides.',
		'Ne concerne pas seulement Les Pyramides.',
		'Le quartier des Pyramides n’est pas exclu.',
		'Le quartier des Pyramides, exclu du programme de rénovation urbaine, est équipé.',
		'Le quartier des Pyramides n’est pas éligible au FEDER.',
		'Le quartier des Pyramides n’est pas concerné par la démolition.'
	])('« %s »', (description) => {
		expect(decrit(description).charAt(0)).toBe('e');
	});

	it('dans une colonne de quartiers non plus', () => {
		expect(lu({ quartiers: ['Les Pyramides n’est pas exclu'] }).niveaux).toBe('eaaaa');
	});
});
