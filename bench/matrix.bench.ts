import { bench, describe } from 'vitest';
import { compileLexicon } from '../src/lib/domain/crossing/classify';
import { assessEach } from '../src/lib/domain/rules/eligibility';
import { crossTerritory, type TerritoryRecords } from '../src/lib/domain/crossing/territory-view';
import { loadReferentiel } from '../src/lib/server/referentiel';
import { aDocument, anAction, aQuartier, aTerritory } from '../tests/fixtures/build';

/* Goal: 200 actions × 15 quartiers read in less than 100 ms. */

const ref = loadReferentiel();
const lexicon = compileLexicon(ref);
const TITLES = [
	'Réhabiliter 120 logements sociaux',
	'Végétaliser la cour de l’école',
	'Ateliers cuisine et alimentation',
	'Étudier l’extension du réseau de chaleur',
	'Créer une piste cyclable vers la gare',
	'Repérer les ménages en précarité énergétique'
];
const quartiers = Array.from({ length: 15 }, (_, i) =>
	aQuartier({ code: `QNZZZ${String(i + 1).padStart(2, '0')}N`, nom: `Les Essais ${String.fromCharCode(65 + i)}` })
);
const records = (n: number): TerritoryRecords => ({
	territory: aTerritory(),
	quartiers,
	correspondances: new Map(),
	documents: [
		{ ...aDocument({ id: 1, plan: 'pcaet' }), fichier: 'pcaet.xlsx', importeLe: '2026-11-22' },
		{ ...aDocument({ id: 2 }), fichier: 'contrat.xlsx', importeLe: '2026-11-22' }
	],
	actions: Array.from({ length: n }, (_, i) =>
		anAction({
			id: `b${i}`,
			document: 1 + (i % 2),
			plan: i % 2 ? 'contrat-de-ville' : 'pcaet',
			titre: `${TITLES[i % TITLES.length]} ${i}`,
			description:
				'Travaux et accompagnement des habitants, avec un comité de suivi et deux réunions publiques par an.',
			quartiers: i % 2 ? [quartiers[i % 15]!.nom] : [],
			budget: i % 3 ? { euros: 1000 * i, base: 'HT', max: null } : null
		})
	),
	decisions: [],
	indicateurs: []
});

const ASOF = '2026-11-22';
const two = records(200);

describe('lire un territoire', () => {
	bench('200 actions × 15 quartiers, matrices et lacunes', () => {
		crossTerritory(two, ref, lexicon, ASOF);
	});
	bench('les mêmes, avec les financements à instruire', () => {
		crossTerritory(two, ref, lexicon, ASOF, (placed) => assessEach(placed, null, ref, ASOF));
	});
});
