import { existsSync, readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { beforeEach, describe, expect, test } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { bboxOf } from '../../src/lib/domain/places/geometry';
import { fromLambert93 } from '../../src/lib/domain/places/lambert';
import { isValid } from '../../src/lib/domain/places/validity';
import type { Quartier } from '../../src/lib/domain/territory';
import { open, type Db } from '../../src/lib/server/db/client';
import { getQuartier, quartiersOf } from '../../src/lib/server/db/territories';
import { crsOfEpsg, crsOfGeoJson, crsOfWkt, type Crs } from '../../src/lib/server/files/projection';
import { importQuartierFile } from '../../src/lib/server/quartiers/import-quartier-file';
import { importPerimeters, type PerimetersReport } from '../../src/lib/server/quartiers/perimeters';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { listTerritories } from '../../src/lib/server/territories';
import { zip } from '../fixtures/classeurs.build';
import {
	CC50,
	dbf,
	geopackage,
	LAMBERT_93,
	PRJ_LAMBERT_93,
	projected,
	shapefile,
	shp,
	type Shape
} from '../fixtures/geo.build';
import proj4 from 'proj4';

const LE = { le: '2026-11-22' };
const ring = (x: number, y: number, w = 0.01, h = 0.006): number[][] => [
	[x, y],
	[x + w, y],
	[x + w, y + h],
	[x, y + h],
	[x, y]
];
const inHole = [...ring(3.974, 50.272, 0.002, 0.001)].reverse();
const shapes: Shape[] = [
	{
		properties: {
			code_qp: 'QNZZZ01N',
			lib_qp: 'Les Épinettes d’Œuf',
			insee_com: 'ZZ001',
			lib_com: 'Exempleville',
			siren_epci: 'ZZ0000001'
		},
		geometry: { type: 'Polygon', coordinates: [ring(3.97, 50.27), inHole] }
	},
	{
		properties: {
			code_qp: 'QNZZZ02N',
			lib_qp: 'La Forêt',
			insee_com: 'ZZ001',
			lib_com: 'Exempleville',
			siren_epci: 'ZZ0000001'
		},
		geometry: { type: 'MultiPolygon', coordinates: [[ring(4.0, 50.28)], [ring(4.02, 50.28)]] }
	}
];
const geojson = (list: readonly Shape[], crs?: string): Uint8Array =>
	new TextEncoder().encode(
		JSON.stringify({
			type: 'FeatureCollection',
			...(crs ? { crs: { type: 'name', properties: { name: crs } } } : {}),
			features: list.map((s) => ({ type: 'Feature', ...s }))
		})
	);

let db: Db;
beforeEach(async () => {
	db = await open(':memory:');
});
async function imported(bytes: Uint8Array, fichier: string): Promise<PerimetersReport> {
	const report = await importPerimeters(db, bytes, fichier, LE);
	if (isRefusal(report)) throw new Error(`${report.refus} ${report.conseil}`);
	return report;
}
const reference = async (): Promise<Quartier[]> => {
	const other = await open(':memory:');
	await importPerimeters(other, geojson(shapes), 'wgs84.geojson', LE);
	return Promise.all(['QNZZZ01N', 'QNZZZ02N'].map(async (code) => (await getQuartier(other, code))!));
};

/** Metres between the corners of two boxes, near 50° N. */
function apart(a: Quartier, b: Quartier): number {
	const [p, q] = [bboxOf(a.geometrie!), bboxOf(b.geometrie!)];
	return Math.max(...p.map((v, i) => Math.abs(v - q[i]!) * (i % 2 ? 111_200 : 71_500)));
}

describe('des périmètres dans tous leurs formats', () => {
	const lambert = projected(shapes, LAMBERT_93);
	test.each([
		['un GeoPackage en WGS84', geopackage(shapes), 'q.gpkg', null],
		['un GeoPackage en Lambert-93', geopackage(lambert, { srs: 2154 }), 'q.gpkg', 'Lambert-93'],
		['un GeoPackage avec altitudes', geopackage(lambert, { srs: 2154, height: true }), 'q.gpkg', 'Lambert-93'],
		[
			'un GeoPackage en CC50, celui des communes du Nord',
			geopackage(projected(shapes, CC50), { srs: 3950 }),
			'q.gpkg',
			'RGF93 CC50'
		],
		['un Shapefile zippé en Lambert-93', shapefile(lambert), 'q.zip', 'Lambert-93'],
		['un GeoPackage zippé', zip([{ name: 'q.gpkg', data: geopackage(shapes) }]), 'q.zip', null],
		['un GeoJSON qui se dit en Lambert-93', geojson(lambert, 'urn:ogc:def:crs:EPSG::2154'), 'q.geojson', 'Lambert-93']
	])('%s donne les mêmes quartiers qu’un GeoJSON', async (_, bytes, fichier, depuis) => {
		const report = await imported(bytes, fichier);
		expect(report).toMatchObject({ lus: 2, importes: 2, rejetes: [], repares: [] });
		expect(report.avertissements).toEqual(depuis ? [`2\u00a0tracés convertis de ${depuis} en WGS84.`] : []);
		for (const expected of await reference()) {
			const found = (await getQuartier(db, expected.code))!;
			expect(found.nom).toBe(expected.nom);
			expect(Math.abs(found.surface! / expected.surface! - 1)).toBeLessThan(0.001);
			expect(apart(found, expected)).toBeLessThan(0.1);
			expect(isValid(found.geometrie!)).toBe(true);
		}
	});

	test.each([
		['en UTF-8', undefined],
		['en windows-1252, sans .cpg pour le dire', (text: string) => iconv.encode(text, 'win1252')]
	])('les accents d’un Shapefile %s sont gardés', async (_, encode) => {
		await imported(shapefile(lambert, encode ? { encode } : {}), 'q.zip');
		expect((await getQuartier(db, 'QNZZZ01N'))!.nom).toBe('Les Épinettes d’Œuf');
	});

	test('un Shapefile sans .prj est lu quand ses coordonnées ne peuvent être que du Lambert-93', async () => {
		const report = await imported(shapefile(lambert, { without: ['prj'] }), 'q.zip');
		expect(report).toMatchObject({
			importes: 2,
			avertissements: ['2\u00a0contours convertis de Lambert-93 en WGS84.']
		});
	});

	test('une archive aux mêmes couches en deux projections n’est lue qu’une fois, en degrés', async () => {
		const wgs =
			'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';
		const parts = (nom: string, list: readonly Shape[], prj: string) => [
			{ name: `${nom}.shp`, data: shp(list) },
			{ name: `${nom}.dbf`, data: dbf(list) },
			{ name: `${nom}.prj`, data: prj }
		];
		const both = zip([...parts('QP_LB93', lambert, PRJ_LAMBERT_93), ...parts('QP_WGS84', shapes, wgs)]);
		expect(await imported(both, 'q.zip')).toMatchObject({ lus: 2, importes: 2, rejetes: [], avertissements: [] });
	});

	test('un fichier qui annonce des mètres et écrit des degrés est lu pour ce qu’il écrit, et cela est dit', async () => {
		const report = await imported(geojson(shapes, 'EPSG:2154'), 'q.geojson');
		expect(report.importes).toBe(2);
		expect(report.avertissements[0]).toMatch(/annonce Lambert-93 mais ses coordonnées sont en WGS84/);
	});

	test('la page des quartiers et la commande prennent les mêmes fichiers', async () => {
		const ref = loadReferentiel();
		for (const [bytes, fichier] of [
			[geopackage(lambert, { srs: 2154 }), 'q.gpkg'],
			[shapefile(lambert), 'q.zip']
		] as const) {
			const outcome = await importQuartierFile(db, ref, { bytes, fichier, le: '2026-11-22' });
			expect(outcome).toMatchObject({ phrase: expect.stringContaining('2\u00a0périmètres lus') });
		}
	});
});

describe('un fichier de périmètres cassé se dit en une phrase', () => {
	const lambert = projected(shapes, LAMBERT_93);
	const whole = geopackage(shapes);
	const cut = shp(lambert).slice(0, -40);
	const loop = (() => {
		const bytes = Buffer.from(shp(lambert));
		bytes.writeInt32BE(-4, 104);
		return bytes;
	})();
	test.each([
		['shp sans dbf', shapefile(lambert, { without: ['dbf'] }), /couche\.dbf.*manque/],
		['shp sans prj, en mètres d’ailleurs', shapefile(projected(shapes, CC50), { without: ['prj'] }), null],
		[
			'shp au crs inconnu',
			shapefile(lambert, { prj: 'PROJCS["Amersfoort_RD_New",GEOGCS["x"]]' }),
			/Amersfoort_RD_New.*convertir/
		],
		['shp tronqué', zip([{ name: 'c.shp', data: cut }, { name: 'c.dbf', data: dbf(lambert) }]), /c\.shp.*incomplet/], // prettier-ignore
		['shp aux longueurs négatives', zip([{ name: 'c.shp', data: loop }, { name: 'c.dbf', data: dbf(lambert) }]), /c\.shp.*incomplet/], // prettier-ignore
		['dbf tronqué', zip([{ name: 'c.shp', data: shp(lambert) }, { name: 'c.dbf', data: dbf(lambert).slice(0, 200) }]), /c\.dbf.*incomplet/], // prettier-ignore
		['dbf d’une autre couche', zip([{ name: 'c.shp', data: shp(lambert) }, { name: 'c.dbf', data: dbf(lambert.slice(1)) }]), /même nombre/], // prettier-ignore
		['gpkg tronqué', whole.slice(0, whole.length - 9000), /GeoPackage est incomplet/],
		['gpkg sans géométrie', geopackage(shapes, { columns: false }), /ne contient aucune couche/],
		['gpkg au crs inconnu', geopackage(shapes, { srs: 28992 }), null],
		['sqlite qui n’est pas un gpkg', sqliteOnly(), /n’est pas un GeoPackage/],
		['geojson au crs inconnu', geojson(lambert, 'EPSG:28992'), /EPSG:28992.*convertir/],
		['archive qui ment sur ses tailles', zip([{ name: 'q.shp', data: shp(lambert), announced: 10 }]), /incomplet|abîmé/] // prettier-ignore
	])('%s', async (_, bytes, sentence) => {
		const report = await importPerimeters(db, bytes, 'essai', LE);
		if (sentence) {
			expect(report).toMatchObject({ refus: expect.stringMatching(sentence), conseil: expect.any(String) });
			expect((report as { refus: string }).refus).toMatch(/\.$/);
		} else expect(isRefusal(report) || report.importes === 0).toBe(true);
		expect(await listTerritories(db)).toEqual([]);
	});

	function sqliteOnly(): Uint8Array {
		const bytes = Buffer.from(geopackage(shapes));
		const text = bytes.toString('latin1').replaceAll('gpkg_geometry_columns', 'gpkg_geometrie_colonne');
		return Buffer.from(text.replaceAll('gpkg_geometrie_colonne', 'xpkg_geometry_columns'), 'latin1');
	}
});

describe('les systèmes de coordonnées connus', () => {
	test('le Lambert-93 de la maison et celui de proj4 tombent au même endroit, au centimètre', () => {
		const back = proj4(LAMBERT_93, 'EPSG:4326');
		for (const p of [
			[652469, 6862035],
			[700000, 6600000],
			[769000, 7019000],
			[1_190_000, 6_080_000]
		] as const) {
			// prettier-ignore
			const [lon, lat] = back.forward([p[0], p[1]]);
			const ours = fromLambert93(p);
			expect(Math.abs(ours[0] - lon) + Math.abs(ours[1] - lat)).toBeLessThan(2e-7);
		}
	});

	test.each([
		[27572, [600000, 2200000], [2.33652, 46.8], 0.0005],
		[3942, [1700000, 1200000], [3, 42], 1e-7],
		[3950, [1700000, 9200000], [3, 50], 1e-7],
		[3857, [20037508.342789244, 0], [180, 0], 1e-6],
		[5490, [500000, 0], [-63, 0], 1e-7],
		[2972, [500000, 0], [-51, 0], 1e-7],
		[2975, [500000, 10000000], [57, 0], 1e-7],
		[4471, [500000, 10000000], [45, 0], 1e-7]
	] as const)('l’origine de EPSG:%i est là où elle est définie', (epsg, [x, y], [lon, lat], near) => {
		const crs = crsOfEpsg(epsg) as Crs;
		const [a, b] = crs.toWgs84([x, y]);
		expect(Math.abs(a - lon)).toBeLessThan(near);
		expect(Math.abs(b - lat)).toBeLessThan(near);
	});

	test.each([
		['PROJCS["RGF93 / Lambert-93",GEOGCS["RGF93",AUTHORITY["EPSG","4171"]],AUTHORITY["EPSG","2154"]]', 2154],
		['PROJCS["RGF93_v1_Lambert_93",GEOGCS["GCS_RGF_1993"]]', 2154],
		['PROJCS["RGF_1993_CC50",GEOGCS["GCS_RGF_1993"]]', 3950],
		['PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984"]]', 3857],
		['PROJCS["NTF_Lambert_II_étendu",GEOGCS["GCS_NTF_Paris"]]', 27572],
		['PROJCS["RGR_1992_UTM_40S",GEOGCS["GCS_RGR_1992"]]', 2975],
		['GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]', 4326]
	])('un .prj se reconnaît : %s', (wkt, epsg) => {
		expect((crsOfWkt(wkt) as Crs).epsg).toBe(epsg);
	});

	test('un .prj inconnu n’est jamais deviné', () => {
		expect(isRefusal(crsOfWkt('PROJCS["Lambert_1972_belge",GEOGCS["GCS_Belge_1972"]]'))).toBe(true);
		expect(isRefusal(crsOfWkt('bruit'))).toBe(true);
		expect(crsOfGeoJson(undefined)).toBeNull();
	});
});

const REAL = '../shared/data/geo/qpv-2024-hauts-de-france.geojson';
describe.skipIf(!existsSync(REAL))('les 204 quartiers des Hauts-de-France, en Lambert-93', () => {
	test('sont les mêmes en GeoPackage et en Shapefile : surfaces à 0,1 % près, centres à un mètre', async () => {
		const raw = JSON.parse(readFileSync(REAL, 'utf8')) as { features: Shape[] };
		const features = raw.features.map(({ properties, geometry }) => ({ properties, geometry }));
		const lambert = projected(features, LAMBERT_93);
		const all = async (bytes: Uint8Array, fichier: string): Promise<Map<string, Quartier>> => {
			const fresh = await open(':memory:');
			const report = await importPerimeters(fresh, bytes, fichier, LE);
			if (isRefusal(report)) throw new Error(report.refus);
			expect(report).toMatchObject({ lus: 204, importes: 204, rejetes: [] });
			const found = new Map<string, Quartier>();
			for (const { code } of await listTerritories(fresh))
				for (const q of await quartiersOf(fresh, code)) found.set(q.code, q);
			return found;
		};
		const expected = await all(readFileSync(REAL), 'qpv.geojson');
		for (const found of [
			await all(geopackage(lambert, { srs: 2154 }), 'qpv.gpkg'),
			await all(shapefile(lambert), 'qpv.zip')
		]) {
			expect(found.size).toBe(expected.size);
			for (const [code, q] of expected) {
				const other = found.get(code)!;
				expect(other.nom).toBe(q.nom);
				expect(Math.abs(other.surface! / q.surface! - 1)).toBeLessThan(0.001);
				expect(apart(other, q)).toBeLessThan(1);
			}
		}
	});
});
