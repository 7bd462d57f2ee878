import { area, booleanIntersects, booleanPointInPolygon, intersect } from '@turf/turf';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { describe, expect, test } from 'vitest';
import type { ActionGeometry } from '../../src/lib/domain/action';
import { locate, type Located } from '../../src/lib/domain/places/locate';
import { commonArea, planeAround, prepareOutline, turned, type Outline } from '../../src/lib/domain/places/outline';
import { parseWkt, printWkt } from '../../src/lib/domain/places/wkt';
import type { MultiPolygon, Position } from '../../src/lib/domain/territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const rules = loadReferentiel().plans.geometrie;

const square = (x: number, y: number, w = 0.01, h = 0.006): Position[] => [
	[x, y],
	[x + w, y],
	[x + w, y + h],
	[x, y + h],
	[x, y]
];
const shape = (...rings: Position[][]): MultiPolygon => ({ type: 'MultiPolygon', coordinates: [rings] });
const polygon = (ring: readonly Position[]): ActionGeometry => ({
	type: 'Polygon',
	coordinates: [ring.map((p) => [...p])]
});
const point = (x: number, y: number): ActionGeometry => ({ type: 'Point', coordinates: [x, y] });
const line = (...points: Position[]): ActionGeometry => ({
	type: 'LineString',
	coordinates: points.map((p) => [...p])
});
const here = (geometry: ActionGeometry, ...outlines: Outline[]): Located[] => {
	const found = locate(geometry, outlines, rules);
	return outlines.map((o) => found.get(o.code)!);
};

// Two quartiers, side by side: a street, then a gap of some 715 m.
const A = prepareOutline('A', shape(square(3, 50)));
const B = prepareOutline('B', shape(square(3.02, 50)));

describe('où se tient une action, par sa géométrie', () => {
	test('un point dans un seul quartier le cible ; l’autre n’est pas touché, à une distance dite', () => {
		const [a, b] = here(point(3.005, 50.003), A, B);
		expect(a).toMatchObject({
			niveau: 'cible',
			preuve: 'le point est dans le quartier',
			part: { action: 1, quartier: null }
		});
		expect(b).toMatchObject({ niveau: 'aucune', part: { action: 0 } });
		expect(b!.preuve).toBe('le point est hors du quartier, à plus d’un kilomètre');
		expect(here(point(3.015, 50.003), A)[0]!.preuve).toMatch(/^le point est hors du quartier, à 3[56]0\u00a0m$/);
	});

	test('un point dans un trou du périmètre est dehors', () => {
		const ring = prepareOutline('T', shape(square(3, 50), square(3.004, 50.002, 0.002, 0.002)));
		expect(here(point(3.005, 50.003), ring)[0]!.niveau).toBe('aucune');
	});

	test('un point à vingt mètres du bord est probable, à quarante mètres il ne l’est plus', () => {
		const metres = (m: number): ActionGeometry => point(3.005, 50.006 + m / 111_250);
		expect(here(metres(20), A)[0]).toMatchObject({
			niveau: 'probable',
			preuve: 'le point est à 20\u00a0m du quartier'
		});
		expect(here(metres(40), A)[0]).toMatchObject({ niveau: 'aucune' });
	});

	test('plusieurs points : la part est celle des points', () => {
		const points: ActionGeometry = { type: 'MultiPoint', coordinates: [[3.001, 50.001], [3.002, 50.001], [3.021, 50.001], [2, 49]] }; // prettier-ignore
		const [a, b] = here(points, A, B);
		expect(a).toMatchObject({
			niveau: 'explicite',
			part: { action: 0.5 },
			preuve: '2 des 4\u00a0points sont dans le quartier'
		});
		expect(b).toMatchObject({
			niveau: 'explicite',
			part: { action: 0.25 },
			preuve: '1 des 4\u00a0points est dans le quartier'
		});
	});

	test('une ligne se partage entre les quartiers qu’elle traverse', () => {
		const [a, b] = here(line([2.99, 50.003], [3.04, 50.003]), A, B);
		expect(a!.part.action).toBeCloseTo(0.2, 6);
		expect(b!.part.action).toBeCloseTo(0.2, 6);
		expect(a).toMatchObject({ niveau: 'explicite', preuve: '20\u00a0% du tracé est dans le quartier' });
	});

	test('un polygone dit sa part et celle du quartier', () => {
		const [a, b] = here(polygon(square(3.005, 50, 0.01, 0.006)), A, B);
		expect(a!.part.action).toBeCloseTo(0.5, 6);
		expect(a!.part.quartier).toBeCloseTo(0.5, 6);
		expect(a).toMatchObject({
			niveau: 'explicite',
			preuve: '50\u00a0% du tracé est dans le quartier, 50\u00a0% du quartier est couvert'
		});
		expect(b).toMatchObject({ niveau: 'aucune', preuve: 'le tracé est hors du quartier' });
	});

	test('le périmètre lui-même, comme tracé, le couvre tout entier et rien que lui', () => {
		expect(here(polygon(square(3, 50)), A)[0]).toMatchObject({ niveau: 'cible', part: { action: 1, quartier: 1 } });
		const other = { type: 'Polygon', coordinates: [[...square(3, 50)].reverse().map((p) => [...p])] } as ActionGeometry;
		expect(here(other, A)[0]!.part).toEqual({ action: 1, quartier: 1 });
	});

	test('un tracé de la taille de l’agglomération est diffus, un tracé de la taille d’une commune est probable', () => {
		expect(here(polygon(square(2.8, 49.9, 0.4, 0.3)), A)[0]).toMatchObject({
			niveau: 'diffuse',
			part: { quartier: 1 }
		});
		expect(here(polygon(square(2.98, 49.99, 0.05, 0.03)), A)[0]).toMatchObject({
			niveau: 'probable',
			part: { quartier: 1 }
		});
	});

	test('deux tracés qui ne partagent qu’une rue ne se touchent pas', () => {
		const [a] = here(polygon(square(3.01, 50, 0.01, 0.006)), A);
		expect(a).toMatchObject({
			part: { action: 0, quartier: 0 },
			niveau: 'probable',
			preuve: 'le tracé est à 0\u00a0m du quartier'
		});
	});
});

