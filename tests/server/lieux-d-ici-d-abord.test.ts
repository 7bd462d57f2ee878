import { beforeAll, describe, expect, it } from 'vitest';
import type { PlanKind } from '../../src/lib/domain/action';
import { isRefusal } from '../../src/lib/domain/issue';
import { buildPlaces, resolvePlaces } from '../../src/lib/domain/places/reach';
import { open, type Db } from '../../src/lib/server/db/client';
import { quartiersOf, saveQuartiers, saveTerritory } from '../../src/lib/server/db/territories';
import { isKnownPlace } from '../../src/lib/server/known-places';
import { readPlan } from '../../src/lib/server/plans/import-reading';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aCommune, aQuartier, aTerritory } from '../fixtures/build';

/* A row is of another territory when its words surely say so; the names of this one come before those of the country. Invented. */

const ref = loadReferentiel();
const AUBRELLE = aCommune('ZZ001', 'Aubrelle-sur-Sauve');
const VERMOY = aCommune('ZZ002', 'Vermoy');
const territoire = aTerritory({ nom: 'CU du Pays d’Aubrelle', communes: [AUBRELLE, VERMOY] });
const flat = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

let db: Db;
beforeAll(async () => {
	db = await open(':memory:');
	await saveTerritory(db, territoire);
	const quartiers = [
		// Each is the name of a commune elsewhere in the country.
		aQuartier({ code: 'QNZZZ01N', nom: 'Le Buisson', communes: [AUBRELLE] }),
		aQuartier({ code: 'QNZZZ02N', nom: 'Saint-Lucien - Les Docks', communes: [AUBRELLE] }),
		aQuartier({ code: 'QNZZZ03N', nom: 'Argentine', communes: [VERMOY] })
	];
	await saveQuartiers(db, quartiers, { source: 'essai', le: '2026-11-30' });
});

async function read(headers: readonly string[], rows: readonly (readonly string[])[], plan: PlanKind = 'pcaet') {
	const lines = rows.map((row, i) => [`Atelier numéro ${i + 1}`, ...row].join(';'));
	const read = await readPlan(db, ref, {
		bytes: new TextEncoder().encode([['Action', ...headers].join(';'), ...lines].join('\r\n')),
		fichier: 'plan.csv',
		territoire: 'ZZ0000001',
		plan
	});
	if (isRefusal(read)) throw new Error(read.refus);
	const places = buildPlaces({
		territory: territoire,
		quartiers: (await quartiersOf(db, 'ZZ0000001')).toSorted((a, b) => a.code.localeCompare(b.code)),
		correspondances: new Map(),
		tousLesQuartiers: ref.plans.tous_les_quartiers,
		pasEncoreDit: ref.plans.pas_encore_dit,
		ailleurs: isKnownPlace
	});
	const said = read.drafts.map((d) => resolvePlaces({ ...d, plan }, places));
	return {
		lues: read.drafts.map((d) => Number(d.titre.split(' ').at(-1))),
		niveaux: said.map(({ reach }) => reach.map((r) => r.niveau.charAt(0)).join('')),
		secteurs: read.drafts.flatMap((d) => d.secteurs),
		anomalies: read.report.anomalies.filter((a) => a.gravite !== 'info'),
		questions: (read.report.communesNonReconnues ?? []).map((q) => q.texte)
	};
}
const under = (header: string, cells: readonly string[], plan?: PlanKind) =>
	read(
		[header],
		cells.map((cell) => [cell]),
		plan
	);

describe.each(['Territoire', 'Périmètre', 'Lieu', 'Secteur géographique', 'Secteur'])('sous « %s »', (header) => {
	it('ce qui dit l’intercommunalité sans la nommer est tout le territoire', async () => {
		const cells = [
			...['Communauté urbaine', 'La Communauté urbaine', 'communauté d’agglomération', 'Communauté de communes'],
			...['Métropole', 'CU', 'La CU', 'Toute la CU', 'CA', 'CC', 'agglo', 'l’agglomération', 'Intercommunalité'],
			'à l’échelle de la CU'
		];
		const lu = await under(header, [...cells, 'Argentine'], 'contrat-de-ville');
		expect(lu.niveaux.slice(0, -1)).toEqual(cells.map(() => 'ddd'));
		expect(lu.niveaux.at(-1)).toBe('aae');
		expect([lu.anomalies, lu.secteurs]).toEqual([[], []]);
	});

	it('un quartier qui porte le nom d’une commune d’ailleurs est d’ici', async () => {
		const lu = await under(header, ['Le Buisson', 'Saint-Lucien', 'Argentine'], 'contrat-de-ville');
		expect(lu.niveaux).toEqual(['eaa', 'aea', 'aae']);
		expect(lu.anomalies).toEqual([]);
	});
});

