import { describe, expect, test } from 'vitest';
import { classify } from '../../src/lib/domain/crossing/classify';
import { readLexicon } from '../classement/mesure';

const lexicon = readLexicon();

function read(titre: string) {
	const { transition, ville, nature } = classify({ titre }, lexicon);
	return { T: transition.map((tag) => tag.code), P: ville.map((tag) => tag.code), N: nature?.code };
}

/* What a local authority does for itself borrows the words of what it does for its inhabitants. */

describe('ce qu’une collectivité fait pour elle-même n’a pas d’enjeu', () => {
	test.each([
		'Assurance dommages aux biens et flotte automobile',
		'ASSURANCE DE LA FLOTTE AUTOMOBILE',
		'Recrutement d’un agent comptable',
		'Acquisition de mobilier de bureau et de vestiaires',
		'Tickets restaurant des agents',
		'Plan de prévention des risques psychosociaux pour les agents',
		'Sécurité des systèmes d’information',
		'Hébergement des données et sauvegardes',
		'Gestion de la dette',
		'Attributions de compensation'
	])('« %s »', (titre) => {
		expect(read(titre)).toMatchObject({ T: [], P: [] });
	});
});

describe('le même mot, dit aux habitants ou du territoire, garde son enjeu', () => {
	test.each([
		['Verdir la flotte automobile de la collectivité', 'T05', undefined],
		['Recrutement de demandeurs d’emploi du quartier', undefined, 'P05'],
		['Vestiaires du stade de quartier', undefined, 'P10'],
		['Sensibiliser les agents aux éco-gestes', 'T03', undefined],
		['Plan de prévention des risques naturels', 'T08', undefined],
		['Dettes et surendettement : point conseil budget', undefined, 'P04'],
		['Hébergement d’urgence', undefined, 'P04'],
		['Rénovation énergétique du parc privé vacant', 'T01', 'P01'],
		['Atelier de réparation d’électroménager', 'T10', undefined],
		['Attribution de logements aux ménages prioritaires', undefined, 'P01']
	])('« %s » : %s, %s', (titre, transition, ville) => {
		const found = read(titre);
		if (transition) expect(found.T[0]).toBe(transition);
		if (ville) expect(found.P[0]).toBe(ville);
	});
});

describe('un mot trop général ne décide pas seul', () => {
	test('« accessible » ne dit pas un service, « kiosque » ne dit pas l’espace public', () => {
		expect(read('Mettre en place un cadastre solaire accessible aux particuliers')).toMatchObject({
			T: ['T04'],
			P: []
		});
		expect(read('Kiosque emploi').P).toEqual(['P05']);
		expect(read('Restauration du kiosque à musique').P[0]).toBe('P02');
	});

	test('louer le parc privé n’est pas le rénover', () => {
		expect(read('Mobiliser le parc privé vacant par l’intermédiation locative')).toMatchObject({ T: [], P: ['P01'] });
	});

	test('nourrir un étudiant n’est pas ses études', () => {
		expect(read('Colis alimentaires étudiants et distribution de fruits et légumes').P).toEqual(['P04']);
	});

	test('un broyeur prêté évite des déchets, celui des accotements non', () => {
		expect(read('Acquérir deux broyeurs mutualisés pour les habitants').T).toEqual(['T10']);
		expect(read('Achat d’un broyeur d’accotement pour les communes').T).toEqual([]);
	});

	test('mettre un document en conformité n’est pas des travaux ; bâtir des logements à vendre n’est pas une aide', () => {
		expect(read('Mise en conformité RGPD des fichiers du personnel').N).toBe('N4');
		expect(read('Mise en conformité de l’installation électrique de la mairie').N).toBe('N1');
		expect(read('Production de 120 logements en accession sociale').N).toBe('N1');
		expect(read('Aide à l’accession sociale à la propriété').N).toBe('N5');
	});
});
