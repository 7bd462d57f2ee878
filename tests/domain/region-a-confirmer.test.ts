import { describe, expect, it } from 'vitest';
import { regionJson } from '../../src/lib/domain/contract';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { foldRegion, foldTerritory, type RegionEntry } from '../../src/lib/domain/crossing/region-view';
import { crossTerritory } from '../../src/lib/domain/crossing/territory-view';
import { regionPage } from '../../src/lib/domain/pages/region-page';
import { regionSheet } from '../../src/lib/domain/pages/region-sheet';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDocument, aLine, anAction, aQuartier, aTerritory, AUBRELLE, SORBAY } from '../fixtures/build';

/* What a cell of the region says of the answer it shows, and what its money adds up. */

const ref = loadReferentiel();
const lexicon = compileLexicon(ref);
const ASOF = '2026-11-22';
const QUARTIERS = [
	aQuartier({ code: 'QNZZZ01N', nom: 'Les Essais', communes: [AUBRELLE] }),
	aQuartier({ code: 'QNZZZ02N', nom: 'Le Mail', communes: [SORBAY] })
];

type Said = Partial<Parameters<typeof anAction>[0]>;
function territory(code: string, actions: readonly Said[]): RegionEntry {
	const documents = (['pcaet', 'plh'] as const).map((plan, i) => ({
		...aDocument({ id: i + 1, plan }),
		...{ fichier: `${plan}.xlsx`, importeLe: ASOF }
	}));
	const { view } = crossTerritory(
		{
			territory: aTerritory({ communes: [AUBRELLE, SORBAY] }),
			quartiers: QUARTIERS,
			correspondances: new Map(),
			documents,
			actions: actions.map((said, i) =>
				anAction({ id: `${code}${i}`, plan: 'pcaet', document: 1, natureDeclaree: 'N1', ...said })
			),
			decisions: [],
			indicateurs: []
		},
		ref,
		lexicon,
		ASOF
	);
	const fold = foldTerritory(view, ref);
	return { code, nom: `Territoire ${code}`, fictif: false, quartiers: QUARTIERS.map((q) => q.code), fold };
}
const region = (...entries: RegionEntry[]) => foldRegion('32', entries, ref, ASOF);
const cell = (view: ReturnType<typeof region>, code = 'X01') =>
	view.territoires[0]!.croises.find((c) => c.code === code)!;
const plain = (text: string) => text.replace(/\s/g, ' ');

const WORKS = { titre: 'Réhabiliter les logements sociaux', enjeuxDeclares: ['T01', 'P01'] };
const commune = { ...WORKS, communes: ['Aubrelle'] };
const named = { ...WORKS, quartiers: ['Les Essais'] };
const past = { ...named, dates: { debut: null, fin: '2020-12-31', texte: null } };

describe('une case de la région', () => {
	it('dit « à confirmer », et pourquoi, quand aucun quartier n’a sa réponse de façon sûre', () => {
		expect(cell(region(territory('a', [commune])))).toMatchObject({
			coverage: 'structurante',
			reserve: 'atteinte seulement probable'
		});
		expect(cell(region(territory('a', [past]))).reserve).toBe('fin prévue passée');
	});

	it('ne le dit pas dès qu’un quartier l’a de façon sûre, ni d’une réponse qui n’a rien de structurant', () => {
		expect(cell(region(territory('a', [commune, named]))).reserve).toBeNull();
		expect(cell(region(territory('a', [past, { ...named, quartiers: ['Le Mail'] }]))).reserve).toBeNull();
		expect(cell(region(territory('a', [{ ...past, natureDeclaree: 'N3' }])))).toMatchObject({
			coverage: 'sensibilisation-seule',
			reserve: null
		});
	});

	it('une réponse de service sûre ailleurs ne rend pas sûre la réponse structurante que la case montre', () => {
		const service = { ...named, quartiers: ['Le Mail'], natureDeclaree: 'N2' as const };
		expect(cell(region(territory('a', [past, service])))).toMatchObject({
			coverage: 'structurante',
			reserve: 'fin prévue passée'
		});
	});

	it('le compte au bout de la ligne, le chapô et le JSON disent pareil', () => {
		const view = region(territory('a', [commune]), territory('b', [named]));
		expect(regionPage(view, ref).croises.find((c) => c.code === 'X01')).toMatchObject({
			...{ repondus: 2, aConfirmer: 1, evalues: 2 }
		});
		const cells = view.territoires.flatMap((t) => t.croises);
		const answers = cells.filter((c) => c.coverage === 'structurante' || c.coverage === 'de-service');
		const some = answers.filter((c) => c.reserve !== null).length;
		expect(plain(view.chapo)).toContain(
			`Des ${answers.length} réponses structurantes ou de service, ${some} ${some > 1 ? 'sont' : 'est'} à confirmer.`
		);
		const cases = regionJson(view, null).matrice.cases.flat();
		expect(cases.filter((c) => c.aConfirmer)).toHaveLength(some);
		expect(cases.filter((c) => c.reserve !== null)).toHaveLength(some);
	});
});

