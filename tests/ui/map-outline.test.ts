import { describe, expect, it } from 'vitest';
import { covers, crosses, cuts, fitted, type Ring } from '../../src/lib/ui/map-outline';

/** A « U » open upward, 60 px wide. */
const U: Ring[] = [
	[
		[0, 0],
		[20, 0],
		[20, 40],
		[40, 40],
		[40, 0],
		[60, 0],
		[60, 60],
		[0, 60],
		[0, 0]
	]
];
const box = (left: number, top: number, width: number, height: number) => ({
	...{ left, top },
	...{ right: left + width, bottom: top + height }
});

describe('ce qu’un contour couvre', () => {
	it('un nom dans le creux d’un quartier en U ne le couvre pas, un nom à cheval le couvre', () => {
		expect(covers(box(24, 4, 12, 12), U)).toBe(false);
		expect(covers(box(15, 4, 12, 12), U)).toBe(true);
	});

	it('un nom tout entier à l’intérieur le couvre, comme un nom qui l’enveloppe', () => {
		expect(covers(box(4, 44, 10, 10), U)).toBe(true);
		expect(covers(box(-10, -10, 90, 90), U)).toBe(true);
		expect(covers(box(80, 0, 20, 20), U)).toBe(false);
	});

	it('une ligne qui passe par le creux ne le coupe pas, une ligne qui le traverse le coupe', () => {
		expect(cuts([30, -20], [30, 30], U)).toBe(false);
		expect(cuts([-20, 20], [80, 20], U)).toBe(true);
	});

	it('une ligne traverse un rectangle sans y finir', () => {
		expect(crosses([0, 0], [100, 100], box(40, 40, 10, 10))).toBe(true);
		expect(crosses([0, 0], [100, 0], box(40, 40, 10, 10))).toBe(false);
		expect(crosses([45, 0], [45, 30], box(40, 40, 10, 10))).toBe(false);
	});
});

describe('le dessin d’un territoire', () => {
	const bounds = [2.7, 50.35, 2.95, 50.5] as const;
	const { project, unproject } = fitted(bounds, { width: 800, height: 500 }, 50);

	it('tient dans la vue, marges comprises, et la remplit dans un sens', () => {
		const [left, top] = project([2.7, 50.5]);
		const [right, bottom] = project([2.95, 50.35]);
		expect(Math.min(left - 50, top - 50)).toBeCloseTo(0);
		expect([800 - right, 500 - bottom].every((rest) => rest >= 50 - 1e-6)).toBe(true);
	});

	it('rend le point d’où il vient', () => {
		const [lon, lat] = unproject(project([2.83, 50.43]));
		expect(lon).toBeCloseTo(2.83, 9);
		expect(lat).toBeCloseTo(50.43, 9);
	});
});
