import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextTowards, type Place, type Way } from '../../src/lib/ui/map-neighbour';

const NORTH: Way = [0, -1];
const SOUTH: Way = [0, 1];
const EAST: Way = [1, 0];
const WEST: Way = [-1, 0];
const at = (code: string, x: number, y: number): Place => ({ code, at: [x, y] });

describe('le quartier où mène une flèche', () => {
	const TOWN = [
		at('centre', 0, 0),
		at('nord', 1, -10),
		at('nord-lointain', 0, -30),
		at('est', 8, 2),
		at('sud-est', 5, 9)
	];

	it('est le plus proche de ce côté, au plus près de la ligne', () => {
		expect(nextTowards(TOWN, 'centre', NORTH)).toBe('nord');
		expect(nextTowards(TOWN, 'centre', EAST)).toBe('est');
		expect(nextTowards(TOWN, 'centre', SOUTH)).toBe('sud-est');
		expect(nextTowards(TOWN, 'nord', NORTH)).toBe('nord-lointain');
		expect(nextTowards(TOWN, 'est', WEST)).toBe('centre');
	});

	it('quand rien n’est droit devant, le plus proche de ce côté ; quand rien n’y est, aucun', () => {
		const pair = [at('a', 0, 0), at('b', 3, 20)];
		expect(nextTowards(pair, 'a', EAST)).toBe('b');
		expect(nextTowards(pair, 'a', WEST)).toBeNull();
		expect(nextTowards(pair, 'a', NORTH)).toBeNull();
		expect(nextTowards(pair, 'inconnu', NORTH)).toBeNull();
	});

	it('passe celui qu’on ne peut pas montrer', () => {
		expect(nextTowards(TOWN, 'centre', NORTH, new Set(['nord']))).toBe('nord-lointain');
	});

	it('où que soient les quartiers, une flèche avance de son côté, et à force arrive au bord', () => {
		const point = fc.record({ x: fc.integer({ min: 0, max: 500 }), y: fc.integer({ min: 0, max: 500 }) });
		fc.assert(
			fc.property(
				fc.array(point, { minLength: 1, maxLength: 25 }),
				fc.constantFrom(NORTH, SOUTH, EAST, WEST),
				(points, way) => {
					const places = points.map(({ x, y }, i) => at(String(i), x, y));
					const along = (code: string) => {
						const [x, y] = places[Number(code)]!.at;
						return x * way[0] + y * way[1];
					};
					let here = '0';
					for (let step = 0; ; step++) {
						expect(step).toBeLessThanOrEqual(places.length);
						const next = nextTowards(places, here, way);
						if (next === null) break;
						expect(along(next)).toBeGreaterThan(along(here));
						here = next;
					}
					expect(along(here)).toBe(Math.max(...places.map(({ code }) => along(code))));
				}
			)
		);
	});
});
