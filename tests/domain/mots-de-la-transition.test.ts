import { describe, expect, test } from 'vitest';
import { classify, type ClassifyInput } from '../../src/lib/domain/crossing/classify';
import { readLexicon } from '../classement/mesure';

/* What words of every day say of the transition, when they say it and when they do not. */

const lexicon = readLexicon();
const read = (titre: string, rest: Partial<ClassifyInput> = {}) => {
	const { transition, ville } = classify({ titre, ...rest }, lexicon);
	const codes = (tags: readonly { code: string }[]) => tags.map((tag) => tag.code);
	return { T: codes(transition), P: codes(ville) };
};

describe('un équipement public que l’on reconstruit', () => {
	test.each([
		['Reconstruction du groupe scolaire Olympe-Delorme', 'P07'],
		['Démolition et reconstruction du gymnase des Frênes', 'P10'],
		['Reconstruire la piscine des Alizés', 'P10'],
		['Démolition-reconstruction de la crèche Coccinelle', 'P07'],
		['Reconstruction du centre social des Vignes', 'P11']
	])('« %s » : sa performance, comme pour une réhabilitation', (titre, ville) => {
		const { T, P } = read(titre);
		expect(T).toEqual(['T02']);
		expect(P[0]).toBe(ville);
	});

	test.each([
		'Construction d’une crèche de quarante berceaux',
		'Reconstruction du mur de l’école',
		'Reconstruction de 40 logements sur le site de l’ancienne école',
		'Reconstruction de soi : atelier au centre social'
	])('« %s » : rien de tel', (titre) => {
		expect(read(titre).T).not.toContain('T02');
	});
});

describe('une randonnée', () => {
	test.each(['Randonnées nature des deux rivières', 'Randonnée en famille', 'Randonnée santé du mardi'])(
		'« %s » : une promenade, non une mobilité',
		(titre) => {
			expect(read(titre).T).not.toContain('T05');
			expect(read(titre).P).not.toContain('P09');
		}
	);

	test.each(['Création d’un chemin de randonnée', 'Balisage des itinéraires de randonnée'])(
		'« %s » : un chemin est fait pour marcher',
		(titre) => {
			expect(read(titre).T).toContain('T05');
		}
	);
});

describe('un parc que l’on refait', () => {
	test.each([
		'Aménagement d’un parc au bord de la Lysette',
		'Aménager le parc de la Glaisière',
		'Requalifier le parc de la Glaisière',
		'Requalification du parc public des Ormes',
		'Requalification du parc urbain',
		'Réaménagement du parc et de son plan d’eau'
	])('« %s » : de l’ombre et des sols', (titre) => {
		expect(read(titre).T).toEqual(['T06']);
	});

	test.each([
		'Requalification du parc de logements',
		'Requalification du parc social',
		'Requalifier le parc privé',
		'Requalification du parc HLM',
		'Requalification du parc d’activités des Portes',
		'Aménagement d’un parc de stationnement',
		'Aménagement du parc informatique',
		'Renouvellement du parc automobile',
		'Aménagement d’un parc éolien',
		'Aménagement d’un parc relais',
		'Aménagement du parc des sports',
		'Aménagement du parc des expositions',
		'Aménagement de la maison du parc naturel régional'
	])('« %s » : n’en a que le nom', (titre) => {
		expect(read(titre).T).not.toContain('T06');
	});

	test('dans un programme de l’habitat, un parc est fait de logements', () => {
		expect(read('Requalifier le parc', { plan: 'plh' }).T).not.toContain('T06');
	});
});

describe('un observatoire', () => {
	test.each(['Observatoire de l’habitat', 'Observatoire local de l’habitat', 'Observatoire du logement'])(
		'« %s » : la connaissance du territoire',
		(titre) => {
			expect(read(titre)).toEqual({ T: ['T14'], P: ['P01'] });
		}
	);

	test.each(['Observatoire de la délinquance', 'Observatoire de la parentalité', 'Observatoire de l’habitat indigne'])(
		'« %s » : pas celle de la transition',
		(titre) => {
			expect(read(titre).T).toEqual([]);
		}
	);
});
