import { expect, it } from 'vitest';
import { anAction } from '../fixtures/build';
import { lieux, lu } from '../fixtures/lieux';
import { toldPart, withParts } from '../../src/lib/domain/crossing/part-qpv';
import { resolvePlaces } from '../../src/lib/domain/places/reach';
import { shareTold } from '../../src/lib/domain/places/share-told';

const partOf = (said: Parameters<typeof anAction>[0]): (number | null)[] => {
	const action = anAction(said);
	return withParts(action, resolvePlaces(action, lieux).reach, []).map((r) => r.partQpv?.valeur ?? null);
};

it.each([
	'Désimperméabilisation. Part en QPV : 30 %.',
	'300 arbres, dont 30 % en QPV.',
	'30 % des bénéficiaires habitent le quartier.',
	'30 % de la surface située dans le quartier prioritaire'
])('« %s » dit la part de l’opération', (description) => {
	expect(shareTold(description)?.valeur).toBe(0.3);
	const said = { quartiers: ['Cité du Parc'], description };
	expect(lu(said).niveaux).toBe('aacaa');
	expect(partOf(said)).toEqual([null, null, 0.3, null, null]);
});

it.each([
	'Taux de subvention de 80 % en fonctionnement.',
	'43 % de pauvreté dans le quartier.',
	'30 % des logements du quartier sont énergivores.',
	'Part en QPV : 30 %, puis 40 % en QPV'
])('« %s » ne la dit pas', (description) => {
	expect(shareTold(description)).toBeNull();
	expect(lu({ quartiers: ['Cité du Parc'], description }).niveaux).toBe('aaeaa');
});

it.each(['Cité du Parc (30 %)', 'Cité du Parc : 30 %', '30 % en QPV Cité du Parc'])(
	'« %s » dans la cellule du quartier : une cible, et sa part',
	(cell) => {
		expect(lu({ quartiers: [cell] })).toMatchObject({ niveaux: 'aacaa', questions: [] });
		expect(partOf({ quartiers: [cell] })).toEqual([null, null, 0.3, null, null]);
	}
);

it('chaque cellule dit la part de son quartier', () => {
	expect(partOf({ quartiers: ['Cité du Parc (30 %)', 'Les Pyramides (20 %)'] })).toEqual([0.2, null, 0.3, null, null]);
});

it('la colonne de la part passe avant la phrase', () => {
	const told = { objectif: null, description: 'Part en QPV : 30 %' };
	expect(toldPart({ ...told, atteinteDeclaree: '50 %' })?.valeur).toBe(0.5);
	expect(toldPart({ ...told, atteinteDeclaree: null })?.valeur).toBe(0.3);
});
