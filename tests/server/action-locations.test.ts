import iconv from 'iconv-lite';
import { beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { buildPlaces } from '../../src/lib/domain/places/places';
import { resolvePlaces } from '../../src/lib/domain/places/reach';
import { open, type Db } from '../../src/lib/server/db/client';
import { quartiersOf } from '../../src/lib/server/db/territories';
import { readPlan, type ReadPlan } from '../../src/lib/server/plans/import-reading';
import { importPerimeters } from '../../src/lib/server/quartiers/perimeters';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { getTerritory } from '../../src/lib/server/territories';
import { CC50, geopackage, LAMBERT_93, projected, shapefile, type Shape } from '../fixtures/geo.build';

const ref = loadReferentiel();
const square = (x: number, y: number): number[][] => [[x, y], [x + 0.01, y], [x + 0.01, y + 0.006], [x, y + 0.006], [x, y]]; // prettier-ignore
const quartier = (code: string, nom: string, x: number): Shape => ({
	properties: { code_qp: code, lib_qp: nom, insee_com: '59392', lib_com: 'Maubeuge', siren_epci: '200043396' },
	geometry: { type: 'Polygon', coordinates: [square(x, 50.27)] }
});
const text = (s: string): Uint8Array => new TextEncoder().encode(s);
const geojson = (shapes: readonly Shape[]): Uint8Array =>
	text(JSON.stringify({ type: 'FeatureCollection', features: shapes.map((s) => ({ type: 'Feature', ...s })) }));

let db: Db;
beforeAll(async () => {
	db = await open(':memory:');
	await importPerimeters(db, geojson([quartier('QN05997M', 'Les Tilleuls', 3.97), quartier('QN05998M', 'Le Moulin', 4.0)]), 'q.geojson', { le: '2026-11-22' }); // prettier-ignore
});
async function plan(bytes: Uint8Array, fichier: string): Promise<ReadPlan> {
	const read = await readPlan(db, ref, { bytes, fichier, territoire: '200043396', plan: 'contrat-de-ville' });
	if (isRefusal(read)) throw new Error(`${read.refus} ${read.conseil}`);
	const { lues, acceptees, rejetees, ignorees } = read.report;
	expect(lues).toBe(acceptees + rejetees + ignorees);
	return read;
}
async function reachOf(read: ReadPlan, i = 0) {
	const places = buildPlaces({
		territory: (await getTerritory(db, '200043396'))!,
		quartiers: await quartiersOf(db, '200043396'),
		correspondances: new Map(),
		tousLesQuartiers: ref.plans.tous_les_quartiers,
		plansEntiers: ref.lacunes.droit_commun,
		geometrie: ref.plans.geometrie
	});
	const { reach } = resolvePlaces({ ...read.drafts[i]!, plan: 'contrat-de-ville' }, places);
	return reach.sort((a, b) => (a.quartier < b.quartier ? -1 : 1));
}

const actions: Shape[] = [
	{
		properties: { Titre: 'Rénover le gymnase', Porteur: 'Ville', Budget: 10000 },
		geometry: { type: 'Point', coordinates: [3.975, 50.273] }
	},
	{ properties: { 'Titre': 'Piste cyclable', Porteur: 'Agglomération', Budget: 5000 }, geometry: { type: 'LineString', coordinates: [[3.96, 50.273], [4.02, 50.273]] } }, // prettier-ignore
	{
		properties: { Titre: 'Îlot de fraîcheur', Porteur: 'Ville', Budget: null },
		geometry: { type: 'Polygon', coordinates: [square(4.005, 50.27)] }
	},
	{ properties: { Titre: 'Charte', Porteur: 'Ville', Budget: null }, geometry: null }
];

describe('un plan peut être une couche géographique', () => {
	const points = actions.slice(0, 1);
	test.each([
		['GeoJSON', geojson(actions), 'plan.geojson'],
		['GeoPackage', geopackage(actions), 'plan.gpkg'],
		['GeoPackage en Lambert-93', geopackage(projected(actions, LAMBERT_93), { srs: 2154 }), 'plan.gpkg']
	])('%s : chaque objet est une ligne, et la géométrie décide de l’atteinte', async (_, bytes, fichier) => {
		const read = await plan(bytes, fichier);
		expect(read.drafts.map((d) => [d.titre, d.porteur, d.budget?.euros ?? null, d.geometrie?.type ?? null])).toEqual([
			['Rénover le gymnase', 'Ville', 10000, 'Point'],
			['Piste cyclable', 'Agglomération', 5000, 'LineString'],
			['Îlot de fraîcheur', 'Ville', null, 'Polygon'],
			['Charte', 'Ville', null, null]
		]);
		expect(await reachOf(read, 0)).toMatchObject([
			{ quartier: 'QN05997M', niveau: 'cible', par: 'geometrie', preuve: 'le point est dans le quartier' },
			{ quartier: 'QN05998M', niveau: 'aucune', par: 'geometrie' }
		]);
		const line = await reachOf(read, 1);
		expect(line.map((r) => r.niveau)).toEqual(['explicite', 'explicite']);
		expect(line[0]!.part!.action).toBeCloseTo(1 / 6, 3);
		expect(line[0]!.preuve).toBe('17\u00a0% du tracé est dans le quartier');
		const area = await reachOf(read, 2);
		expect(area[1]).toMatchObject({
			niveau: 'explicite',
			preuve: '50\u00a0% du tracé est dans le quartier, 50\u00a0% du quartier est couvert'
		});
		expect(area[0]).toMatchObject({ niveau: 'aucune', preuve: 'le tracé est hors du quartier' });
		expect((await reachOf(read, 3)).every((r) => r.par !== 'geometrie')).toBe(true);
	});

	test('Shapefile zippé en Lambert-93, accents en windows-1252', async () => {
		const read = await plan(
			shapefile(projected([actions[2]!], LAMBERT_93), { encode: (t) => iconv.encode(t, 'win1252') }),
			'plan.zip'
		);
		expect(read.drafts[0]).toMatchObject({ titre: 'Îlot de fraîcheur', geometrie: { type: 'Polygon' } });
		expect(read.report.anomalies.find((a) => a.code === 'geometrie-reparee')?.message).toBe(
			'1\u00a0tracé converti de Lambert-93 en WGS84.'
		);
	});

	test('sans projection connue, elle est refusée en disant quoi faire', async () => {
		const bytes = shapefile(projected(points, CC50), { without: ['prj'] });
		const read = await readPlan(db, ref, {
			bytes,
			fichier: 'p.zip',
			territoire: '200043396',
			plan: 'contrat-de-ville'
		});
		expect(read).toMatchObject({
			refus: expect.stringContaining('dans quelle projection'),
			conseil: expect.stringContaining('.prj')
		});
	});

	test('une couche sans géométrie se lit, et se dit sans lieu', async () => {
		const read = await plan(geopackage(actions.map((a) => ({ ...a, geometry: null }))), 'plan.gpkg');
		expect(read.drafts).toHaveLength(4);
		expect(read.report.anomalies.map((a) => a.message).join()).toMatch(/n’a aucune géométrie/);
	});
});

describe('un tableau peut dire où sont ses actions', () => {
	const csv = (header: string, value: string): Uint8Array =>
		text(`Titre;Porteur;${header}\nRénover le gymnase;Ville;${value}\n`);
	test.each([
		['en WKT', 'WKT', 'POINT (3.975 50.273)'],
		['en EWKT', 'Géométrie', '"SRID=4326;POINT(3.975 50.273)"'],
		['en GeoJSON', 'geo_shape', '"{""type"":""Point"",""coordinates"":[3.975,50.273]}"'],
		['en « lat, lon »', 'geo_point_2d', '50.273, 3.975'],
		['en longitude et latitude', 'Longitude;Latitude', '3,975;50,273'],
		['en X et Y de Lambert-93', 'X;Y', '769465;7019880']
	])('%s', async (_, header, value) => {
		const read = await plan(csv(header, value), 'plan.csv');
		const { geometrie } = read.drafts[0]!;
		expect(geometrie?.type).toBe('Point');
		const [lon, lat] = geometrie!.coordinates as number[];
		expect(lon).toBeCloseTo(3.975, 2);
		expect(lat).toBeCloseTo(50.273, 2);
		expect(read.report.anomalies.filter((a) => a.code.startsWith('geometrie'))).toEqual([]);
	});

	test.each([
		['WKT illisible', 'WKT', 'POINT (3.975', /n’est pas une géométrie lisible/, false],
		['coordonnées hors de France', 'Longitude;Latitude', '-73.9;40.7', /est hors de France/, false],
		['point zéro', 'Longitude;Latitude', '0;0', /est au point zéro/, false],
		['latitude et longitude inversées', 'Longitude;Latitude', '50.273;3.975', /inversées.*remises dans l’ordre/, true],
		['système inconnu', 'WKT', '"SRID=31370;POINT (150000 170000)"', /n’est ni en degrés ni en Lambert-93/, false],
		['latitude absente', 'Longitude;Latitude', '3.975;', /n’est pas une géométrie lisible/, false],
		['ligne d’un seul point', 'WKT', 'LINESTRING (3.97 50.27, 3.97 50.27)', /sans longueur/, false]
	])('%s : la ligne entre, l’anomalie dit où et quoi faire', async (_, header, value, sentence, placed) => {
		const read = await plan(csv(header, value), 'plan.csv');
		expect(read.report).toMatchObject({ acceptees: 1, rejetees: 0 });
		expect(read.drafts[0]!.geometrie !== null).toBe(placed);
		const issue = read.report.anomalies.find((a) => a.code === 'geometrie-invalide');
		expect(issue).toMatchObject({
			ligne: 2,
			gravite: 'a-verifier',
			message: expect.stringMatching(sentence),
			conseil: expect.any(String)
		});
		expect(issue!.message).toMatch(/^Ligne 2\u00a0: /);
	});

	test('un polygone qui se croise est réparé et le dit', async () => {
		const read = await plan(
			csv('WKT', 'POLYGON ((3.97 50.27, 3.98 50.28, 3.98 50.27, 3.97 50.28, 3.97 50.27))'),
			'plan.csv'
		);
		expect(read.drafts[0]!.geometrie?.type).toBe('MultiPolygon');
		expect(read.report.anomalies.map((a) => a.code)).toContain('geometrie-reparee');
	});

	test('un quartier nommé que le lieu contredit est gardé, et signalé : les gens décident', async () => {
		const read = await plan(csv('Quartier;Longitude;Latitude', 'Le Moulin;3.975;50.273'), 'plan.csv');
		const reach = await reachOf(read);
		expect(reach.map((r) => [r.niveau, r.par])).toEqual([
			['cible', 'geometrie'],
			['explicite', 'nom']
		]);
		const issue = read.report.anomalies.find((a) => a.code === 'geometrie-contraire');
		expect(issue).toMatchObject({ ligne: 2, gravite: 'a-verifier' });
		expect(issue!.message).toMatch(
			/^Ligne 2\u00a0: le fichier nomme «\u00a0Le Moulin\u00a0», mais le point est hors du quartier/
		);
	});

	test('une échelle déclarée ou « tous les quartiers » l’emporte sur un point', async () => {
		const read = await plan(csv('Quartier;Longitude;Latitude', 'tous les QPV;3.975;50.273'), 'plan.csv');
		expect((await reachOf(read)).map((r) => r.par)).toEqual(['tous-les-quartiers', 'tous-les-quartiers']);
	});
});
