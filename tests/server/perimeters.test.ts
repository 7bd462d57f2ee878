import { existsSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { fromLambert93 } from '../../src/lib/domain/places/lambert';
import { isValid } from '../../src/lib/domain/places/validity';
import { open, type Db } from '../../src/lib/server/db/client';
import { addAlias, getQuartier, quartiersOf } from '../../src/lib/server/db/territories';
import { listTerritories } from '../../src/lib/server/territories';
import { importPerimeters, type PerimetersReport } from '../../src/lib/server/quartiers/perimeters';

const LE = { le: '2026-11-22' };
const bytes = (value: unknown): Uint8Array =>
	new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

const square = (x = 3.97, y = 50.27, side = 0.01): number[][] => [
	[x, y],
	[x + side, y],
	[x + side, y + side],
	[x, y + side],
	[x, y]
];
const feature = (properties: object, coordinates: unknown = [square()], type = 'Polygon') => ({
	type: 'Feature',
	properties,
	geometry: coordinates && { type, coordinates }
});
const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features });
const epinette = {
	code_qp: 'QN05916M',
	lib_qp: 'Épinette',
	insee_reg: null,
	insee_com: '59392',
	lib_com: 'Maubeuge',
	siren_epci: '200043396'
};

let db: Db;
beforeEach(async () => {
	db = await open(':memory:');
});
async function imported(value: unknown): Promise<PerimetersReport> {
	const report = await importPerimeters(db, bytes(value), 'essai.geojson', LE);
	if (isRefusal(report)) throw new Error(report.refus);
	return report;
}

