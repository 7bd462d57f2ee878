import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { RegionPage } from '../../src/lib/domain/pages/region-page';
import RegionTable from '../../src/lib/ui/RegionTable.svelte';
import { regionCue } from '../../src/lib/ui/sentences';

/* A table wider than the screen says so in words, not by a shade alone. */

const colonne = (nom: string) => ({ code: nom, nom, quartiers: 2, lus: [], plans: [1], croises: [] });
const table = (noms: readonly string[]): string =>
	render(RegionTable, {
		props: {
			page: {
				...{ colonnes: noms.map(colonne), territoires: noms.map(colonne), croises: [], sansQuartier: [] }
			} as unknown as RegionPage,
			territoireHref: () => '#'
		}
	}).body;

describe('un tableau de la région plus large que l’écran', () => {
	it('annonce, avant tout script, qu’il continue à droite dès qu’aucun téléphone ne le tient', () => {
		expect(table(['Lys', 'Aubrelle', 'Vermoy'])).toContain('Le tableau continue à droite');
		expect(table(['Lys', 'Aubrelle'])).not.toContain('continue à droite');
	});

	it('compte ce qui reste à droite, puis dit qu’on est au bout', () => {
		expect(regionCue(2)).toMatch(/^2.territoires encore à droite/);
		expect(regionCue(1)).toMatch(/^1.territoire encore à droite/);
		expect(regionCue(0)).toContain('Dernier territoire');
	});

	it('défile au clavier, sous un nom', () => {
		expect(table(['Lys', 'Aubrelle', 'Vermoy'])).toMatch(/role="region" aria-label="[^"]*faire défiler" tabindex="0"/);
	});
});
