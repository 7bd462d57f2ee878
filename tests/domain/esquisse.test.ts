import { expect, it } from 'vitest';
import { mapSketch, middleOf } from '../../src/lib/domain/pages/map-sketch';
import type { MultiPolygon } from '../../src/lib/domain/territory';

const square = (west: number, south: number, side: number) => [
	[
		[west, south],
		[west + side, south],
		[west + side, south + side],
		[west, south + side],
		[west, south]
	] as [number, number][]
];
const drawn = (code: string, ...coordinates: ReturnType<typeof square>[]) => ({
	code,
	geometrie: { type: 'MultiPolygon', coordinates } as MultiPolygon
});

it('le numéro d’un quartier se pose au milieu de sa plus grande partie', () => {
	const { traces, width, height } = mapSketch([
		drawn('A', square(3.5, 50.35, 0.001), square(3.5, 50.3, 0.02)),
		drawn('B', square(3.56, 50.3, 0.02))
	])!;
	const [[ax, ay], [bx, by]] = [middleOf(traces['A']!), middleOf(traces['B']!)];
	expect(ax).toBeLessThan(width / 4);
	expect(bx).toBeGreaterThan((width * 3) / 4);
	// Both squares stand at the foot of the drawing.
	for (const y of [ay, by]) expect(y).toBeGreaterThan(height / 2);
	expect(ay).toBeCloseTo(by, -1);
});
