import { beforeEach, describe, expect, test } from 'vitest';
import { communeOf, epciOf, epciOfCommune, searchTerritories, territoryFromCog } from '../../src/lib/server/cog';
import { open, type Db } from '../../src/lib/server/db/client';
import {
	addAlias,
	correspondancesOf,
	createGroup,
	getQuartier,
	quartiersOf,
	saveQuartiers,
	saveTerritory
} from '../../src/lib/server/db/territories';
import { ensureTerritory, getTerritory, listTerritories } from '../../src/lib/server/territories';
import type { Commune, Quartier, Territory } from '../../src/lib/domain/territory';

describe('le code officiel géographique', () => {
	test('nomme une commune et son intercommunalité', () => {
		expect(communeOf('59392')).toMatchObject({ nom: 'Maubeuge', actuelle: '59392' });
		expect(epciOfCommune('59392')).toMatchObject({ code: '200043396', region: '32' });
	});

	test('retrouve la commune actuelle sous une commune associée ou un ancien code', () => {
		expect(communeOf('59540')).toMatchObject({ nom: 'Saint-Pol-sur-Mer', actuelle: '59183' });
		expect(epciOfCommune('59540')?.code).toBe(epciOfCommune('59183')?.code);
	});

	test('répond null à un code qui n’existe pas, sans rien inventer', () => {
		expect(communeOf('99999')).toBeNull();
		expect(communeOf('ZZ001')).toBeNull();
		expect(epciOf('123456789')).toBeNull();
		expect(territoryFromCog('ZZ0000001')).toBeNull();
	});

	test('donne un territoire avec ses communes à partir d’un SIREN', () => {
		const territory = territoryFromCog('200043396');
		expect(territory).toMatchObject({ genre: 'epci', region: '32', fictif: false });
		expect(territory?.communes.map((c) => c.nom)).toContain('Maubeuge');
	});

	test('cherche sans accents ni casse, et donne l’intercommunalité de la commune', () => {
		const [first] = searchTerritories('SAINT QUENTIN', 5).filter((h) => h.genre === 'commune');
		expect(first).toMatchObject({ nom: 'Saint-Quentin', code: '02691', epci: { code: '200071892' } });
		expect(searchTerritories('valenciennes metropole')[0]).toMatchObject({ genre: 'epci' });
		expect(searchTerritories('200043396')[0]?.code).toBe('200043396');
		expect(searchTerritories('…')).toEqual([]);
	});
});

describe('les territoires de la base', () => {
	let db: Db;
	beforeEach(async () => {
		db = await open(':memory:');
	});

	test('un EPCI connu par ses seuls quartiers est listé et lisible, sans ligne de territoire', async () => {
		await saveQuartiers(db, [aQuartier('QN05916M', 'Épinette', '59392', ['200043396'])], origin);
		expect(await listTerritories(db)).toEqual([
			{ code: '200043396', nom: epciOf('200043396')!.nom, fictif: false, quartiers: 1, plans: 0, actions: 0 }
		]);
		expect((await getTerritory(db, '200043396'))?.communes.length).toBeGreaterThan(10);
		expect(await getTerritory(db, '200070993')).toBeNull();
	});

	test('un territoire demandé est créé une fois depuis le code officiel', async () => {
		expect(await ensureTerritory(db, '123456789')).toBeNull();
		const made = await ensureTerritory(db, '200043396');
		expect(await ensureTerritory(db, '200043396')).toEqual(made);
	});

	test('le territoire fictif vient de ses propres fichiers', async () => {
		const territory: Territory = {
			code: 'ZZ0000001' as Territory['code'],
			nom: 'Val-d’Exemple',
			genre: 'epci',
			region: null,
			communes: [commune('ZZ001', 'Exempleville')],
			fictif: true
		};
		await saveTerritory(db, territory);
		await saveTerritory(db, territory);
		expect(await getTerritory(db, 'ZZ0000001')).toEqual(territory);
	});

	test('un groupe de communes réunit les quartiers qui les touchent', async () => {
		await saveQuartiers(
			db,
			[
				aQuartier('QN05916M', 'Épinette', '59392', ['200043396']),
				aQuartier('QN00201M', 'Europe', '02691', ['200071892'])
			],
			origin
		);
		const group = await createGroup(db, { nom: 'Bassin d’Œuvre', communes: [commune('59392', 'Maubeuge')] });
		expect(group.code).toBe('G-bassin-d-oeuvre');
		expect((await quartiersOf(db, group.code)).map((q) => q.code)).toEqual(['QN05916M']);
		expect((await listTerritories(db)).find((t) => t.code === group.code)).toMatchObject({ quartiers: 1 });
	});

	test('réécrire un quartier garde ses alias et remplace le reste', async () => {
		await saveQuartiers(db, [aQuartier('QN05916M', 'Épinette', '59392', ['200043396'])], origin);
		await addAlias(db, { quartier: 'QN05916M', alias: 'Les Écrivains', par: 'agent', le: '2026-11-22' });
		await addAlias(db, { quartier: 'QN05916M', alias: 'Les Écrivains', par: 'agent', le: '2026-11-22' });
		await saveQuartiers(db, [aQuartier('QN05916M', 'L’Épinette', '59392', ['200043396', '200071892'])], origin);
		expect(await getQuartier(db, 'QN05916M')).toMatchObject({
			nom: 'L’Épinette',
			epci: ['200043396', '200071892'],
			alias: ['Les Écrivains']
		});
		expect(await getQuartier(db, 'QN99999M')).toBeNull();
	});

	test('un ancien code mène à ses successeurs, nommés quand on les connaît', async () => {
		await saveQuartiers(db, [aQuartier('QN05918M', 'Sous-le-Bois', '59392', ['200043396'])], origin);
		await db
			.insertInto('correspondance')
			.values([
				{ code_2024: 'QN05918M', code_2015: 'QP059019', statut: 'MODIFIE', libelle_2015: null },
				{ code_2024: 'QN05919M', code_2015: 'QP059019', statut: 'MODIFIE', libelle_2015: null },
				{ code_2024: 'QN05920N', code_2015: '', statut: 'NOUVEAU', libelle_2015: null }
			])
			.execute();
		const found = await correspondancesOf(db);
		expect([...found.keys()]).toEqual(['QP059019']);
		expect(found.get('QP059019')).toEqual([
			{ code: 'QN05918M', nom: 'Sous-le-Bois', ancienNom: null, statut: 'MODIFIE' },
			{ code: 'QN05919M', nom: null, ancienNom: null, statut: 'MODIFIE' }
		]);
		expect((await getQuartier(db, 'QN05918M'))?.predecesseurs).toEqual(['QP059019']);
	});
});

const origin = { source: 'essai', le: '2026-11-22' };

const commune = (code: string, nom: string) => ({ code, nom }) as Commune;

function aQuartier(code: string, nom: string, insee: string, epci: string[]): Quartier {
	return {
		code: code as Quartier['code'],
		nom,
		communes: [commune(insee, insee)],
		epci: epci as unknown as Quartier['epci'],
		alias: [],
		predecesseurs: [],
		geometrie: null,
		surface: null,
		fictif: false
	};
}
