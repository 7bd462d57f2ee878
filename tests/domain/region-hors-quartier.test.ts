import { describe, expect, it } from 'vitest';
import type { RegionTerritory, RegionView } from '../../src/lib/domain/crossing/overview';
import { regionPage } from '../../src/lib/domain/pages/region-page';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* The figure of the region that adds the gaps quartiers count to those no quartier counts. */

const none = { critique: 0, haute: 0, moyenne: 0, information: 0, opportunite: 0 };
const territory = (gaps: Partial<typeof none>, horsQuartier: Partial<typeof none>) =>
	({
		...{ code: 'ZZ', nom: 'Ici', plans: ['pcaet'], croises: [] },
		...{ gaps: { ...none, ...gaps }, horsQuartier: { ...none, ...horsQuartier } }
	}) as unknown as RegionTerritory;
const figure = (...territoires: RegionTerritory[]) =>
	regionPage({ territoires } as unknown as RegionView, loadReferentiel()).graves;

describe('les lacunes graves de la région', () => {
	it('comptent celles qui sont hors quartier dans le total, et le disent', () => {
		const { nombre, sens } = figure(
			territory({ haute: 44, moyenne: 9 }, {}),
			territory({ critique: 2 }, { haute: 35 })
		);
		expect(nombre).toBe(81);
		expect(sens).toBe('critiques ou hautes, chacune comptée une fois, dont 35 hors quartier');
	});

	it('quand toutes sont hors quartier, dans un territoire qui n’a pas de quartier, le disent et le nomment', () => {
		const bare = { ...territory({}, { haute: 35 }), nom: 'CC des Prés', quartiers: 0 } as RegionTerritory;
		const { nombre, sens } = figure(bare);
		expect(nombre).toBe(35);
		expect(sens.replace(/\s/g, ' ')).toBe(
			'critiques ou hautes, chacune comptée une fois, toutes hors quartier (CC des Prés, sans quartier prioritaire : ce qui manque à ses actions)'
		);
	});

	it('n’en parlent pas quand il n’y en a pas', () =>
		expect(figure(territory({ haute: 3 }, { moyenne: 4 })).sens).not.toContain('hors quartier'));
});

describe('le tableau de la région', () => {
	const cell = (code: string, coverage: string) => ({ code, coverage, actions: 1, reserve: null });
	const told = (code: string, quartiers: number, ...croises: ReturnType<typeof cell>[]) =>
		({ ...territory({}, {}), code, nom: code, quartiers, croises }) as unknown as RegionTerritory;
	const page = (...territoires: RegionTerritory[]) =>
		regionPage({ territoires } as unknown as RegionView, loadReferentiel());

	it('met le croisement le moins répondu en premier, et ceux que personne n’évalue en dernier', () => {
		const { croises } = page(told('a', 2, cell('X05', 'structurante'), cell('X09', 'diffuse')));
		expect([croises[0]!.code, croises[1]!.code]).toEqual(['X09', 'X05']);
		expect(croises.slice(2).every((c) => c.evalues === 0)).toBe(true);
	});

	it('laisse hors du tableau, en le disant, un territoire lu qui n’a pas de quartier', () => {
		const { colonnes, sansQuartier } = page(told('avec', 3), told('sans', 0));
		expect(colonnes.map((t) => t.code)).toEqual(['avec']);
		expect(sansQuartier.map((t) => t.code)).toEqual(['sans']);
	});
});
