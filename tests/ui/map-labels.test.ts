import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameLines } from '../../src/lib/domain/pages/name-lines';
import { leadersOf, placeAmong, placeLabels, surfaceOf, type LabelWish } from '../../src/lib/ui/map-labels';
import { crosses, type Rect } from '../../src/lib/ui/map-outline';

const VIEW: Rect = { left: 0, top: 0, right: 900, bottom: 600 };

/** A quartier drawn 20 px wide around a point, its name 80 px long. */
const wish = (id: string, x: number, y: number): LabelWish => ({
	id,
	at: [x, y],
	shape: { left: x - 10, top: y - 10, right: x + 10, bottom: y + 10 },
	width: 80,
	height: 24
});

function rectOf(w: LabelWish, { x, y, named }: { x: number; y: number; named: boolean }): Rect {
	const width = named ? w.width : w.height;
	return { left: x - width / 2, right: x + width / 2, top: y - w.height / 2, bottom: y + w.height / 2 };
}
const touch = (a: Rect, b: Rect) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe('les noms sur la carte', () => {
	it('un quartier isolé porte son nom à côté de lui, jamais dessus', () => {
		const one = wish('a', 300, 300);
		const placed = placeLabels([one], VIEW).get('a')!;
		expect(placed.named).toBe(true);
		expect(touch(rectOf(one, placed), one.shape)).toBe(false);
	});

	it('des quartiers en chapelet gardent tous leur nom, sans qu’aucun ne couvre un voisin', () => {
		const chain = Array.from({ length: 8 }, (_, i) => wish(String(i), 400 + (i % 2) * 8, 60 + i * 40));
		const placed = placeLabels(chain, VIEW);
		for (const w of chain) {
			expect(placed.get(w.id)?.named).toBe(true);
			for (const other of chain) expect(touch(rectOf(w, placed.get(w.id)!), other.shape)).toBe(false);
		}
	});

	it('une commune écrit son nom près d’elle sans couvrir ni un quartier ni son nom, ou pas du tout', () => {
		const commune = (id: string, x: number, y: number) => ({ id, at: [x, y] as const, width: 70, height: 17 });
		const quartier: Rect = { left: 380, top: 290, right: 420, bottom: 310 };
		const placed = placeAmong([commune('libre', 100, 100), commune('sous', 400, 300)], [quartier], VIEW);
		expect(placed.get('libre')).toEqual([100, 100]);
		const [x, y] = placed.get('sous')!;
		expect(Math.abs(y - 300)).toBeLessThan(60);
		expect(touch({ left: x - 35, right: x + 35, top: y - 8.5, bottom: y + 8.5 }, quartier)).toBe(false);
		const crowd: Rect = { left: 200, top: 200, right: 600, bottom: 400 };
		expect(placeAmong([commune('serrée', 400, 300)], [crowd], VIEW).size).toBe(0);
	});

	it('au bord, le nom passe de l’autre côté', () => {
		const edge = wish('bord', 885, 300);
		expect(placeLabels([edge], VIEW).get('bord')!.x).toBeLessThan(885);
	});

	it('quand la place manque, le plus urgent garde son nom et l’autre son signe', () => {
		const narrow: Rect = { left: 0, top: 0, right: 130, bottom: 40 };
		const placed = placeLabels([wish('urgent', 20, 20), wish('autre', 24, 20)], narrow);
		expect(placed.get('urgent')?.named).toBe(true);
		expect(placed.get('autre')?.named ?? false).toBe(false);
	});

	it('quels que soient les quartiers, aucun nom n’en couvre un autre, et tous tiennent dans la carte', () => {
		const point = fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 600 }) });
		fc.assert(
			fc.property(fc.array(point, { maxLength: 40 }), (points) => {
				const wishes = points.map(({ x, y }, i) => wish(String(i), x, y));
				const placed = placeLabels(wishes, VIEW);
				const rects = wishes.flatMap((w) => (placed.has(w.id) ? [rectOf(w, placed.get(w.id)!)] : []));
				return rects.every(
					(a, i) =>
						a.left >= 0 &&
						a.right <= 900 &&
						a.top >= 0 &&
						a.bottom <= 600 &&
						rects.slice(i + 1).every((b) => !touch(a, b))
				);
			})
		);
	});

	it('sur un téléphone, un quartier serré porte son numéro, et aucun nom ne couvre un voisin ni ne le traverse', () => {
		const grid = Array.from({ length: 25 }, (_, i) =>
			wish(String(i), 120 + (i % 5) * 30, 120 + Math.floor(i / 5) * 30)
		);
		const phone: Rect = { left: 0, top: 0, right: 356, bottom: 340 };
		const placed = placeLabels(grid, phone);
		const lines = leadersOf(grid, placed);
		expect([...placed.values()].filter(({ named }) => !named).length).toBeGreaterThan(10);
		for (const w of grid.filter(({ id }) => placed.get(id)?.named)) {
			const line = lines.find(({ to }) => to === w.at);
			for (const other of grid.filter(({ id }) => id !== w.id)) {
				expect(touch(rectOf(w, placed.get(w.id)!), other.shape)).toBe(false);
				if (line) expect(crosses(line.from, line.to, other.shape)).toBe(false);
			}
		}
	});

	it('autour d’un cadre agrandi ailleurs, aucun nom du dehors n’entre ni ne chevauche ses traits', () => {
		const frame: Rect = { left: 300, top: 200, right: 500, bottom: 350 };
		const around = [wish('ouest', 285, 270), wish('nord', 400, 185), wish('est', 515, 270), wish('sud', 400, 365)];
		const placed = placeLabels(around, VIEW, { frames: [frame] });
		for (const w of around) {
			expect(placed.get(w.id)?.named).toBe(true);
			expect(touch(rectOf(w, placed.get(w.id)!), frame)).toBe(false);
		}
	});

	it('à cheval sur le cadre, un quartier garde au moins son numéro', () => {
		const frame: Rect = { left: 300, top: 200, right: 500, bottom: 350 };
		const crowd = Array.from({ length: 6 }, (_, i) => wish(String(i), 300, 210 + i * 22));
		expect(placeLabels(crowd, { left: 200, top: 190, right: 360, bottom: 360 }, { frames: [frame] }).size).toBe(6);
	});

	it('un nom posé loin du point qu’il nomme y est relié, un nom posé dessus ne l’est pas', () => {
		const far: LabelWish = { ...wish('loin', 300, 300), shape: { left: 250, top: 250, right: 350, bottom: 350 } };
		const [leader] = leadersOf([far], placeLabels([far], VIEW));
		expect(leader?.to).toEqual([300, 300]);
		const label = rectOf(far, placeLabels([far], VIEW).get('loin')!);
		expect(leader!.from[0]).toBeCloseTo(label.left);
		const on = new Map([['loin', { x: 300, y: 300, named: true }]]);
		expect(leadersOf([far], on)).toEqual([]);
		expect(leadersOf([far], new Map())).toEqual([]);
	});

	it.each([
		['Le Trieu', 16, ['Le Trieu']],
		['Zone Intercommunale Rives De L’Escaut', 30, ['Zone Intercommunale', 'Rives De L’Escaut']],
		['Cité Thiers - Cité Du Rivage - Brunehaut', 24, ['Cité Thiers - Cité Du', 'Rivage - Brunehaut']],
		['Centre Ville - Le Jard', 16, ['Centre Ville -', 'Le Jard']],
		['Saint-Pierre-les-Trois-Clochers', 16, ['Saint-Pierre-les-Trois-Clochers']]
	])('« %s », sur des lignes de %i lettres, se lit entier : %j', (nom, most, lines) => {
		expect(nameLines(nom, most).split('\n')).toEqual(lines);
	});

	it('aucun nom ne perd une lettre, quelle que soit la carte', () => {
		fc.assert(
			fc.property(
				fc.array(fc.stringMatching(/^[a-z]{1,14}$/), { minLength: 1 }),
				fc.integer({ min: 1, max: 40 }),
				(words, most) => {
					const written = nameLines(words.join(' '), most);
					expect(written.replace('\n', ' ')).toBe(words.join(' '));
					expect(written.split('\n').length).toBeLessThanOrEqual(2);
				}
			)
		);
	});

	it('sans la place d’un nom de deux lignes, un numéro d’une ligne la prend', () => {
		const tall: LabelWish = { ...wish('haut', 30, 30), width: 200, height: 44 };
		const placed = placeLabels([tall], { left: 0, top: 0, right: 80, bottom: 80 }).get('haut')!;
		expect(placed.named).toBe(false);
		expect(surfaceOf(tall, placed)).toMatchObject({ right: placed.x + 13, bottom: placed.y + 13 });
	});
});