describe('importer des périmètres', () => {
	test('un quartier entre avec son nom, sa commune, son intercommunalité et sa surface', async () => {
		const report = await imported(collection(feature(epinette)));
		expect(report).toMatchObject({ schema: 'croisee/perimetres/1', lus: 1, importes: 1, repares: [], rejetes: [] });
		const quartier = await getQuartier(db, 'QN05916M');
		expect(quartier).toMatchObject({
			nom: 'Épinette',
			communes: [{ code: '59392', nom: 'Maubeuge' }],
			epci: ['200043396'],
			fictif: false
		});
		expect(quartier!.surface! / 1e6).toBeCloseTo(0.79, 2);
	});

	test('les noms de colonnes d’autres millésimes sont reconnus, et les zéros de tête perdus retrouvés', async () => {
		await imported(
			collection(
				feature({ CODE_QUARTIER: 'qn00202m', nom_qp: 'Faubourg d’Isle', COM: 2691, epci: 'NA' }, [square(3.3, 49.84)])
			)
		);
		expect(await getQuartier(db, 'QN00202M')).toMatchObject({
			nom: 'Faubourg d’Isle',
			communes: [{ code: '02691', nom: 'Saint-Quentin' }],
			epci: ['200071892']
		});
	});

	test('outre-mer, sans région ni intercommunalité, la commune suffit', async () => {
		const outremer = [
			{ code_qp: 'QN97401M', lib_qp: 'Saint-Denis', insee_reg: null, insee_com: '97411', siren_epci: 'NA' },
			{ code_qp: 'QN97801N', lib_qp: 'Sandy Ground', insee_reg: null, insee_com: '97801', siren_epci: 'NA' },
			{ code_qp: 'QN98701N', lib_qp: 'Papeete', insee_reg: 'NA', insee_com: '98735', siren_epci: null }
		];
		const report = await imported(collection(...outremer.map((p) => feature(p, [square(55.4, -20.9)]))));
		expect(report).toMatchObject({ importes: 3, rejetes: [] });
	});

	test('une commune donnée par son seul nom est retrouvée dans le département du quartier', async () => {
		const report = await imported(
			collection(
				feature({ CODE_QP: 'QN05962M', NOM_QP: 'Le Lac', COMMUNE_QP: 'Dunkerque' }),
				feature({ CODE_QP: 'QN05963M', NOM_QP: 'Ailleurs', COMMUNE_QP: 'Marseille' })
			)
		);
		expect(report.rejetes.map((r) => r.code)).toEqual(['QN05963M']);
		expect((await getQuartier(db, 'QN05962M'))!.communes).toEqual([{ code: '59183', nom: 'Dunkerque' }]);
	});

	test('altitudes, trous, parties multiples et collections de formes gardent le contour', async () => {
		const formes = [
			['QN05901M', 'Polygon', [square().map((p) => [...p, 12])]],
			['QN05902M', 'Polygon', [square(), square(3.973, 50.273, 0.002)]],
			['QN05903M', 'MultiPolygon', [[square()], [square(4.1)]]]
		] as const;
		const lignes = formes.map(([code_qp, type, c]) => feature({ ...epinette, code_qp }, c, type));
		const melange = {
			...feature({ ...epinette, code_qp: 'QN05904M' }),
			geometry: {
				type: 'GeometryCollection',
				geometries: [
					{ type: 'Point', coordinates: [4, 50] },
					{ type: 'Polygon', coordinates: [square()] }
				]
			}
		};
		expect(await imported(collection(...lignes, melange))).toMatchObject({ importes: 4, rejetes: [] });
	});

	test('une couche en projection web est convertie, et cela est dit', async () => {
		const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } };
		const enMetres = feature(epinette, [square(442_000, 6_490_000, 500)]);
		const report = await importPerimeters(db, bytes({ ...collection(enMetres), crs }), 'p.geojson', LE);
		expect(report).toMatchObject({ importes: 1, avertissements: ['1\u00a0tracé converti de Mercator web en WGS84.'] });
		const { geometrie } = (await getQuartier(db, 'QN05916M'))!;
		const [lon, lat] = geometrie!.coordinates[0]![0]![0]!;
		expect(lon).toBeCloseTo((442_000 / 6_378_137) * (180 / Math.PI), 6);
		expect(lat).toBeCloseTo((2 * Math.atan(Math.exp(6_490_000 / 6_378_137)) - Math.PI / 2) * (180 / Math.PI), 6);
	});

	test('un nom de commune qui contient la virgule ne décale pas les autres', async () => {
		const two = { ...epinette, insee_com: 'ZZ001, 59392', lib_com: 'Saint-Exemple, le Grand, Maubeuge' };
		await imported(collection(feature(two)));
		expect((await getQuartier(db, 'QN05916M'))?.communes).toEqual([
			{ code: '59392', nom: 'Maubeuge' },
			{ code: 'ZZ001', nom: 'Saint-Exemple, le Grand' }
		]);
	});

	test('le quartier fictif entre par la même porte et se dit fictif', async () => {
		const zz = {
			code_qp: 'QNZZZ01N',
			lib_qp: 'Les Essais',
			insee_com: 'ZZ001',
			lib_com: 'Exempleville',
			siren_epci: 'ZZ0000001'
		};
		await imported(collection(feature(zz)));
		expect(await getQuartier(db, 'QNZZZ01N')).toMatchObject({
			fictif: true,
			communes: [{ code: 'ZZ001', nom: 'Exempleville' }],
			epci: ['ZZ0000001']
		});
	});

	test('un contour croisé est réparé et le dit, surfaces avant et après', async () => {
		const [a, b, c, d] = square();
		const report = await imported(collection(feature(epinette, [[a, b, d, c, a]])));
		expect(report.repares).toEqual(['QN05916M']);
		expect(report.reparations[0]).toMatchObject({ code: 'QN05916M', nom: 'Épinette' });
		expect(isValid((await getQuartier(db, 'QN05916M'))!.geometrie!)).toBe(true);
	});

	test('un contour en Lambert-93 est converti, et cela est dit', async () => {
		expect(fromLambert93([700000, 6600000])).toEqual([3, 46.5]);
		const [lon, lat] = fromLambert93([652469.02, 6862035.26]);
		expect(lon).toBeCloseTo(2.3522, 4);
		expect(lat).toBeCloseTo(48.8566, 4);
		const report = await imported(collection(feature(epinette, [square(769000, 7019000, 500)])));
		expect(report.avertissements).toEqual(['1\u00a0contour converti de Lambert-93 en WGS84.']);
		expect((await getQuartier(db, 'QN05916M'))!.surface).toBeGreaterThan(249000);
	});

	test('une archive qui contient le GeoJSON est lue ; celle dont le .shp est vide est refusée', async () => {
		const folder = 'tests/fixtures/geo';
		const report = await importPerimeters(db, readFileSync(`${folder}/qp2024-fictif.zip`), 'qp2024-fictif.zip', LE);
		expect(report).toMatchObject({ lus: 1, importes: 1 });
		const other = await importPerimeters(db, readFileSync(`${folder}/sans-geojson.zip`), 'sans-geojson.zip', LE);
		expect(other).toMatchObject({ refus: expect.stringContaining('est incomplet ou abîmé') });
	});

	test('réimporter remplace le contour et garde les alias', async () => {
		await imported(collection(feature(epinette)));
		await addAlias(db, { quartier: 'QN05916M', alias: 'Cité', par: 'agent', le: '2026-11-22' });
		const report = await imported(collection(feature({ ...epinette, lib_qp: 'L’Épinette' }, [square(3.98)])));
		expect(report).toMatchObject({ importes: 1, remplaces: 1 });
		expect(await getQuartier(db, 'QN05916M')).toMatchObject({ nom: 'L’Épinette', alias: ['Cité'] });
	});

	test.each([
		['sans code', { ...epinette, code_qp: null }, [square()], 'objet n°\u00a02', /absent/],
		['au code de 2015', { ...epinette, code_qp: 'QP059016' }, [square()], 'QP059016', /2015/],
		['au code mal formé', { ...epinette, code_qp: 'Épinette' }, [square()], 'ÉPINETTE', /forme attendue/],
		['en double', { ...epinette, code_qp: 'QN00201M' }, [square()], 'QN00201M', /déjà/],
		['sans géométrie', epinette, null, 'QN05916M', /vide/],
		['à géométrie sans point', epinette, [], 'QN05916M', /lisible/],
		['sans surface', epinette, [[[3, 50], [3.1, 50], [3, 50]]], 'QN05916M', /réparé/], // prettier-ignore
		['en mètres d’outre-mer', epinette, [square(330000, 1700000, 500)], 'QN05916M', /reprojetez/],
		['à latitude et longitude inversées', epinette, [square(50.27, 3.97)], 'QN05916M', /inversées/],
		['sans commune ni intercommunalité', { code_qp: 'QN05916M' }, [square()], 'QN05916M', /Ni commune/]
	])('un objet %s est rejeté avec sa raison, les autres entrent', async (_, properties, coordinates, code, raison) => {
		const first = feature({ ...epinette, code_qp: 'QN00201M' });
		const report = await imported(collection(first, feature(properties, coordinates)));
		expect(report).toMatchObject({ lus: 2, importes: 1, rejetes: [{ code, raison: expect.stringMatching(raison) }] });
	});

	test.each([
		['un texte', 'bonjour', /pas un fichier GeoJSON/],
		['un fichier vide', '', /vide/],
		['une page web', '<!doctype html><p>404</p>', /page web/],
		['une archive abîmée', 'PK\u0003\u0004', /archive/],
		['un fichier tronqué', '{"type":"FeatureCollection","features":[{"ty', /lisible/],
		['un objet seul', feature(epinette), /collection/],
		['une collection vide', collection(), /aucun objet/],
		['des communes', collection(feature({ code: '59392', nom: 'Maubeuge' })), /code de quartier/]
	])('%s est refusé en une phrase, et rien n’est écrit', async (_, value, sentence) => {
		const report = await importPerimeters(db, bytes(value), 'essai.geojson', LE);
		expect(report).toMatchObject({ refus: expect.stringMatching(sentence) });
		expect(await listTerritories(db)).toEqual([]);
	});
});

