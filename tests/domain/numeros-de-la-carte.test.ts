import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeNumbers } from '../../src/lib/domain/pages/map-numbers';

/** A square of 10 units whose first corner is there. */
const square = (x: number, y: number) => `M${x} ${y}l10 0 0 10-10 0z`;
const LETTER = 20;

describe('les numéros d’une carte imprimée', () => {
	it('un quartier isolé porte le sien en son milieu, sans ligne', () => {
		expect(placeNumbers([['a', square(100, 100)]], LETTER)).toEqual([{ code: 'a', at: [105, 105], of: null }]);
	});

	it('deux quartiers serrés : le second se pose à côté, relié à son quartier', () => {
		const [first, second] = placeNumbers(
			[
				['a', square(100, 100)],
				['b', square(108, 104)]
			],
			LETTER
		);
		expect(first!.of).toBeNull();
		expect(second!.of).toEqual([113, 109]);
	});

	it('si serrés que soient trente quartiers, aucun numéro n’en couvre un autre', () => {
		const point = fc.record({ x: fc.integer({ min: 0, max: 260 }), y: fc.integer({ min: 0, max: 260 }) });
		fc.assert(
			fc.property(fc.array(point, { maxLength: 30 }), (points) => {
				const placed = placeNumbers(
					points.map(({ x, y }, i) => [String(i), square(x, y)] as const),
					LETTER
				);
				expect(placed).toHaveLength(points.length);
				for (const [i, a] of placed.entries())
					for (const b of placed.slice(i + 1))
						expect(
							Math.abs(a.at[0] - b.at[0]) >= 1.2 * LETTER || Math.abs(a.at[1] - b.at[1]) >= LETTER,
							`${a.code} sur ${b.code}`
						).toBe(true);
			})
		);
	});
});