/** A polygon without crossings: points around a centre, in order, some metres to a kilometre away. */
const star = (spread = 0.02): fc.Arbitrary<Position[]> =>
	fc
		.record({
			x: fc.double({ min: 3, max: 3 + spread, noNaN: true }),
			y: fc.double({ min: 50, max: 50 + spread, noNaN: true }),
			radii: fc.array(fc.double({ min: 0.0005, max: 0.01, noNaN: true }), { minLength: 3, maxLength: 24 })
		})
		.map(({ x, y, radii }) => {
			const ring = radii.map((r, i): Position => {
				const turn = (2 * Math.PI * i) / radii.length;
				return [x + r * Math.cos(turn), y + r * Math.sin(turn)];
			});
			return [...ring, ring[0]!];
		});

describe('lois des parts', () => {
	test('une part est entre 0 et 1, et celles de quartiers disjoints ne dépassent pas le tout', () => {
		const grid = [0, 1, 2].flatMap((i) =>
			[0, 1, 2].map((j) => prepareOutline(`${i}${j}`, shape(square(3 + i * 0.01, 50 + j * 0.006))))
		);
		fc.assert(
			fc.property(star(), fc.boolean(), (ring, asLine) => {
				const geometry = asLine ? line(...ring) : polygon(ring);
				const parts = here(geometry, ...grid).map((l) => l.part);
				for (const { action, quartier } of parts) {
					expect(action).toBeGreaterThanOrEqual(0);
					expect(action).toBeLessThanOrEqual(1);
					if (quartier !== null) expect(quartier >= 0 && quartier <= 1).toBe(true);
				}
				// A line along a common edge is in both.
				if (!asLine) expect(parts.reduce((sum, p) => sum + p.action, 0)).toBeLessThanOrEqual(1 + 1e-3);
			}),
			{ numRuns: 120 }
		);
	});

	test('la surface commune est celle que trouve une autre bibliothèque', () => {
		fc.assert(
			fc.property(star(), star(), (a, b) => {
				const plane = planeAround([3.01, 50.01]);
				const [p, q] = [turned([[a]], plane), turned([[b]], plane)];
				const ours = commonArea(p, q);
				// Turf measures on a sphere: its own areas of the whole tell the scale.
				const feature = (ring: readonly Position[]) => ({
					type: 'Feature' as const,
					properties: {},
					geometry: { type: 'Polygon' as const, coordinates: [ring.map((c) => [...c])] }
				});
				const common = intersect({ type: 'FeatureCollection', features: [feature(a), feature(b)] });
				const scale = commonArea(p, p) / area(feature(a));
				const theirs = (common ? area(common) : 0) * scale;
				expect(Math.abs(ours - theirs)).toBeLessThan(Math.max(5, 0.002 * theirs));
			}),
			{ numRuns: 150 }
		);
	});

	test('déplacer le quartier et l’action ensemble ne change rien', () => {
		fc.assert(
			fc.property(star(), star(), fc.double({ min: -0.5, max: 0.5, noNaN: true }), (a, b, east) => {
				const shift = (ring: readonly Position[]): Position[] => ring.map(([x, y]) => [x + east, y]);
				const [before] = here(polygon(a), prepareOutline('Q', shape(b)));
				const [after] = here(polygon(shift(a)), prepareOutline('Q', shape(shift(b))));
				expect(after!.part.action).toBeCloseTo(before!.part.action, 5);
				expect(after!.part.quartier!).toBeCloseTo(before!.part.quartier!, 5);
			}),
			{ numRuns: 60 }
		);
	});

	test('un point est dedans quand un autre calcul le dit aussi', () => {
		fc.assert(
			fc.property(
				star(),
				fc.double({ min: 2.99, max: 3.03, noNaN: true }),
				fc.double({ min: 49.99, max: 50.03, noNaN: true }),
				(ring, x, y) => {
					const [found] = here(point(x, y), prepareOutline('Q', shape(ring)));
					const other = booleanPointInPolygon([x, y], { type: 'Polygon', coordinates: [ring.map((c) => [...c])] });
					expect(found!.part.action === 1).toBe(other);
				}
			),
			{ numRuns: 300 }
		);
	});

	test('écrire un tracé puis le relire le rend tel quel', () => {
		fc.assert(
			fc.property(
				star(),
				fc.constantFrom('Polygon', 'LineString', 'MultiPolygon', 'MultiPoint', 'Point', 'MultiLineString'),
				(ring, type) => {
					const list = ring.map((p) => [...p]);
					const coordinates = { Point: list[0]!, MultiPoint: list, LineString: list, MultiLineString: [list], Polygon: [list], MultiPolygon: [[list]] }[type]!; // prettier-ignore
					const geometry = { type, coordinates } as ActionGeometry;
					expect(parseWkt(printWkt(geometry))).toEqual({ geometry, srid: null });
				}
			),
			{ numRuns: 60 }
		);
	});
});

