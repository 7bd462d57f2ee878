import { expect, it } from 'vitest';
import type { Cell, Matrix } from '../../src/lib/domain/crossing/matrix';
import { sidesOf } from '../../src/lib/domain/crossing/compare';
import { layerSides } from '../../src/lib/domain/pages/layer-sides';
import { layerStory } from '../../src/lib/domain/pages/layer-story';
import { FIRST_VIEW, type Layer } from '../../src/lib/domain/pages/matrix-address';

/* Two layers are told in a sentence before they are drawn: what came, what left, which answers change. */

const CELLS = { s: 'structurante', d: 'diffuse', z: 'aucune', n: 'saisie-incomplete' } as const;
type Said = readonly [keyof typeof CELLS, ...string[]];

/** Two crossings by as many quartiers as the rows have cells. */
function matrix(rows: readonly (readonly Said[])[], quartiers = ['A', 'B']): Matrix {
	const cells = rows.map((row) =>
		row.map(([c, ...actions]) => ({ actions, coverage: CELLS[c], budget: [] }) as unknown as Cell)
	);
	const total = (list: readonly Cell[]) => ({ actions: [...new Set(list.flatMap((c) => c.actions))], budget: [] });
	const key = (axe: 'croises' | 'quartier', code: string) => ({ code, libelle: `Le ${code}`, axe });
	return {
		rows: { id: 'croises', keys: ['X1', 'X2'].map((code) => key('croises', code)) },
		columns: { id: 'quartier', keys: quartiers.map((code) => key('quartier', code)) },
		cells,
		totals: {
			rows: cells.map(total),
			columns: quartiers.map((_, i) => total(cells.map((row) => row[i]!))),
			all: total(cells.flat())
		}
	} as unknown as Matrix;
}

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

const told = (a: Matrix, b: Matrix, layer: Layer) =>
	layerStory(
		a,
		{
			matrix: b,
			sides: sidesOf(a, b, {
				narrowed: layer.genre === 'quartier' ? 'quartier' : null,
				elsewhere: layer.genre === 'territoire'
			})
		},
		{ layer, cotes: ['ici', 'là'], toutes: 'croises', brief: () => undefined }
	)!;

const BEFORE = matrix([
	[['d', 'a'], ['z']],
	[
		['s', 'b'],
		['s', 'b']
	]
]);
const AFTER = matrix([
	[
		['s', 'a', 'c'],
		['s', 'c']
	],
	[
		['s', 'b'],
		['s', 'b']
	]
]);

it('depuis un import, dit ce qui est venu, ce qui est parti, et les réponses qui changent de force', () => {
	const { phrase, lignes, venues, parties } = told(AFTER, BEFORE, { genre: 'import', valeur: '1' });
	expect(plain(phrase)).toBe(
		'1 action de plus, aucune de moins. 1 croisement sur 2 diffère : 2 réponses plus fortes ici.'
	);
	expect(lignes).toMatchObject([
		{ code: 'X1', ici: [2, 'structurante'], la: [1, 'diffuse'], ecart: 1, mieux: 2, moins: 0 }
	]);
	expect([venues!.n, parties!.n]).toEqual([1, 0]);
	expect(plain(told(BEFORE, AFTER, { genre: 'droit-commun', valeur: '' }).phrase)).toBe(
		'Aucune action seulement ici, 1 seulement là. 1 croisement sur 2 diffère : 2 réponses moins fortes ici.'
	);
});

it('quand rien ne change, le dit, au lieu de montrer un tableau vide', () => {
	const { phrase, lignes } = told(AFTER, AFTER, { genre: 'date', valeur: '2026-11-20' });
	expect(plain(phrase)).toBe('Les mêmes actions des deux côtés. Aucun écart sur 2 croisements.');
	expect(lignes).toEqual([]);
});

it('ce qu’un côté n’évalue pas ne compte pas comme un écart, et son nombre est dit', () => {
	const blank = matrix([
		[['n'], ['n']],
		[
			['s', 'b'],
			['s', 'b']
		]
	]);
	const { phrase, lignes } = told(AFTER, blank, { genre: 'import', valeur: '1' });
	expect(lignes).toEqual([]);
	expect(plain(phrase)).toContain('1 croisement ne se compare pas, faute d’être évalué des deux côtés.');
	const nothing = matrix([
		[['n'], ['n']],
		[['n'], ['n']]
	]);
	expect(told(AFTER, nothing, { genre: 'date', valeur: '2026-11-01' }).phrase).toContain('Rien ne se compare');
});

it('chaque quartier face à un seul : une ligne par quartier ; deux territoires : une ligne par croisement, sans action venue ni partie', () => {
	const one = matrix([[['z']], [['s', 'b']]], ['B']);
	const face = told(AFTER, one, { genre: 'quartier', valeur: 'B' });
	expect([face.genre, face.lignes.map((l) => [l.code, l.ecart]), face.venues]).toEqual([
		'quartier',
		[
			['A', 2],
			['B', 1]
		],
		null
	]);
	const pair = told(matrix([[['s', 'a']], [['s', 'b']]], ['A']), one, { genre: 'quartier', valeur: 'B' });
	expect([pair.genre, pair.lignes.map((l) => [l.code, l.ecart]), pair.venues!.n]).toEqual([
		'croisement',
		[['X1', 1]],
		1
	]);
	const there = told(AFTER, matrix([[['z']], [['s', 'z']]], ['C']), { genre: 'territoire', valeur: '2' });
	expect([there.genre, there.venues]).toEqual(['croisement', null]);
	expect(there.lignes).toMatchObject([{ code: 'X1', ecart: 2, mieux: 1 }]);
	expect(plain(there.phrase)).toBe('1 croisement sur 2 diffère : 1 réponse plus forte ici.');
});

it('chaque côté a un nom court : le moment, le quartier, le territoire, avec ou sans le droit commun', () => {
	const known = {
		...{ territoire: 'Pays des Essais', nom: 'le 20/11/2026 au soir' },
		...{ quartiers: [{ code: 'QN1', nom: 'La Gare' }], plans: [{ code: 'pcaet', libelle: 'PCAET' }], natures: [] }
	};
	const of = (genre: Layer['genre'], valeur = '', query = FIRST_VIEW) => layerSides({ genre, valeur }, query, known);
	expect(of('date', '2026-11-20')).toEqual(['Aujourd’hui', 'Le 20/11/2026 au soir']);
	expect(of('import', '3', { ...FIRST_VIEW, au: '2026-11-21' })).toEqual(['Le 21/11/2026 au soir', 'Avant l’import']);
	expect(of('quartier', 'QN1')).toEqual(['Chaque quartier', 'La Gare']);
	expect(of('droit-commun')).toEqual(['Avec le droit commun', 'Sans le droit commun']);
	expect(of('plan', 'pcaet')).toEqual(['Tous les plans', 'PCAET']);
	expect(of('territoire', '2')[0]).toBe('Pays des Essais');
});
