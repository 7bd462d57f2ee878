import { describe, expect, it } from 'vitest';
import type { MapQuartier } from '../../src/lib/domain/pages/map-model';
import { mapStyle } from '../../src/lib/ui/map-drawing';

const quartier = (code: string, lon: number) =>
	({
		code,
		centre: [lon, 47],
		geometrie: {
			type: 'MultiPolygon',
			coordinates: [
				[
					[
						[lon, 47],
						[lon + 0.01, 47],
						[lon + 0.01, 47.01],
						[lon, 47]
					]
				]
			]
		}
	}) as unknown as MapQuartier;

describe('la carte qui se déplace', () => {
	it('couvre de bandes les seuls quartiers à confirmer, par-dessus la couleur de leur classe', () => {
		const { layers } = mapStyle(
			{
				...{ quartiers: [quartier('SUR', 2), quartier('DOUTE', 2.1), quartier('INCONNU', 2.2)] },
				...{ lieux: [], communes: [], choisi: null, zones: [], titre: '' },
				tint: (code) => (code === 'INCONNU' ? null : 'c4-fond'),
				doute: (code) => code === 'DOUTE'
			},
			(name) => name
		);
		const layer = (id: string) => layers.find((l) => l.id === id) as unknown as Record<string, unknown>;
		const order = layers.map((l) => l.id);
		expect(layer('doute').filter).toEqual(['in', ['get', 'code'], ['literal', ['DOUTE']]]);
		expect(layer('trame').filter).toEqual(['in', ['get', 'code'], ['literal', ['INCONNU']]]);
		expect(JSON.stringify(layer('aplat').paint)).toContain('"DOUTE","--c4-fond"');
		expect(order.indexOf('doute')).toBeGreaterThan(order.indexOf('aplat'));
		expect(layer('doute').paint).not.toEqual(layer('trame').paint);
	});
});
