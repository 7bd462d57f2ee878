import { beforeAll, describe, expect, it } from 'vitest';
import { heldOf } from '../../src/lib/domain/funding/plan';
import { assess } from '../../src/lib/domain/rules/eligibility';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readFunding } from '../../src/lib/server/funding/read-funding';
import { readRequests } from '../../src/lib/server/funding/read-requests';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const ref = loadReferentiel();
const ASOF = '2026-11-22';
const DEMO = 'ZZ0000001';

describe('Ce qui n’a pas été demandé se lit pareil partout', () => {
	let db: Db;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
	}, 60_000);

	it('chaque mesure que la page d’une action propose encore est dans les demandes du territoire', async () => {
		const { page } = (await readRequests(db, ref, DEMO, { dispositif: null, annee: null, quartier: null }, ASOF))!;
		const actions = [...new Set(page.actions.map((a) => a.action))];
		expect(actions.length).toBeGreaterThan(5);
		for (const id of actions) {
			const { mesures } = (await readFunding(db, ref, DEMO, id, ASOF))!.page;
			const proposed = mesures.filter((m) => m.deja === null && m.verdict !== 'ecarte').map((m) => m.libelle);
			const listed = page.actions.filter((a) => a.action === id).flatMap((a) => [...a.mesuresNoms, ...a.aCompleter]);
			expect(new Set(listed)).toEqual(new Set(proposed));
		}
	});
});

describe('Ce que le plan de financement tient déjà', () => {
	const held = (nature: 'pret' | 'refuse' | 'envisage' | 'sollicite', attend: 'envisage' | 'sollicite' | null = null) =>
		heldOf(
			{ lignes: [{ dispositif: 'fonds.a', nature, attend, preciseePar: null }] } as unknown as Parameters<
				typeof heldOf
			>[0],
			'fonds.a',
			'fonds'
		);

	it('un prêt accordé est obtenu, un refus se dit, ce qui n’est qu’envisagé reste à demander', () => {
		expect([held('pret'), held('refuse'), held('sollicite'), held('envisage')]).toEqual([
			'obtenu',
			'refuse',
			'sollicite',
			null
		]);
		expect([held('pret', 'sollicite'), held('pret', 'envisage')]).toEqual(['sollicite', null]);
	});
});

describe('L’étiquette énergie', () => {
	const erbm = ref.financements.flatMap((f) => f.mesures).find((m) => m.id === 'bassin-minier.erbm')!;
	const asked = (enjeux: string[]) =>
		assess(erbm, { enjeux, nature: 'N1', maitre_ouvrage: 'commune', faits: { commune_erbm: true } }, ASOF);

	it('se demande pour des logements, pas pour un parc', () => {
		expect(asked(['P01']).manquants.map((r) => r.cle)).toContain('etiquette_energie');
		const park = asked(['T05', 'P02']);
		expect(park.verdict).toBe('a-instruire');
		expect(park.manquants.map((r) => r.cle)).not.toContain('etiquette_energie');
	});
});
