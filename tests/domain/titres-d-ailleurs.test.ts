import { describe, expect, test } from 'vitest';
import { classify } from '../../src/lib/domain/crossing/classify';
import { readLexicon } from '../classement/mesure';

const lexicon = readLexicon();
const read = (titre: string) => classify({ titre }, lexicon);
const codes = (tags: readonly { code: string }[]) => tags.map((tag) => tag.code);

describe('classer les mots des plans d’autres régions', () => {
	test.each([
		['Ingénierie du contrat de ville', []],
		['Végétaliser la trame urbaine du bourg', ['T06']],
		['Ombrière dans la cour de la maternelle', ['T06']],
		['Ombrières photovoltaïques du parking', ['T04']],
		['Construction d’une crèche passive', ['T02']],
		['Extension de la restauration collective du groupe scolaire', []],
		['Commune de Belval : remplacement du sol de la salle de danse', []],
		['Planifier la rénovation', ['T01']],
		['Repenser le réseau routier', ['T05']],
		['Intégrer un critère carbone aux achats', ['T14']],
		['Coopérative citoyenne d’énergie', ['T04']]
	])('« %s » : %j', (titre, expected) => {
		expect(codes(read(titre).transition)).toEqual(expected);
	});

	test('la mer n’est pas une mère : une sortie sur la côte n’est pas de l’égalité', () => {
		expect(codes(read('Sortie familiale en bord de mer').ville)).toEqual(['P11']);
	});

	test.each([
		['Testing sur les refus de location à raison de l’origine', ['P13']],
		['Remplacer le serveur informatique de la mairie', []],
		['Atelier informatique pour les habitants', ['P10']],
		['Adhérer à l’association Atmo', []]
	])('« %s » : %j en politique de la ville', (titre, expected) => {
		expect(codes(read(titre).ville)).toEqual(expected);
	});

	test('une sensibilisation itinérante n’est pas une action de fond', () => {
		const truck = 'Mise en place d’actions de sensibilisations itinérantes par le biais d’un Food’Truck';
		expect(read(truck).nature?.code).toBe('N3');
	});

	test('un second enjeu de ville au poids des deux tiers du premier n’est pas proposé', () => {
		expect(codes(read('Ouverture d’une crèche dans la salle des associations').ville)).toEqual(['P07']);
	});
});