it('sous « Commune », un tel nom n’écarte pas la ligne non plus', async () => {
	expect((await under('Commune', ['Le Buisson', 'Argentine'])).lues).toEqual([1, 2]);
});

it('un code, un département ou « Ville de » dit que c’est la commune d’ailleurs', async () => {
	const rows = [
		['Argentine', 'Vermoy', ''],
		['Argentine', '', '73019'],
		['Ville d’Argentine', '', ''],
		['Argentine (73)', '', '']
	];
	expect((await read(['Territoire', 'Commune', 'Code INSEE'], rows)).lues).toEqual([1]);
});

describe('sous « Territoire »', () => {
	it('une ligne n’est pas d’ailleurs parce qu’elle y ressemble', async () => {
		const cells = [
			'Communauté éducative',
			'Pays minier',
			'Syndicat des eaux',
			'SCoT de l’Aubrellois',
			'Le Port',
			'Saint-Jean'
		];
		expect((await under('Territoire', [...cells, 'CA du Boulonnais et Vermoy'])).lues).toEqual([1, 2, 3, 4, 5, 6, 7]);
	});

	it('une autre intercommunalité, une autre commune, un autre syndicat restent d’ailleurs', async () => {
		const cells = [
			'CC du Ternois',
			'Communauté urbaine de Dunkerque',
			'CA DU BOULONNAIS',
			'Dunkerque',
			'SM du Cotentin'
		];
		expect((await under('Territoire', ['Vermoy', ...cells])).lues).toEqual([1]);
	});

	it('un lieu du territoire que son nom ne suffit pas à dire est demandé', async () => {
		const lu = await under('Territoire', ['Quartier de la gare', 'Vermoy']);
		expect(lu.niveaux).toEqual(['iii', 'aap']);
	});
});

describe('sous « Périmètre »', () => {
	it('un lieu que rien ne connaît est demandé, jamais tout le territoire', async () => {
		const cells = ['Hameau du Plantin', 'Houlle-le-Vieux', 'Vallée du Tarin', 'Le Plantin', 'Plantin', 'Rive gauche'];
		const lu = await under('Périmètre', cells);
		expect(lu.niveaux).toEqual(cells.map(() => 'iii'));
		expect(lu.questions).toEqual(cells);
		expect(lu.anomalies.map((a) => [a.code, a.colonne])).toEqual(cells.map(() => ['commune-inconnue', 'Périmètre']));
	});

	it('une échelle reste une échelle, et ce dont parle l’action n’est pas un lieu', async () => {
		const cells = [
			...['EPCI', 'Habitat', 'Tertiaire', 'Tous publics', 'Grand public', 'Espaces publics', 'Patrimoine bâti'],
			...['Rénovation énergétique', 'Mobilité', 'Agents de la collectivité', 'Parc privé', 'HABITAT', 'PCAET'],
			...['Hauts-de-France', 'Nord', 'Pas-de-Calais', 'Europe']
		];
		const lu = await under('Périmètre', cells);
		expect(lu.niveaux).toEqual(cells.map(() => 'ddd'));
		expect(lu.questions).toEqual([]);
		const communal = await under('Périmètre', ['Patrimoine communal', 'Bâtiments publics']);
		expect(communal.questions).toEqual([]);
	});
});

describe('une commune dite par les premiers mots de son nom', () => {
	it('est proposée, avec ses quartiers', async () => {
		const lu = await under('QPV', ['QPV d’Aubrelle', 'Les 2 QPV d’Aubrelle'], 'contrat-de-ville');
		expect(lu.niveaux).toEqual(['iia', 'iia']);
		expect(lu.anomalies.map((a) => flat(a.message))).toEqual([
			'Ligne 2 : « QPV d’Aubrelle » ressemble à un quartier du territoire, sans être son nom ; l’action n’y est pas rattachée.',
			'Ligne 3 : « Les 2 QPV d’Aubrelle » ressemble à un quartier du territoire, sans être son nom ; l’action n’y est pas rattachée.'
		]);
	});

	it('l’est aussi sous « Commune », « Territoire » et « Périmètre »', async () => {
		for (const header of ['Commune', 'Territoire', 'Périmètre']) {
			const lu = await under(header, ['Aubrelle']);
			expect(lu.niveaux).toEqual(['iia']);
			expect(flat(lu.anomalies[0]?.conseil ?? '')).toContain('Aubrelle-sur-Sauve (ZZ001)');
		}
	});
});
