import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/lib/domain/crossing/coverage';
import { dimension, type DimensionContext } from '../../src/lib/domain/crossing/dimensions';
import { buildMatrix, mergeMatrices, type Matrix } from '../../src/lib/domain/crossing/matrix';
import { NIVEAUX, type PlacedAction } from '../../src/lib/domain/crossing/place';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aLine, aPlaced } from '../fixtures/build';

const ref = loadReferentiel();
const QUARTIERS = ['QNZZZ01N', 'QNZZZ02N', 'QNZZZ03N'];
const axes: DimensionContext = {
	ref,
	quartiers: QUARTIERS.map((code) => ({ code: code as never, nom: code })),
	plans: ['pcaet', 'contrat-de-ville']
};
const context = {
	quartiers: QUARTIERS,
	natures: new Map(ref.enjeux.natures.map((n): [string, Answer] => [n.code, n.couverture])),
	plansSaisis: 2,
	minPlans: 2
};
const build = (
	actions: readonly PlacedAction[],
	rows: Parameters<typeof dimension>[0],
	columns: Parameters<typeof dimension>[0]
) => buildMatrix(actions, dimension(rows, axes), dimension(columns, axes), context);
const cellOf = (m: Matrix, row: string, column: string) =>
	m.cells[m.rows.keys.findIndex((k) => k.code === row)]![m.columns.keys.findIndex((k) => k.code === column)]!;

const X = ref.enjeux.croises.map((x) => x.code);
const anyAction = fc
	.record({
		levels: fc.tuple(...QUARTIERS.map(() => fc.constantFrom(...NIVEAUX))),
		croises: fc.uniqueArray(fc.constantFrom(...X.slice(0, 4).flatMap((x) => [x, `${x}?`])), {
			maxLength: 3,
			selector: (x) => x.slice(0, 3)
		}),
		nature: fc.constantFrom('N1', 'N2', 'N3', null),
		euros: fc.option(fc.integer({ min: 0, max: 500_000 }), { nil: null }),
		base: fc.constantFrom('HT' as const, 'TTC' as const),
		dropped: fc.boolean()
	})
	.map(({ levels, croises, nature, euros, base, dropped }) =>
		aPlaced({
			action: {
				budget: euros === null ? null : { euros: euros / 100, base, max: null },
				statut: dropped ? 'abandonne' : null
			},
			atteinte: Object.fromEntries(QUARTIERS.map((q, i) => [q, levels[i]!])),
			croises,
			nature
		})
	);
const anyActions = fc.array(anyAction, { maxLength: 12 });

