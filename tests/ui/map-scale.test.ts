import { describe, expect, it } from 'vitest';
import type { MapQuartier } from '../../src/lib/domain/pages/map-model';
import { extent } from '../../src/lib/ui/map-drawing';
import { surfaceOf } from '../../src/lib/ui/map-labels';
import { area, fitted, ringsOf } from '../../src/lib/ui/map-outline';
import { arrangeMap, lowOf, paddingOf, wishesOf } from '../../src/lib/ui/map-zone';

/* The scale stands at the bottom left of the map: 90 pixels long at most, 10 from each side. */

const square = (code: string, lon: number, lat: number): MapQuartier => ({
	...{ code, nom: `Le quartier ${code}`, pire: null, lacunes: 0, evalue: true, centre: [lon + 0.002, lat + 0.002] },
	geometrie: {
		type: 'MultiPolygon',
		coordinates: [
			[
				[
					[lon, lat],
					[lon + 0.004, lat],
					[lon + 0.004, lat + 0.004],
					[lon, lat + 0.004],
					[lon, lat]
				]
			]
		]
	}
});

/** As tall as it is wide at least: the height of the map is what bounds it. */
const TOWN = [square('bas', 2, 47), square('milieu', 2.02, 47.04), square('haut', 2.01, 47.08)];

describe('l’échelle de la carte', () => {
	it.each([
		['un téléphone', 358, 340],
		['un petit plan', 418, 468],
		['un grand écran', 805, 640]
	])('sur %s, ne touche ni un quartier ni un nom', (_, width, height) => {
		const view = { left: 0, top: 0, right: width, bottom: height };
		const scale = { left: 10, top: height - 32, right: 102, bottom: height - 10 };
		const { project } = fitted(extent(TOWN)!, { width, height }, paddingOf(width), lowOf(width));
		const ys = TOWN.flatMap((q) => ringsOf(q.geometrie!, project).flatMap((ring) => ring.map(([, y]) => y)));
		expect(Math.max(...ys)).toBeLessThan(scale.top - 8);
		expect(Math.min(...ys)).toBeGreaterThan(20);
		// Brought by hand right over the scale, a quartier keeps its name off it.
		const slid = (at: readonly [number, number]) => {
			const [x, y] = project(at);
			const [x0, y0] = project(TOWN[0]!.centre!);
			return [x - x0 + 56, y - y0 + height - 22] as const;
		};
		for (const drawn of [project, slid]) {
			const size = { width: 150, height: 26 };
			const sizes = new Map(TOWN.map(({ code }) => [code, size]));
			const { placed } = arrangeMap(TOWN, [], drawn, view, sizes);
			expect(placed.size).toBeGreaterThan(0);
			for (const wish of wishesOf(TOWN, drawn, () => size))
				if (placed.has(wish.id)) expect(area(surfaceOf(wish, placed.get(wish.id)!), scale), wish.id).toBe(0);
		}
	});
});
