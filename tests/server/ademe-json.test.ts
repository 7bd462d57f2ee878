import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { listDemarches } from '../../src/lib/server/files/ademe-json';
import { readWorkbook } from '../../src/lib/server/files/workbook';

const FILE = new URL(
	'../../../shared/data/plans/pcaet/Demarches_PCAET_Programme_Actions_V2.hauts-de-france.json',
	import.meta.url
);
const bytes = (value: unknown) =>
	new Uint8Array(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

const one = {
	id: 7,
	typesDemarche: [{ libcourt: 'PCAET' }],
	actions: [
		{
			intitule: ' Isoler ',
			secteurs: [{ secteur: { libelle: 'Résidentiel' } }, { secteur: { libelle: 'Gestion, production' } }],
			volets: [],
			typesPorteur: [{ libelle: 'Collectivité porteuse' }, { libelle: 'Association' }]
		},
		{ intitule: null, secteurs: null, volets: [{ libelle: 'Adaptation' }] }
	]
};

describe('un programme d’actions de l’ADEME devient une feuille', () => {
	it('chaque action a sa ligne, les valeurs multiples sont séparées par une barre', async () => {
		const workbook = await readWorkbook(bytes(one), 'pcaet.json');
		expect(workbook).toEqual({
			fichier: 'pcaet.json',
			format: 'ademe-json',
			lecture: null,
			sheets: [
				{
					nom: 'Démarche 7',
					masquee: false,
					rows: [
						['intitulé', 'secteurs', 'type de porteur', 'volets'],
						['Isoler', 'Résidentiel | Gestion, production', 'Collectivité porteuse | Association', null],
						[null, null, null, 'Adaptation']
					]
				}
			]
		});
	});

	it('avec plusieurs démarches, il faut en choisir une, et elles sont énumérées', async () => {
		const file = bytes([one, { ...one, id: 8, actions: one.actions.slice(0, 1) }]);
		expect(await readWorkbook(file, 'x.json')).toMatchObject({
			refus: expect.stringContaining('2\u00a0démarches'),
			conseil: expect.stringMatching(/7 \(2\u00a0actions, «\u00a0Isoler\u00a0»\) et 8 \(1\u00a0action/)
		});
		expect(await readWorkbook(file, 'x.json', { demarche: '9' })).toMatchObject({
			refus: expect.stringContaining('9')
		});
		const chosen = await readWorkbook(file, 'x.json', { demarche: '8' });
		expect(isRefusal(chosen) ? chosen : chosen.sheets[0]!.rows).toHaveLength(2);
		expect(listDemarches(file)).toEqual([
			{ id: '7', actions: 2, premierTitre: 'Isoler' },
			{ id: '8', actions: 1, premierTitre: 'Isoler' }
		]);
	});

	it('les champs manquants, les libellés vides ou écrits autrement ne font rien refuser', async () => {
		const titre = { intitule: 'Isoler' };
		for (const actions of [
			[{ ...titre, secteurs: [{ secteur: { libelle: null } }], volets: [null], typesPorteur: 'Entreprise' }],
			[{ ...titre, secteurs: ['Tertiaire'], budget: 12 }],
			[titre, {}]
		]) {
			const read = await readWorkbook(bytes({ id: 3, nom: 'PCAET', actions }), 'x.json');
			expect(isRefusal(read) ? read : read.sheets[0]!.rows[1]![0]).toBe('Isoler');
		}
	});

	it('une réponse « results » se lit, démarches ou lignes à plat', async () => {
		const demarches = await readWorkbook(
			bytes({ total: 1, results: [{ id: 3, actions: [{ intitule: 'A' }] }] }),
			'x.json'
		);
		expect(isRefusal(demarches) ? demarches : demarches.sheets[0]!.rows).toHaveLength(2);
		const plat = await readWorkbook(
			bytes({ results: [{ Intitule_action: 'A', _id: 'z' }, { Secteur: 'Eau' }] }),
			'x.json'
		);
		expect(isRefusal(plat) ? plat : plat.sheets[0]!.rows).toEqual([
			['Intitule_action', 'Secteur'],
			['A', null],
			[null, 'Eau']
		]);
	});

	it.each([
		['un JSON coupé', '[{"id": 1, "actions": [', /mal formé/],
		['une couche vide', { type: 'FeatureCollection', features: [] }, /aucun objet/],
		['une liste vide', [], /programme d’actions/],
		['une démarche sans action', { id: 1, actions: [] }, /aucune action/]
	])('%s est refusé', async (_, content, reason) => {
		expect(await readWorkbook(bytes(content), 'x.json')).toMatchObject({ refus: expect.stringMatching(reason) });
	});
});

describe.skipIf(!existsSync(FILE))('le fichier de l’ADEME pour les Hauts-de-France', () => {
	const real = () => new Uint8Array(readFileSync(FILE));

	it('contient dix démarches et 540 actions', () => {
		const found = listDemarches(real());
		if (isRefusal(found)) throw new Error(found.refus);
		expect(found).toHaveLength(10);
		expect(found.reduce((sum, d) => sum + d.actions, 0)).toBe(540);
	});

	it('la démarche 1705 donne ses 72 actions', async () => {
		const workbook = await readWorkbook(real(), 'x.json', { demarche: '1705' });
		expect(isRefusal(workbook) ? 0 : workbook.sheets[0]!.rows.length).toBe(73);
	});
});
