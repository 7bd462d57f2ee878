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

describe('une ligne de bus est un transport, un service qui vient en bus n’en est pas un', () => {
	test.each([
		'Bus express du Moulin à la zone d’emploi de la Plaine',
		'Ligne de bus vers la zone d’emploi',
		'Bus vers l’emploi',
		'Création d’une ligne de bus',
		'Desserte en bus des zones d’emploi',
		'Ligne de bus vers le centre de santé'
	])('« %s »', (titre) => {
		const { T, P } = read(titre);
		expect(T).toEqual(['T05']);
		expect(P).toContain('P09');
	});

	test.each([
		'Bus de l’emploi',
		'Bus santé : dépistage au pied des tours',
		'Bus itinérant de l’emploi',
		'Permanence emploi dans le bus',
		'Bus des services publics',
		'Bus de la création d’entreprise'
	])('« %s »', (titre) => {
		const { T, P } = read(titre);
		expect(T).not.toContain('T05');
		expect(P).not.toContain('P09');
	});

	test('mener à une zone d’emploi, c’est desservir puis aider à travailler', () => {
		expect(read('Navette vers la zone d’emploi').P).toEqual(['P09', 'P05']);
	});

	test('aller vers les gens est un service, aller plus loin n’en est pas un', () => {
		expect(read('Aller vers les habitants isolés').N).toBe('N2');
		expect(read('Panneaux solaires pour aller au-delà de nos besoins').N).toBe('N1');
	});
});

describe('protéger est un but : ce que l’on fait dit la nature', () => {
	test.each([
		['Ateliers canicule : se protéger de la chaleur', 'N3'],
		['Atelier pour apprendre à se protéger du soleil', 'N3'],
		['Sensibilisation des familles : protéger les enfants des écrans', 'N3'],
		['Haies pour protéger les cultures du vent', 'N1'],
		['Construction d’une digue pour protéger le bourg', 'N1'],
		['Protéger la ressource en eau', 'N2']
	])('« %s » : %s', (titre, nature) => {
		expect(read(titre).N).toBe(nature);
	});

	test('un écran végétal se plante, même pour protéger la santé', () => {
		const titre = 'Écran végétal contre la pollution : protéger la santé des riverains';
		expect(read(titre, { description: 'Plantation et merlon.' }).N).toBe('N1');
	});
});

describe('une somme écrite pour des ménages est une aide, et les ménages modestes ne s’effacent pas devant leur logement', () => {
	test.each([
		'4 000 € pour les propriétaires très modestes qui isolent leur maison',
		'Aide financière à l’isolation des logements des propriétaires en précarité',
		'Prime de 900 € pour isoler les logements des ménages modestes'
	])('« %s » : un soutien financier, pour le logement et pour qui a peu', (titre) => {
		for (const rest of [{}, { plan: 'plh' as const }]) {
			const { P, N } = read(titre, rest);
			expect(N).toBe('N5');
			expect(P).toEqual(expect.arrayContaining(['P01', 'P04']));
		}
	});

	test('isoler les logements de ménages modestes reste des travaux, où le reste à charge compte', () => {
		expect(read('Isolation des logements des ménages modestes')).toEqual({ T: ['T01'], P: ['P01', 'P04'], N: 'N1' });
		expect(read('Accompagner les ménages modestes vers la rénovation').P).toEqual(['P01', 'P04']);
	});

	test('une somme en tête de titre n’est pas un numéro de fiche', () => {
		const { nature } = classify({ titre: '1 500 € par foyer pour une chaudière à bois' }, lexicon);
		expect(nature).toMatchObject({ code: 'N5', mots: ['€ par foyer'] });
	});
});

describe('un prix écrit dans le titre est un tarif', () => {
	test.each(['Abonnement de bus à 1 € pour les jeunes', 'Abonnement à 1€ par mois', 'Trajet à 2 euros vers la ville'])(
		'« %s »',
		(titre) => {
			expect(read(titre).N).toBe('N5');
		}
	);

	test('un abonnement sans son prix, une étude sur le prix n’en sont pas un', () => {
		expect(read('Abonnement de la médiathèque à la presse').N).not.toBe('N5');
		expect(read('Étude sur l’abonnement à 1 €').N).toBe('N4');
	});
});

describe('observer l’habitat est une connaissance, observer la délinquance n’est pas de la transition', () => {
	test.each([
		'Observatoire de l’habitat et du foncier',
		'Observatoire des loyers',
		'Créer un observatoire de l’habitat'
	])('« %s »', (titre) => {
		expect(read(titre)).toEqual({ T: ['T14'], P: ['P01'], N: 'N4' });
	});

	test.each(['Observatoire de la délinquance', 'Créer un observatoire de la tranquillité publique'])(
		'« %s » se tait',
		(titre) => {
			expect(read(titre).T).toEqual([]);
		}
	);
});

describe('un axe ne décide pas de la nature quand le titre ou la description en dit une', () => {
	const axe = 'Consommer et jeter moins';
	test('il parle pour un titre et une description qui n’en disent pas', () => {
		expect(read('Textiles', { axe }).N).toBe('N3');
	});

	test('un mot faible du titre, une description lui passent devant', () => {
		expect(read('Objets des chantiers ANRU', { axe }).N).toBe('N1');
		expect(read('Textiles', { axe, description: 'Rénovation du local' }).N).toBe('N1');
	});

	test('une matériauthèque est un équipement', () => {
		expect(read('Matériauthèque des chantiers', { axe }).N).toBe('N1');
	});
});