const REAL = '../shared/data/geo/qpv-2024-hauts-de-france.geojson';
describe.skipIf(!existsSync(REAL))('les 204 quartiers des Hauts-de-France', () => {
	test('entrent tous, les onze contours croisés réparés, et nomment leurs intercommunalités', async () => {
		const report = await importPerimeters(db, readFileSync(REAL), 'qpv-2024.geojson', LE);
		if (isRefusal(report)) throw new Error(report.refus);
		expect(report).toMatchObject({ lus: 204, importes: 204, rejetes: [], remplaces: 0, avertissements: [] });
		expect(report.repares.join(' ')).toBe(
			'QN00201M QN00205M QN00207M QN05909M QN05923M QN05938M QN05944M QN06002M QN06009I QN06213M QN06237M'
		);
		expect(report.surPlusieursCommunes).toHaveLength(55);
		expect(report.surDeuxEpci.join(' ')).toBe(
			'QN05920M QN05921M QN05922M QN05930M QN06216M QN06243M QN06245M QN06247M'
		);
		expect(report.homonymes.find((h) => h.nom === 'Centre Ville')?.codes).toHaveLength(4);

		const territories = await listTerritories(db);
		expect(territories.every((t) => t.nom !== `EPCI ${t.code}`)).toBe(true);
		const seen = new Set<string>();
		for (const { code, quartiers } of territories) {
			const own = await quartiersOf(db, code);
			expect(own).toHaveLength(quartiers);
			for (const q of own) {
				seen.add(q.code);
				expect(isValid(q.geometrie!)).toBe(true);
			}
		}
		expect(seen.size).toBe(204);
		const douaisis = await getQuartier(db, 'QN05978M');
		expect(douaisis?.communes.map((c) => c.nom)).toEqual(['Villeneuve-d’Ascq', 'Lille', 'Mons-en-Barœul']);
	});
});
