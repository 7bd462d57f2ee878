import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { areaOf, bboxOf, readMultiPolygon, repairGeometry } from '../../src/lib/domain/places/geometry';
import { contains, faultsOf, isValid } from '../../src/lib/domain/places/validity';
import type { MultiPolygon, Position } from '../../src/lib/domain/territory';

const multi = (...polygons: Position[][][]): MultiPolygon => ({ type: 'MultiPolygon', coordinates: polygons });
const square = (x: number, y: number, side: number): Position[] => [
	[x, y],
	[x + side, y],
	[x + side, y + side],
	[x, y + side],
	[x, y]
];
const bowTie: Position[] = [
	[3, 50],
	[3.01, 50.01],
	[3.01, 50],
	[3, 50.01],
	[3, 50]
];
/** m² between two parallels and two meridians one degree apart, summed slice by slice from the radii of the ellipsoid. */
function squareDegree(south: number): number {
	const [a, e2, slices, degree] = [6378137, 0.00669437999014, 10000, Math.PI / 180];
	let sum = 0;
	for (let i = 0; i < slices; i++) {
		const lat = (south + (i + 0.5) / slices) * degree;
		const w = 1 - e2 * Math.sin(lat) ** 2;
		sum += ((a * (1 - e2)) / w ** 1.5) * (a / Math.sqrt(w)) * Math.cos(lat) * (degree / slices) * degree;
	}
	return sum;
}
const closed = (g: MultiPolygon): boolean =>
	g.coordinates.every((rings) => rings.every((r) => r[0]![0] === r.at(-1)![0] && r[0]![1] === r.at(-1)![1]));

describe('lire un contour', () => {
	test('un polygone devient un multi-polygone, sans altitude', () => {
		const raw = { type: 'Polygon', coordinates: [square(3, 50, 0.01).map((p) => [...p, 12])] };
		expect(readMultiPolygon(raw)).toEqual({ geometrie: multi([square(3, 50, 0.01)]), fermes: 0 });
	});

	test('un anneau ouvert est refermé, et cela est compté', () => {
		const raw = { type: 'Polygon', coordinates: [square(3, 50, 0.01).slice(0, 4)] };
		expect(readMultiPolygon(raw)).toEqual({ geometrie: multi([square(3, 50, 0.01)]), fermes: 1 });
	});

	test.each([
		['rien', null],
		['un point', { type: 'Point', coordinates: [3, 50] }],
		['un polygone vide', { type: 'Polygon', coordinates: [] }],
		['un anneau vide', { type: 'MultiPolygon', coordinates: [[[]]] }],
		['une coordonnée en lettres', { type: 'Polygon', coordinates: [[['3', '50']]] }]
	])('%s ne donne pas de contour', (_, raw) => {
		expect(readMultiPolygon(raw)).toBeNull();
	});
});

describe('la validité d’un contour', () => {
	test('un carré, un carré troué et deux carrés qui se touchent en un point sont valides', () => {
		expect(isValid(multi([square(3, 50, 1)]))).toBe(true);
		expect(isValid(multi([square(3, 50, 1), square(3.2, 50.2, 0.1)]))).toBe(true);
		expect(isValid(multi([square(3, 50, 1)], [square(4, 51, 1)]))).toBe(true);
	});

	const spike: Position[] = [[3, 50], [4, 50], [4, 51], [5, 52], [4, 51], [3, 51], [3, 50]]; // prettier-ignore
	const pinched: Position[] = [[0, 0], [2, 0], [1, 1], [2, 2], [0, 2], [1, 1], [0, 0]]; // prettier-ignore
	test.each([
		['un nœud papillon', multi([bowTie]), 'auto-croisement'],
		['une épine', multi([spike]), 'auto-croisement'],
		['un anneau qui se touche en un sommet', multi([pinched]), 'auto-croisement'],
		['un anneau de deux points', multi([[[3, 50], [4, 50], [3, 50]] as Position[]]), 'anneau-court'], // prettier-ignore
		['un trou qui déborde', multi([square(3, 50, 1), square(3.5, 50.5, 1)]), 'anneaux-croises'],
		['un trou ailleurs', multi([square(3, 50, 1), square(5, 50, 0.5)]), 'trou-dehors'],
		['deux parties emboîtées', multi([square(3, 50, 1)], [square(3.2, 50.2, 0.1)]), 'polygones-superposes'],
		['deux parties qui partagent un côté', multi([square(3, 50, 1)], [square(4, 50, 1)]), 'anneaux-croises']
	])('%s est une faute nommée', (_, geometry, genre) => {
		expect(faultsOf(geometry)[0]?.genre).toBe(genre);
	});

	test('un croisement est trouvé même quand l’arrondi le cache', () => {
		const d = 2 ** -50;
		const ring: Position[] = [[0, 0], [1, 1], [1, 0.5], [0.5, 0.5 + d], [1, 0.25], [0, 0]]; // prettier-ignore
		expect(faultsOf(multi([ring])).length).toBeGreaterThan(0);
		const near: Position[] = [[0, 0], [1, 1], [1, 0.5], [0.5, 0.5 - d], [1, 0.25], [0, 0]]; // prettier-ignore
		expect(faultsOf(multi([near]))).toEqual([]);
	});
});

