import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { inQuartier } from '../../src/lib/domain/crossing/quartier-story';
import { quartierView } from '../../src/lib/domain/crossing/quartier-view';
import { crossTerritory } from '../../src/lib/domain/crossing/territory-view';
import { curly } from '../../src/lib/domain/french';
import { namesApart } from '../../src/lib/domain/names-apart';
import { countsOf, waitingOf } from '../../src/lib/domain/pages/inbox';
import { inboxPage } from '../../src/lib/domain/pages/inbox-page';
import { totalOf } from '../../src/lib/domain/pages/inbox-words';
import { buildFeuilleDeRoute } from '../../src/lib/domain/roadmap/feuille-de-route';
import { territoryEntries } from '../../src/lib/domain/search/entries';
import { search } from '../../src/lib/domain/search/search';
import { buildSearchIndex } from '../../src/lib/domain/search/search-index';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDocument, anAction, aQuartier, aTerritory, AUBRELLE, VERMOY } from '../fixtures/build';

const ref = loadReferentiel();
const lexicon = compileLexicon(ref);
const ASOF = '2026-11-22';
const [CENTRE_A, CENTRE_V] = ['QNZZZ11T', 'QNZZZ12T'];
const quartiers = [
	aQuartier({ code: CENTRE_A, nom: 'Centre Ville', communes: [AUBRELLE] }),
	aQuartier({ code: CENTRE_V, nom: 'Centre Ville', communes: [VERMOY] })
];
const crossed = (documents = [{ ...aDocument({ plan: 'plh' }), fichier: 'plh.csv', importeLe: ASOF }]) =>
	crossTerritory(
		{
			...{ territory: aTerritory(), quartiers, correspondances: new Map(), decisions: [], indicateurs: [] },
			documents,
			actions: documents.map((d) => anAction({ document: d.id, plan: 'plh', quartiers: [CENTRE_A] }))
		},
		ref,
		lexicon,
		ASOF
	);

describe('deux quartiers du même nom', () => {
	const one = crossed();
	const [A, V] = ['Centre Ville (Aubrelle)', 'Centre Ville (Vermoy)'];

	it('se distinguent dans le titre du quartier et de sa feuille de route', () => {
		const view = quartierView(one, CENTRE_A, ref, () => [])!;
		expect(view.titre).toMatch(/^Dans le quartier Centre Ville \(Aubrelle\), /);
		expect(buildFeuilleDeRoute(view, ref).titre).toContain(A);
	});

	it('se distinguent sur chaque ligne à signer', () => {
		const { signer } = inboxPage(one, waitingOf(one, []), [], { file: 'signer', role: null });
		expect(new Set(signer.map((line) => line.nom))).toEqual(new Set([A, V]));
	});

	it('se distinguent dans la recherche', () => {
		const entries = territoryEntries(aTerritory(), { quartiers, actions: [], documents: [] }, ref);
		const { groupes } = search([buildSearchIndex(entries, [])], 'centre ville', { genre: 'quartier' });
		expect(groupes[0]!.hits.map((h) => h.entry.titre)).toEqual([A, V]);
	});

	it('de la même commune aussi, par leur code', () => {
		const same = [quartiers[0]!, { ...quartiers[1]!, communes: [AUBRELLE] }];
		const names = [...namesApart(same).values()];
		expect(names).toEqual([`Centre Ville (${CENTRE_A})`, `Centre Ville (${CENTRE_V})`]);
	});
});

describe('un territoire sans aucun plan', () => {
	it('n’attend rien : on n’y signe pas sur rien', () => {
		const empty = crossed([]);
		const waiting = waitingOf(empty, []);
		expect(totalOf(countsOf(waiting))).toBe(0);
		expect(totalOf(countsOf(waitingOf(crossed(), [])))).toBeGreaterThan(0);
		expect(inboxPage(empty, waiting, [], { file: null, role: null }).titre).toContain('Aucun plan');
	});

	it('passe après les autres dans la recherche, et n’y répète pas un quartier qu’il partage', () => {
		const shared = aQuartier({ code: CENTRE_A, nom: 'La Verrerie' });
		const own = aQuartier({ code: CENTRE_V, nom: 'Verrerie Haute' });
		const of = (code: string, all: typeof quartiers) =>
			buildSearchIndex(
				territoryEntries(
					aTerritory({ code: code as never }),
					{ quartiers: all, actions: [anAction({ id: `verrerie ${code}`, titre: 'Verrerie' })], documents: [] },
					ref
				),
				[]
			);
		const indexes = [of('200000001', [shared, own]), of('200000002', [shared])];
		const lines = (sansPlan: Set<string>) =>
			search(indexes, 'verrerie', { sansPlan }).groupes.flatMap((g) =>
				g.hits.map(({ entry }) => `${entry.genre} ${entry.titre} ${entry.territoire}`)
			);
		const kept = lines(new Set(['200000001']));
		expect(kept.filter((line) => line.startsWith('quartier'))).toEqual([
			'quartier Verrerie Haute 200000001',
			'quartier La Verrerie 200000002'
		]);
		expect(kept.filter((line) => line.startsWith('action'))).toEqual([
			'action Verrerie 200000002',
			'action Verrerie 200000001'
		]);
		expect(lines(new Set()).filter((line) => line.includes('La Verrerie'))).toHaveLength(2);
	});
});

const REAL = '../shared/data/geo/qpv-2024-hauts-de-france.geojson';
describe.skipIf(!existsSync(REAL))('les noms officiels des quartiers', () => {
	const names = () =>
		(JSON.parse(readFileSync(REAL, 'utf8')).features as { properties: { lib_qp: string } }[]).map((f) =>
			curly(f.properties.lib_qp)
		);

	it('gardent dans une phrase toutes leurs lettres, sauf l’article ou le mot « Quartier » du début', () => {
		expect(names().length).toBeGreaterThan(200);
		for (const nom of names()) {
			const [, article, rest] = /^(Les |Le |La |L’|Quartier )?(.+)$/.exec(nom)!;
			const before = { 'Les ': 'aux ', 'Le ': 'au ', 'La ': 'à la ', 'L’': 'à l’' }[article ?? ''];
			expect(inQuartier(nom), nom).toBe(`${before ?? 'dans le quartier '}${rest}`);
		}
	});
});
