import { readFileSync } from 'node:fs';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { MapPage } from '../../src/lib/domain/pages/map-page';
import { mapStyle } from '../../src/lib/ui/map-drawing';
import MapSwatch from '../../src/lib/ui/MapSwatch.svelte';
import Tableau from '../../src/routes/territoires/[code]/carte/Tableau.svelte';

/* The legend of the map and its twin table show a class as the map does. */

describe('la légende de la carte', () => {
	it('a la couleur que la carte laisse voir, ni plus sombre ni plus claire', () => {
		const { body } = render(MapSwatch, { props: { teinte: 'c4-fond' } });
		const share = Number(/var\(--c4-fond\) (\d+)%/.exec(body)![1]);
		const { layers } = mapStyle(
			{
				...{ quartiers: [], lieux: [], communes: [], choisi: null, zones: [], titre: '' },
				tint: () => null,
				doute: () => false
			},
			(name) => name
		);
		const flat = layers.find((l) => l.id === 'aplat')! as { paint: Record<string, unknown> };
		expect(share / 100).toBe(flat.paint['fill-opacity']);
		expect(readFileSync('src/lib/ui/map-strokes.css', 'utf8')).toContain(`fill-opacity: ${share / 100};`);
	});

	it('dans le tableau, le signe d’une classe est à part de son nom', () => {
		const quartier = { code: 'QN1', nom: 'Les Tilleuls', communes: ['Lys'], classe: 'c', pire: null, ecrit: '2' };
		const page = {
			theme: { id: 'croisement', titre: 'réponse' },
			classes: [{ code: 'c', libelle: 'Réponse de service', signe: { trait: '≡' }, quartiers: 1 }],
			quartiers: [{ ...quartier, gravites: {}, evalue: true, population: 1200, porte: null }],
			choisi: null
		} as unknown as MapPage;
		const { body } = render(Tableau, {
			props: { page, choisir: () => '#', root: '', classe: null, tousHref: '#' }
		});
		expect(body.replace(/<!--.*?-->/g, '')).toMatch(
			/<span class="classe[^>]*>.*≡<\/span>\s*<span>Réponse de service<\/span>/
		);
	});
});
