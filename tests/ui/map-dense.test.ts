import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseZone, type Drawn } from '../../src/lib/ui/map-dense';
import { within, type Rect } from '../../src/lib/ui/map-outline';

const FRAME = { width: 280, height: 210 };

/** A quartier drawn 30 px wide. */
const drawn = (id: string, x: number, y: number, crowded = true): Drawn => ({
	id,
	shape: { left: x - 15, top: y - 15, right: x + 15, bottom: y + 15 },
	crowded
});

/** Two handfuls of quartiers: three to the west, five to the east, and one alone. */
const WEST = [drawn('o1', 100, 100), drawn('o2', 140, 100), drawn('o3', 100, 140)];
const EAST = [0, 1, 2, 3, 4].map((i) => drawn(`e${i}`, 600 + (i % 3) * 40, 300 + Math.floor(i / 3) * 40));
const ALONE = drawn('seul', 350, 520);

describe('la partie de la carte à agrandir', () => {
	it('est celle où le plus de noms manquent de place', () => {
		const zone = denseZone([...WEST, ...EAST, ALONE], FRAME)!;
		expect([...zone.ids].sort()).toEqual(['e0', 'e1', 'e2', 'e3', 'e4']);
	});

	it('n’est pas la plus peuplée quand les noms y trouvent leur place', () => {
		const named = EAST.map((d) => ({ ...d, crowded: false }));
		expect([...denseZone([...WEST, ...named], FRAME)!.ids].sort()).toEqual(['o1', 'o2', 'o3']);
	});

	it('n’existe pas quand aucun nom ne manque de place, ni quand un seul en manque : un numéro suffit', () => {
		const named = [...WEST, ...EAST].map((d) => ({ ...d, crowded: false }));
		expect(denseZone(named, FRAME)).toBeNull();
		expect(denseZone([...named, ALONE], FRAME)).toBeNull();
		expect(denseZone([], FRAME)).toBeNull();
	});

	it('laisse de côté un nom qui manque de place loin de tout voisin', () => {
		const aside = [drawn('a', 420, 300), drawn('b', 500, 420)];
		expect([...denseZone([...EAST, ...aside], { width: 400, height: 300 })!.ids].sort()).toEqual(
			EAST.map(({ id }) => id)
		);
	});

	it('ne coupe pas un voisin déjà nommé, tant que le cadre a la place de le montrer entier', () => {
		const beside = drawn('nommé', 706, 330, false);
		expect(denseZone([...EAST, beside], FRAME)!.ids).toContain('nommé');
		expect(denseZone([...EAST, beside], { width: 135, height: 100 })!.ids).not.toContain('nommé');
	});

	it('prend aussi le quartier que cacherait la lettre du cadre', () => {
		const corner = ({ left, top }: Rect): Rect => ({ left, top: top - 22, right: left + 22, bottom: top });
		const alone = denseZone(EAST, FRAME)!.box;
		const under = drawn('sous', alone.left + 8, alone.top - 18, false);
		expect(denseZone([...EAST, under], FRAME)!.ids).not.toContain('sous');
		expect(denseZone([...EAST, under], FRAME, { corner })!.ids).toContain('sous');
	});

	it('n’existe pas quand deux noms manquent de place trop loin l’un de l’autre', () => {
		expect(denseZone([drawn('a', 50, 50), drawn('b', 700, 500)], FRAME)).toBeNull();
	});

	it('se resserre sur ses quartiers : plus ils sont groupés, plus l’encart les agrandit', () => {
		const { box } = denseZone([...WEST, ...EAST], FRAME)!;
		expect(box.right - box.left).toBeLessThan(FRAME.width / 1.5);
		expect((box.right - box.left) / (box.bottom - box.top)).toBeCloseTo(FRAME.width / FRAME.height);
	});

	it('quels que soient les quartiers, tient dans le cadre donné et montre entiers ceux qu’elle nomme, tous ceux-là', () => {
		const point = fc.record({
			x: fc.integer({ min: 0, max: 900 }),
			y: fc.integer({ min: 0, max: 600 }),
			crowded: fc.boolean()
		});
		fc.assert(
			fc.property(fc.array(point, { maxLength: 25 }), (points) => {
				const all = points.map(({ x, y, crowded }, i) => drawn(String(i), x, y, crowded));
				const zone = denseZone(all, FRAME);
				if (!zone) return;
				expect(zone.box.right - zone.box.left).toBeLessThanOrEqual(FRAME.width + 1e-6);
				expect(zone.box.bottom - zone.box.top).toBeLessThanOrEqual(FRAME.height + 1e-6);
				const held = all.filter(({ shape }) => within(shape, zone.box));
				expect(held.map(({ id }) => id)).toEqual(zone.ids);
				expect(held.filter((d) => d.crowded).length).toBeGreaterThanOrEqual(2);
			})
		);
	});
});
