import { describe, expect, it } from 'vitest';
import { communeIndex, communesIn } from '../../src/lib/domain/places/communes';
import { aCommune, AUBRELLE, SORBAY, VERMOY } from '../fixtures/build';
import { lu } from '../fixtures/lieux';

/* e explicite, p probable, d diffuse, a aucune; Pyramides and Glacis are in Aubrelle, Parc and Tannebert in Vermoy, Isel in both. */

const index = communeIndex([
	...[AUBRELLE, VERMOY, SORBAY],
	...['Albert', 'Croix', 'Le Quesnel', 'Neuve-Lestrelle', 'Vermoy-les-Eaux'].map((nom, n) => aCommune(`ZZ70${n}`, nom))
]);
const said = (titre: string) => communesIn(titre, index).map((code) => index.byCode.get(code as never)!.nom);

describe('un titre qui énumère des communes les dit toutes', () => {
	it.each([
		'Rénover les gymnases à Aubrelle, Sorbay et Vermoy',
		'Rénover les gymnases de Sorbay, Vermoy et d’Aubrelle',
		'RÉNOVER LES GYMNASES À AUBRELLE, SORBAY ET VERMOY',
		'Ombrières : Vermoy, Sorbay, Aubrelle',
		'Ombrières (Vermoy, Sorbay et Aubrelle)',
		'Gymnases à Aubrelle (toiture), Sorbay (murs) et Vermoy',
		'Navette Aubrelle – Sorbay – Vermoy',
		'Navette Aubrelle / Sorbay / Vermoy',
		'Ligne d’Aubrelle vers Sorbay puis Vermoy'
	])('« %s »', (titre) => {
		expect(said(titre).sort()).toEqual(['Aubrelle', 'Sorbay', 'Vermoy']);
		expect(lu({ titre, plan: 'pcaet' }).niveaux).toBe('ppppp');
	});

	it.each([
		'Piste cyclable entre Aubrelle et Vermoy',
		'Bus entre la gare de Vermoy et Aubrelle',
		'Bus Aubrelle – Vermoy'
	])('« %s » : aucune des deux n’est exclue', (titre) => expect(lu({ titre, plan: 'pcaet' }).niveaux).toBe('ppppp'));

	it('une commune d’ailleurs, au milieu ou au bout, n’efface pas les autres', () => {
		expect(said('Salles à Aubrelle, Houvelles et Vermoy')).toEqual(['Aubrelle', 'Vermoy']);
		expect(said('Piste entre Sorbay et Houvelles')).toEqual(['Sorbay']);
		expect(said('Salles à Vermoy et au Quesnel')).toEqual(['Vermoy', 'Le Quesnel']);
		expect(said('Salle des fêtes (Sorbay)')).toEqual(['Sorbay']);
	});

	it('un nom plus long qu’un autre n’est que le sien', () => {
		expect(said('Salles à Vermoy-les-Eaux, Sorbay et Neuve-Lestrelle')).toEqual([
			'Vermoy-les-Eaux',
			'Sorbay',
			'Neuve-Lestrelle'
		]);
	});
});

describe('une énumération n’invente pas de commune', () => {
	it.each([
		['Écoles à Vermoy, Albert Camus et Jean Sorbay', ['Vermoy']],
		['Ateliers à Vermoy avec Mme Sorbay', ['Vermoy']],
		['Ateliers à Vermoy, Mme Sorbay et ses amis', ['Vermoy']],
		['Rues de Vermoy et Sorbay', ['Vermoy']],
		['Maison de santé à Vermoy et Sorbay-le-Vieux', ['Vermoy']],
		['Rencontre entre Albert et Louise', []],
		['Cimetières Croix et Albert', []],
		['Agglomération de Vermoy, Sorbay et autres', []],
		['Concert de Vermoy Métropole et Sorbay', []],
		['Course Sorbay-Vermoy', []],
		['Jardin Sorbay', []]
	])('« %s » : %j', (titre, communes) => {
		expect(said(titre)).toEqual(communes);
	});

	it('une adresse est dans la commune qui la suit', () => {
		expect(said('12 rue de Vermoy, Sorbay')).toContain('Sorbay');
	});
});
