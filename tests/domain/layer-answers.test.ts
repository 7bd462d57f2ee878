import { describe, expect, it } from 'vitest';
import { EVERY_ACTION } from '../../src/lib/domain/crossing/action-filter';
import { compileLexicon } from '../../src/lib/domain/crossing/classify';
import { sidesOf } from '../../src/lib/domain/crossing/compare';
import { answersBeside } from '../../src/lib/domain/crossing/layer-answers';
import type { Matrix } from '../../src/lib/domain/crossing/matrix';
import { crossTerritory } from '../../src/lib/domain/crossing/territory-view';
import { viewMatrix } from '../../src/lib/domain/crossing/view-matrix';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aDocument, anAction, aQuartier, aTerritory } from '../fixtures/build';

const ref = loadReferentiel();
const STORY = { lignes: 'croises', colonnes: 'quartier', quartier: null, filtre: EVERY_ACTION } as const;
const housing = (natureDeclaree: 'N1' | 'N3') =>
	anAction({
		document: 2,
		titre: 'Réhabiliter les logements sociaux énergivores',
		enjeuxDeclares: ['T01', 'P01'],
		natureDeclaree,
		quartiers: ['Les Essais']
	});

function matrix(nature: 'N1' | 'N3', axes: Partial<typeof STORY> = {}, quartiers = ['Les Essais', 'Les Épreuves']) {
	const records = {
		territory: aTerritory(),
		quartiers: quartiers.map((nom, n) => aQuartier({ code: `QNZZZ0${n + 1}N`, nom })),
		correspondances: new Map(),
		documents: [
			{ ...aDocument({ id: 1, plan: 'pcaet' as const }), fichier: 'pcaet.xlsx', importeLe: '2026-11-22' },
			{ ...aDocument({ id: 2 }), fichier: 'contrat.xlsx', importeLe: '2026-11-22' }
		],
		actions: [housing(nature), anAction({ id: 'autre', document: 1, plan: 'pcaet', titre: 'Piste cyclable' })],
		decisions: [],
		indicateurs: []
	};
	return viewMatrix(crossTerritory(records, ref, compileLexicon(ref), '2026-11-22').view, ref, { ...STORY, ...axes });
}
const beside = (a: Matrix, b: Matrix, elsewhere = false) =>
	answersBeside(a, b, sidesOf(a, b, { narrowed: null, elsewhere }));

describe('deux calques côte à côte', () => {
	it('dit combien de croisements ont chaque réponse, ici et là, et les deux comptes ont la même somme', () => {
		const { axe, reponses } = beside(matrix('N1'), matrix('N3'))!;
		expect(axe).toBe('rows');
		expect(reponses).toContainEqual(['structurante', 1, 0]);
		expect(reponses).toContainEqual(['sensibilisation-seule', 0, 1]);
		for (const side of [1, 2] as const)
			expect(reponses.reduce((sum, line) => sum + line[side], 0)).toBe(ref.enjeux.croises.length);
	});

	it('compare deux territoires par leurs croisements, même si leurs quartiers ne sont pas les mêmes', () => {
		const there = matrix('N3', {}, ['Les Essais']);
		expect(beside(matrix('N1'), there, true)?.reponses).toContainEqual(['structurante', 1, 0]);
		const turned = { lignes: 'quartier', colonnes: 'croises' } as unknown as Partial<typeof STORY>;
		expect(beside(matrix('N1', turned), matrix('N3', turned, ['Les Essais']), true)?.axe).toBe('columns');
	});

	it('se tait quand aucun axe n’est le même des deux côtés', () => {
		const a = matrix('N1');
		expect(answersBeside(a, a, { rows: 'autre', columns: 'une-cle' })).toBeNull();
	});
});
