import { beforeAll, describe, expect, it } from 'vitest';
import type { PlanKind } from '../../src/lib/domain/action';
import { isRefusal } from '../../src/lib/domain/issue';
import { resolvePlaces } from '../../src/lib/domain/places/reach';
import { open, type Db } from '../../src/lib/server/db/client';
import { saveQuartiers, saveTerritory } from '../../src/lib/server/db/territories';
import { readPlan } from '../../src/lib/server/plans/import-reading';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aQuartier, aTerritory, AUBRELLE, SORBAY, VERMOY } from '../fixtures/build';
import { GLACIS, ISEL, lieux, PARC, PYRAMIDES, TANNEURS } from '../fixtures/lieux';

/* A quartier written under « Secteur », « Périmètre », « Site » or « Territoire » is found there. Invented. */

let db: Db;
beforeAll(async () => {
	db = await open(':memory:');
	await saveTerritory(db, aTerritory({ communes: [AUBRELLE, VERMOY, SORBAY] }));
	const quartiers = [
		aQuartier({ code: PYRAMIDES, nom: 'Les Pyramides' }),
		aQuartier({ code: GLACIS, nom: 'Les Glacis - Pont Vert' }),
		aQuartier({ code: PARC, nom: 'Cité du Parc', communes: [VERMOY] }),
		aQuartier({ code: TANNEURS, nom: 'Résidence Tannebert', communes: [VERMOY] }),
		aQuartier({ code: ISEL, nom: 'Faubourg d’Isel', communes: [AUBRELLE, VERMOY] })
	];
	await saveQuartiers(db, quartiers, { source: 'essai', le: '2026-11-29' });
});

async function read(header: string, cells: readonly string[], plan: PlanKind = 'contrat-de-ville') {
	const rows = cells.map((cell, i) => `A${i + 1};Atelier numéro ${i + 1};"${cell}";Association`);
	const read = await readPlan(db, loadReferentiel(), {
		bytes: new TextEncoder().encode([`N°;Action;${header};Porteur`, ...rows].join('\r\n')),
		fichier: 'plan.csv',
		territoire: 'ZZ0000001',
		plan
	});
	if (isRefusal(read)) throw new Error(read.refus);
	return {
		niveaux: read.drafts.map((d) => resolvePlaces({ ...d, plan }, lieux).reach.map((r) => r.niveau.charAt(0)).join('')), // prettier-ignore
		secteurs: read.drafts.map((d) => d.secteurs),
		codes: read.report.anomalies.map((a) => a.code)
	};
}

describe.each([
	'Secteur',
	'Site',
	'Zone',
	'Adresse',
	'Secteur géographique',
	'Localisation',
	'Lieu',
	'Périmètre',
	'Territoire'
])('sous « %s »', (header) => {
	it('un nom, un code et une liste se lisent comme des lieux', async () => {
		const { niveaux } = await read(header, ['les pyramides', PARC, 'Vermoy, Cité du Parc', 'Cite du parc (Vermoy)']);
		expect(niveaux.map((n) => n.replace('c', 'e'))).toEqual(['eaaaa', 'aaeaa', 'aaeaa', 'aaeaa']);
	});
});

describe('une valeur à la fois', () => {
	it('un code de quartier parmi des thèmes ne se perd pas, et n’est pas un thème', async () => {
		const { niveaux, secteurs } = await read('Secteur', ['Habitat', 'Mobilité', 'Déchets', `Habitat ; ${PYRAMIDES}`]);
		expect(niveaux).toEqual(['iiiii', 'iiiii', 'iiiii', 'eaaaa']);
		expect(secteurs).toEqual([['Habitat'], ['Mobilité'], ['Déchets'], ['Habitat']]);
	});

	it('un périmètre mêle échelles, communes et quartiers', async () => {
		const cells = ['EPCI', 'Aubrelle, Vermoy', 'Tous les QPV', 'Sorbay, hors quartiers prioritaires', 'Vermoy sauf Cité du Parc', 'Canton du bas', 'Patrimoine']; // prettier-ignore
		const { niveaux, codes } = await read('Périmètre', cells);
		expect(niveaux).toEqual(['ddddd', 'ppppp', 'eeeee', 'aaaaa', 'aaapp', 'iiiii', 'iiiii']);
		// A place that nothing knows is asked about; what is neither a place nor a scale is said.
		expect(codes.filter((code) => code === 'commune-inconnue')).toHaveLength(1);
		expect(codes.filter((code) => code === 'valeur-suspecte')).toHaveLength(1);
	});

	it('une adresse dans une colonne de lieux est demandée', async () => {
		const { niveaux, codes } = await read('Secteur', ['Les Pyramides', 'Cité du Parc', 'rue de la Poterne']);
		expect(niveaux).toEqual(['eaaaa', 'aaeaa', 'iiiii']);
		expect(codes).toContain('commune-inconnue');
	});

	it('une colonne de thèmes reste une colonne de thèmes', async () => {
		const { secteurs } = await read('Secteur', ['Habitat, logement', 'Mobilité', 'Les Pyramides et leurs abords']);
		expect(secteurs.flat()).toEqual(['Habitat, logement', 'Mobilité', 'Les Pyramides et leurs abords']);
	});

	it('un lieu que rien ne connaît, sous « Territoire », est demandé ; tout le territoire reste tout le territoire', async () => {
		const inconnus = ['Houlle-le-Vieux', 'Vallée du Tarin', 'rue de la Poterne'];
		const entiers = [
			'Agglomération',
			'Tout le territoire',
			'Intercommunal',
			'EPCI',
			aTerritory().nom,
			'',
			'à préciser',
			'Département'
		];
		const lus = await read('Territoire', [...inconnus, ...entiers], 'pcaet');
		expect(lus.niveaux).toEqual([...inconnus.map(() => 'iiiii'), ...entiers.map(() => 'ddddd')]);
		expect(lus.codes.filter((code) => code === 'commune-inconnue')).toHaveLength(inconnus.length);
		// What kind of territory it is names none.
		expect((await read('Type de territoire', ['Rural', 'Urbain'], 'pcaet')).niveaux).toEqual(['ddddd', 'ddddd']);
	});
});