describe('croiser deux entrées', () => {
	it('la matrice n’a jamais de trou : une case par ligne et par colonne', () => {
		const matrix = build([], 'transition', 'ville');
		expect(matrix.cells).toHaveLength(14);
		expect(matrix.cells.every((row) => row.length === 14)).toBe(true);
		expect(matrix.cells.flat().every((c) => c.coverage === 'aucune' && c.budget.montant === null)).toBe(true);
	});

	it('une action de deux enjeux est dans deux cases et compte une fois au total', () => {
		const both = aPlaced({
			transition: ['T01', 'T04'],
			ville: ['P01'],
			action: { budget: { euros: 100, base: 'HT', max: null } }
		});
		const matrix = build([both], 'transition', 'ville');
		expect(cellOf(matrix, 'T01', 'P01').actions).toHaveLength(1);
		expect(cellOf(matrix, 'T04', 'P01').actions).toHaveLength(1);
		expect(matrix.totals.all.actions).toHaveLength(1);
		expect(matrix.totals.all.budget.montant).toBe(100);
		expect(matrix.totals.columns.find((t) => t.code === 'P01')?.budget.montant).toBe(100);
	});

	it('une action diffuse est dans la case de chaque quartier, une atteinte inconnue dans aucune', () => {
		const diffuse = aPlaced({
			croises: ['X04'],
			nature: 'N1',
			atteinte: { QNZZZ01N: 'diffuse', QNZZZ02N: 'diffuse', QNZZZ03N: 'diffuse' }
		});
		const unknown = aPlaced({
			croises: ['X01'],
			nature: 'N1',
			atteinte: { QNZZZ01N: 'inconnu', QNZZZ02N: 'inconnu', QNZZZ03N: 'inconnu' }
		});
		const matrix = build([diffuse, unknown], 'croises', 'quartier');
		expect(cellOf(matrix, 'X04', 'QNZZZ02N')).toMatchObject({ coverage: 'diffuse', actions: [diffuse.action.id] });
		expect(cellOf(matrix, 'X01', 'QNZZZ02N')).toMatchObject({ coverage: 'saisie-incomplete', actions: [] });
	});

	it('une action abandonnée n’est dans aucune case', () => {
		const dropped = aPlaced({
			croises: ['X01'],
			nature: 'N1',
			atteinte: { QNZZZ01N: 'cible' },
			action: { statut: 'abandonne' }
		});
		expect(build([dropped], 'croises', 'quartier').totals.all.actions).toEqual([]);
	});

	it('un dispositif compte à la fois pour sa mesure et pour sa famille', () => {
		const family = ref.financements.find((f) => f.mesures.some((m) => m.id !== f.id))!;
		const measure = family.mesures.find((m) => m.id !== family.id)!;
		const funded = aPlaced({ nature: 'N1', action: { financements: [aLine({ dispositif: measure.id })] } });
		const matrix = build([funded], 'dispositif', 'nature');
		expect(cellOf(matrix, family.id, 'N1').actions).toEqual([funded.action.id]);
		expect(cellOf(matrix, measure.id, 'N1').actions).toEqual([funded.action.id]);
	});

	it('un plan qui n’est pas saisi n’a pas de ligne : ce ne serait pas un zéro', () => {
		expect(build([], 'plan', 'quartier').rows.keys.map((k) => k.code)).toEqual(['pcaet', 'contrat-de-ville']);
	});

	it('les mêmes actions donnent la même matrice', () => {
		fc.assert(
			fc.property(anyActions, (actions) => {
				expect(build(actions, 'croises', 'quartier')).toEqual(build(actions, 'croises', 'quartier'));
			})
		);
	});

	it('les totaux par quartier se recomposent en actions distinctes', () => {
		fc.assert(
			fc.property(anyActions, (actions) => {
				const { totals, cells } = build(actions, 'croises', 'quartier');
				const union = new Set(totals.columns.flatMap((t) => t.actions));
				expect(new Set(totals.all.actions)).toEqual(union);
				expect(new Set(totals.rows.flatMap((t) => t.actions))).toEqual(union);
				expect(new Set(cells.flat().flatMap((c) => c.actions))).toEqual(union);
				expect(totals.all.budget.avecMontant + totals.all.budget.sansMontant).toBe(union.size);
			})
		);
	});
});

describe('réunir des matrices', () => {
	/** Order of ids is the order of arrival: compared as sets. */
	const sorted = (m: Matrix): unknown =>
		JSON.parse(
			JSON.stringify(m, (key, value) =>
				key === 'actions' ? [...value].sort() : key === 'montants' ? Object.entries(value).sort() : value
			)
		);

	it('donne ce qu’aurait donné l’union des actions', () => {
		fc.assert(
			fc.property(anyActions, anyActions, (a, b) => {
				const merged = mergeMatrices(build(a, 'croises', 'quartier'), build(b, 'croises', 'quartier'));
				expect(sorted(merged)).toEqual(sorted(build([...a, ...b], 'croises', 'quartier')));
			})
		);
	});

	it('ne dépend pas du groupement, et une action commune ne compte qu’une fois', () => {
		fc.assert(
			fc.property(anyActions, anyActions, anyActions, (a, b, c) => {
				const [x, y, z] = [
					build([...a, ...b], 'croises', 'quartier'),
					build([...b, ...c], 'croises', 'quartier'),
					build(c, 'croises', 'quartier')
				] as const;
				const left = mergeMatrices(mergeMatrices(x, y), z);
				expect(sorted(left)).toEqual(sorted(mergeMatrices(x, mergeMatrices(y, z))));
				expect(sorted(left)).toEqual(sorted(build([...a, ...b, ...c], 'croises', 'quartier')));
			})
		);
	});
});
