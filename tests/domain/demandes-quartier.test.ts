import { beforeAll, describe, expect, it } from 'vitest';
import { heldOf } from '../../src/lib/domain/funding/plan';
import { quartierPage } from '../../src/lib/domain/pages/quartier-page';
import { quartierRequests } from '../../src/lib/domain/pages/quartier-requests';
import { assess } from '../../src/lib/domain/rules/eligibility';
import { open, type Db } from '../../src/lib/server/db/client';
import { quartiersOf } from '../../src/lib/server/db/territories';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readFunding } from '../../src/lib/server/funding/read-funding';
import { readRequests } from '../../src/lib/server/funding/read-requests';
import { readQuartier } from '../../src/lib/server/read-quartier';
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

	it('le premier écran d’un quartier nomme ce qui n’est pas demandé, ou dit que rien n’est à instruire', async () => {
		for (const { code } of await quartiersOf(db, DEMO)) {
			const { demandes, financements } = quartierPage((await readQuartier(db, ref, code, ASOF, DEMO))!, ref);
			const ready = financements.find((m) => m.bilan === 'a-instruire' || m.bilan === 'indetermine');
			expect(demandes.dAbord).toContain(ready ? ready.libelle : 'Aucun financement à instruire');
		}
	});
});

describe('Le premier écran d’un quartier', () => {
	const first = (mesures: readonly { libelle: string; forme: string | null; bilan: string }[]) =>
		quartierRequests(
			mesures.map((m) => ({ ...m, verdicts: [] })) as never,
			[],
			[],
			{ verdicts: [], gaps: [], asOf: ASOF },
			ref
		).dAbord;

	it('dit d’un prêt que c’en est un, et rien de plus d’une subvention', () => {
		const loan = {
			libelle: 'Offre Quartiers 2030 (prêt et ingénierie)',
			forme: 'prêt et ingénierie',
			bilan: 'a-instruire'
		};
		const grant = { libelle: 'Fonds chaleur', forme: null, bilan: 'indetermine' };
		expect(first([loan, grant])).toBe(
			'Non demandé, à instruire (rien d’écrit ne l’exclut) : Offre Quartiers 2030 (prêt et ingénierie). Il manque une réponse pour : Fonds chaleur.'
		);
	});
});

describe('Ce que le plan de financement tient déjà', () => {
	const held = (nature: 'pret' | 'refuse' | 'envisage' | 'sollicite') =>
		heldOf(
			{ lignes: [{ dispositif: 'fonds.a', nature, preciseePar: null }] } as unknown as Parameters<typeof heldOf>[0],
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