test('placer vingt mille actions dans quinze quartiers coûte douze fois moins que demander à turf si chacune touche chacun', () => {
	let seed = 7;
	const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
	const wobbly = (x: number, y: number, r: number, n: number): Position[] => {
		const ring = Array.from({ length: n }, (_, i): Position => {
			const turn = (2 * Math.PI * i) / n;
			const reach = r * (0.7 + 0.3 * random());
			return [x + reach * Math.cos(turn), y + reach * 0.65 * Math.sin(turn)];
		});
		return [...ring, ring[0]!];
	};
	const shapes = Array.from({ length: 15 }, () => shape(wobbly(3 + random() * 0.2, 50 + random() * 0.15, 0.006, 120)));
	const outlines = shapes.map((one, i) => prepareOutline(`Q${i}`, one));
	const actions = Array.from({ length: 20_000 }, (_, i): ActionGeometry => {
		const [x, y] = [3 + random() * 0.2, 50 + random() * 0.15];
		if (i % 10 < 6) return point(x, y);
		const ring = wobbly(x, y, 0.004, 24);
		return i % 10 < 8 ? line(...ring) : polygon(ring);
	});
	let [touched, ours, turf] = [0, 0, 0];
	// In ten turns, one beside the other: a machine that others share may be slow for some of them.
	for (let turn = 0; turn < 10; turn++) {
		const part = actions.slice(turn * 2_000, (turn + 1) * 2_000);
		const started = process.cpuUsage();
		for (const action of part)
			for (const { niveau } of locate(action, outlines, rules).values()) if (niveau !== 'aucune') touched++;
		ours += process.cpuUsage(started).user / part.length;
		const sample = part.filter((_, i) => i % 40 === turn * 4);
		const begun = process.cpuUsage();
		for (const action of sample)
			for (const one of shapes) booleanIntersects(action as Geometry, one as unknown as Geometry);
		turf += process.cpuUsage(begun).user / sample.length;
	}
	console.info(
		`20 000 géométries × 15 quartiers : turf coûte ${(turf / ours).toFixed(1)} fois plus, ${touched} touchés`
	);
	expect(touched).toBeGreaterThan(500);
	expect(turf / ours).toBeGreaterThan(12);
});