describe('réparer un contour', () => {
	test('un nœud papillon devient deux triangles, surfaces comprises', () => {
		const repair = repairGeometry(multi([bowTie]))!;
		expect(repair.geometrie.coordinates).toHaveLength(2);
		expect(isValid(repair.geometrie)).toBe(true);
		expect(repair.avant).toBeLessThan(100);
		expect(repair.apres).toBeCloseTo(areaOf(multi([square(3, 50, 0.01)])) / 2, -3);
	});

	test('un contour sans surface ne se répare pas', () => {
		expect(repairGeometry(multi([[[3, 50], [4, 50], [3, 50]] as Position[]]))).toBeNull(); // prettier-ignore
	});

	test('quel que soit le tracé, la réparation est valide et fermée, et réparer deux fois ne change rien', () => {
		const coordinate = fc.integer({ min: 0, max: 400 });
		const ring = fc.array(fc.tuple(coordinate, coordinate), { minLength: 4, maxLength: 24 });
		fc.assert(
			fc.property(ring, (points) => {
				const positions = points.map(([x, y]): Position => [3 + x / 1e5, 50 + y / 1e5]);
				const read = readMultiPolygon({ type: 'Polygon', coordinates: [positions] })!;
				const repair = repairGeometry(read.geometrie);
				if (!repair) return;
				expect(faultsOf(repair.geometrie)).toEqual([]);
				expect(closed(repair.geometrie)).toBe(true);
				expect(repairGeometry(repair.geometrie)!.geometrie).toEqual(repair.geometrie);
			}),
			{ numRuns: 150 }
		);
	});
});

describe('mesurer un contour', () => {
	test('la surface est celle de l’ellipsoïde, trous déduits', () => {
		expect(areaOf(multi([square(3, 50, 1)])) / squareDegree(50)).toBeCloseTo(1, 9);
		const full = areaOf(multi([square(3, 50, 0.02)]));
		const hole = areaOf(multi([square(3.005, 50.005, 0.01)]));
		expect(areaOf(multi([square(3, 50, 0.02), square(3.005, 50.005, 0.01)]))).toBeCloseTo(full - hole, 3);
	});

	test('un point est dans le contour, sur son bord, dans son trou ou dehors', () => {
		const g = multi([square(3, 50, 1), square(3.25, 50.25, 0.5)]);
		expect(contains(g, [3.1, 50.1])).toBe(true);
		expect(contains(g, [3, 50.5])).toBe(true);
		expect(contains(g, [3.5, 50.5])).toBe(false);
		expect(contains(g, [2.9, 50.5])).toBe(false);
		expect(bboxOf(g)).toEqual([3, 50, 4, 51]);
	});
});

const REAL = '../shared/data/geo/qpv-2024-hauts-de-france.geojson';
const BROKEN =
	'QN00201M QN00205M QN00207M QN05909M QN05923M QN05938M QN05944M QN06002M QN06009I QN06213M QN06237M'.split(' ');

describe.skipIf(!existsSync(REAL))('les 204 quartiers des Hauts-de-France', () => {
	const features: { properties: { code_qp: string }; geometry: unknown }[] = existsSync(REAL)
		? JSON.parse(readFileSync(REAL, 'utf8')).features
		: [];
	const all = features.map((f) => ({ code: f.properties.code_qp, g: readMultiPolygon(f.geometry)!.geometrie }));

	test('les onze contours croisés sont trouvés, et eux seuls', () => {
		expect(all.filter(({ g }) => !isValid(g)).map(({ code }) => code)).toEqual(BROKEN);
	});

	test('réparés, ils sont valides, fermés, et leur surface ne bouge pas de plus de deux millièmes', () => {
		for (const { g } of all.filter(({ code }) => BROKEN.includes(code))) {
			const repair = repairGeometry(g)!;
			expect(faultsOf(repair.geometrie)).toEqual([]);
			expect(closed(repair.geometrie)).toBe(true);
			expect(Math.abs(repair.apres - repair.avant) / repair.avant).toBeLessThan(0.002);
		}
	});
});