it('la feuille de calcul de la région dit ce que dit l’écran : mêmes lignes, mêmes territoires, mêmes comptes', () => {
	const silent = { code: 'c', nom: 'CC Muette', fictif: false, quartiers: ['QNZZZ09N'], fold: null };
	const page = regionPage(region(territory('a', [commune]), territory('b', [named]), silent), ref);
	const { entete, colonnes, lignes, pied } = regionSheet(page);
	expect(entete.slice(0, 2)).toEqual([page.titre, page.chapo]);
	expect(colonnes.slice(5).map((c) => c.titre)).toEqual(
		page.colonnes.flatMap((t) => [`${t.nom}, réponse`, `${t.nom}, actions`])
	);
	expect(lignes.map((l) => l[0])).toEqual(page.croises.map((x) => x.code));
	const at = page.croises.findIndex((x) => x.code === 'X01');
	expect(lignes[at]!.slice(2, 5)).toEqual([2, 1, 2]);
	page.colonnes.forEach((t, i) => {
		for (const [n, x] of page.croises.entries()) {
			const cell = t.croises.find((c) => c.code === x.code)!;
			const [said, actions] = lignes[n]!.slice(5 + 2 * i, 7 + 2 * i);
			expect(actions).toBe(cell.coverage === 'saisie-incomplete' ? null : cell.actions);
			expect(String(said).includes('à confirmer')).toBe(cell.reserve !== null);
		}
	});
	expect(pied.join(' ')).toContain('CC Muette');
});

it('le chapô dit quel territoire lu n’est pas évalué, et pourquoi', () => {
	const read = territory('a', [named]);
	const croises = read.fold!.croises.map((c) => ({ ...c, coverage: 'saisie-incomplete' as const }));
	const bare = { ...read, code: 'b', nom: 'CC Sans', quartiers: [], fold: { ...read.fold!, croises } };
	expect(plain(region(read, bare).chapo)).toContain(
		'Un territoire lu n’est pas évalué : CC Sans, sans quartier prioritaire.'
	);
	expect(region(read).chapo).not.toContain('évalué');
});

describe('l’argent de la région', () => {
	const paid = (lines: Parameters<typeof aLine>[0][]) => ({ ...named, financements: lines.map(aLine) });

	it('le JSON ne perd pas un montant quand un dispositif s’écrit en deux bases, et ne les additionne pas', () => {
		const fonds = { dispositif: 'fonds-vert', libelle: 'Fonds vert', etat: 'demande' as const };
		const view = region(
			territory('a', [paid([{ ...fonds, demande: 4_905_000, base: 'HT' }]), paid([{ ...fonds, demande: 990_000 }])]),
			territory('b', [paid([{ ...fonds, demande: 10.1, base: 'HT' }])])
		);
		expect(regionJson(view, null).financements['fonds-vert']).toMatchObject({
			...{ libelle: 'Fonds vert', base: null, demande: null, obtenu: null, actions: 3, territoires: 2 },
			parBase: [
				{ base: 'HT', demande: 4_905_010.1, obtenu: null, actions: 2 },
				{ base: null, demande: 990_000, obtenu: null, actions: 1 }
			]
		});
	});

	it('une seule base se lit comme avant, avec sa base', () => {
		const view = region(
			territory('a', [paid([{ dispositif: 'fonds-vert', obtenu: 12, etat: 'obtenu', base: 'TTC' }])])
		);
		expect(regionJson(view, null).financements['fonds-vert']).toMatchObject({ base: 'TTC', demande: null, obtenu: 12 });
	});

	it('ce qui n’est d’aucun dispositif se replie par son nom et sa base, quels que soient les territoires', () => {
		const own = { dispositif: null, libelle: 'Autofinancement', genre: 'autofinancement' as const };
		const both = [paid([{ ...own, demande: 100, base: 'HT' }]), paid([{ ...own, demande: 7 }])];
		const view = region(territory('a', both), territory('b', [paid([{ ...own, demande: 20, base: 'HT' }])]));
		expect(view.financements.map((f) => [plain(f.libelle), f.demande, f.territoires])).toEqual([
			['Autofinancement (HT)', 120, 2],
			['Autofinancement (HT ou TTC non précisé)', 7, 1]
		]);
	});
});
