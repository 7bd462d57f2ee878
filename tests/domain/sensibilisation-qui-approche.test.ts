import { describe, expect, it } from 'vitest';
import type { GapView } from '../../src/lib/domain/rules/gaps';
import type { PlacedAction } from '../../src/lib/domain/crossing/place';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aPlaced } from '../fixtures/build';
import { dismissed, find, Q, view } from '../fixtures/gaps';

/* « Sensibilisation aux écogestes » in a quartier says nothing of poverty, and is all that is done there about energy. */

const { croises } = loadReferentiel().enjeux;
type Given = Partial<Parameters<typeof aPlaced>[0]>;
const energy = (nature: string | null, given: Given = {}): PlacedAction =>
	aPlaced({
		...{ transition: ['T03'], ville: ['P11'], croises: [], nature, atteinte: { [Q]: 'explicite' } },
		...{ action: { titre: 'Sensibilisation aux écogestes' } },
		...given
	});
const wide = (nature: string, given: Given = {}) =>
	aPlaced({
		...{ transition: ['T03'], ville: [], croises: [], nature, atteinte: { [Q]: 'diffuse' } },
		...{ action: { id: 'large', titre: 'Observatoire de la précarité', plan: 'pcaet', document: 2 } },
		...given
	});
const said = (v: GapView, enjeu = 'X03') =>
	(
		[
			['G01', 'enjeuSansReponse'],
			['G02', 'droitCommunNArrivePas'],
			['G03', 'sensibilisationSeule']
		] as const
	).flatMap(([id, predicat]) => find(id, predicat, v).filter((g) => g.enjeu === enjeu));

describe('un quartier n’a, sur un enjeu, que de la sensibilisation qui ne dit rien de l’autre moitié', () => {
	it('c’est une sensibilisation sans investissement, et non un quartier sans rien', () => {
		const [gap, ...others] = said(view([energy('N3')]));
		expect(others).toEqual([]);
		expect(gap).toMatchObject({ regle: 'G03', gravite: 'haute', reponse: 'alerte', id: `G03:${Q}:X03` });
		expect(gap?.message.replace(/[\u00a0\u202f]/g, ' ')).toBe(
			'Aux Pyramides, « Repérer et accompagner la précarité énergétique » n’est approché que par une action de sensibilisation (« Sensibilisation aux écogestes ») ; aucun investissement n’y est lu.'
		);
	});

	it('une étude qui vise le quartier de même', () => {
		expect(said(view([energy('N4')]))).toMatchObject([{ regle: 'G03' }]);
	});

	it('un plan climat qui sensibilise dans le quartier y vient : on ne dit plus qu’il ne le nomme pas', () => {
		const half = wide('N4', { croises: ['X03?'] });
		const own = energy('N3', { action: { titre: 'Sensibilisation aux écogestes', plan: 'pcaet', document: 2 } });
		expect(said(view([half]))).toMatchObject([{ regle: 'G02' }]);
		expect(said(view([own, half]))).toMatchObject([{ regle: 'G03' }]);
	});

	it('quand c’est le contrat de ville qui sensibilise, le plan climat ne vient toujours pas : les deux se disent', () => {
		const half = wide('N4', { croises: ['X03?'] });
		expect(said(view([energy('N3'), half])).map((g) => g.regle)).toEqual(['G02', 'G03']);
	});

	it.each([
		['un investissement du même enjeu y arrive', energy('N1', { action: { id: 'b', titre: 'Travaux' } })],
		['un service du même enjeu y arrive', energy('N2', { action: { id: 'b', titre: 'Conseil' } })],
		['une action de nature inconnue y arrive', energy(null, { action: { id: 'b', titre: 'Énergie' } })],
		[
			'une action porte le croisement en entier',
			energy('N2', { croises: ['X03'], ville: ['P04'], action: { id: 'b' } })
		]
	])('se tait quand %s', (_, other) => {
		expect(said(view([energy('N3'), other])).filter((g) => g.message.includes('approché'))).toEqual([]);
	});

	it('se tait quand elle ne nomme pas le quartier', () => {
		const far = energy('N3', { atteinte: { [Q]: 'probable' } });
		expect(said(view([far]))).toMatchObject([{ regle: 'G01' }]);
	});

	it('quand le lieu d’une action du croisement est inconnu, la donnée est demandée', () => {
		const lost = energy('N1', { croises: ['X03'], ville: ['P04'], atteinte: { [Q]: 'inconnu' }, action: { id: 'b' } });
		expect(said(view([energy('N3'), lost]))).toMatchObject([{ reponse: 'donnee-manquante' }]);
	});

	it('n’approche qu’un croisement de son enjeu : le réemploi, non les matériaux de démolition', () => {
		const sorting = energy('N3', { transition: ['T10'], ville: [], action: { titre: 'Sensibilisation au tri' } });
		expect(said(view([sorting]), 'X13')).toMatchObject([{ regle: 'G03' }]);
		expect(said(view([sorting]), 'X14')).toMatchObject([{ regle: 'G01' }]);
	});

	it('un investissement du même enjeu qui vise le quartier est cité là où rien ne répond', () => {
		const bins = energy('N1', { transition: ['T10'], ville: [], action: { titre: 'Composteurs collectifs' } });
		const [gap] = said(view([bins]), 'X13');
		expect(gap).toMatchObject({ regle: 'G01', gravite: 'haute' });
		expect(gap?.pourquoi?.replace(/[\u00a0\u202f]/g, ' ')).toBe(
			'Dans le quartier, « Composteurs collectifs » porte sur « Déchets et réemploi », mais son titre ne parle pas d’activité locale.'
		);
		expect(gap?.message.replace(/[\u00a0\u202f]/g, ' ')).toContain(
			'ne répond vraiment à « Réemploi et activité locale » ; « Composteurs collectifs » s’en approche.'
		);
		expect(said(view([bins]), 'X14')[0]?.pourquoi).toBeUndefined();
	});

	it('ce qu’une personne en décide est gardé', () => {
		const [gap] = find('G03', 'sensibilisationSeule', view([energy('N3')]), [dismissed(`G03:${Q}:X03`)]);
		expect(gap?.ecartee).not.toBeNull();
	});

	it('un croisement par enjeu de transition s’approche ainsi, jamais deux', () => {
		const near = croises.filter((c) => c.approche).map((c) => c.transition);
		expect(new Set(near).size).toBe(near.length);
	});
});
