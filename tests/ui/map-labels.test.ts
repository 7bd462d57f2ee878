import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeLabels } from '../../src/lib/ui/map-labels';

const box = (id: string, x: number, y: number) => ({ id, x, y, width: 80, height: 20 });

describe('les noms sur la carte', () => {
	it('deux quartiers éloignés gardent chacun leur nom', () => {
		expect([...placeLabels([box('a', 0, 0), box('b', 200, 0)])]).toEqual(['a', 'b']);
	});

	it('de deux quartiers serrés, le plus urgent garde le sien', () => {
		expect([...placeLabels([box('urgent', 0, 0), box('autre', 30, 5)])]).toEqual(['urgent']);
	});

	it('aucun nom écrit n’en couvre un autre', () => {
		const point = fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 600 }) });
		fc.assert(
			fc.property(fc.array(point, { maxLength: 60 }), (points) => {
				const boxes = points.map(({ x, y }, i) => box(String(i), x, y));
				const shown = boxes.filter((b) => placeLabels(boxes).has(b.id));
				return shown.every((a, i) =>
					shown.slice(i + 1).every((b) => Math.abs(a.x - b.x) >= 84 || Math.abs(a.y - b.y) >= 24)
				);
			})
		);
	});
});
