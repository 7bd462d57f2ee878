import { describe, expect, it } from 'vitest';
import { actionJson, gapJson, matrixJson, regionJson } from '../../src/lib/domain/contract';
import { buildMatrix, type Dimension } from '../../src/lib/domain/crossing/matrix';
import { foldRegion } from '../../src/lib/domain/crossing/region-view';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aLine, aPlaced } from '../fixtures/build';

describe('une action publiée', () => {
	it('distingue un montant refusé, un montant nul et un montant non dit', () => {
		const { financements, budget } = actionJson(
			aPlaced({
				action: {
					financements: [
						aLine({ demande: 1000, obtenu: 0, etat: 'refuse' }),
						aLine({ demande: 500 }),
						aLine({}),
						aLine({ demande: 10, obtenu: 8.5, etat: 'obtenu' })
					]
				}
			})
		);
		expect(financements.map((f) => f.montant)).toEqual([0, 500, null, 8.5]);
		expect(budget).toBeNull();
		expect(actionJson(aPlaced({ action: { budget: { euros: 0, base: 'HT', max: null } } })).budget).toEqual({
			montant: 0,
			base: 'HT',
			max: null
		});
	});

	it('se relit telle quelle une fois écrite en JSON : rien d’indéfini', () => {
		const json = actionJson(aPlaced({ transition: ['T01'], ville: ['P01'], croises: ['X01?'], nature: 'N1' }));
		expect(JSON.parse(JSON.stringify(json))).toEqual(json);
		expect(json).toMatchObject({ transition: ['T01'], ville: ['P01'], croises: ['X01'], nature: 'N1' });
	});
});

describe('une matrice publiée', () => {
	const rows: Dimension = {
		id: 'transition',
		keys: [
			{ code: 'T01', libelle: 'Un' },
			{ code: 'T02', libelle: 'Deux' }
		],
		keysOf: (p) => p.transition.map((t) => t.code)
	};
	const columns: Dimension = {
		id: 'plan',
		keys: [{ code: 'contrat-de-ville', libelle: 'Contrat' }],
		keysOf: (p) => [p.action.plan]
	};

	it('compte chaque action une fois dans chaque total', () => {
		const both = aPlaced({
			action: { id: 'a', budget: { euros: 100.1, base: 'HT', max: null } },
			atteinte: { Q: 'cible' },
			transition: ['T01', 'T02'],
			nature: 'N1'
		});
		const m = buildMatrix([both], rows, columns, {
			quartiers: ['Q'],
			natures: new Map([['N1', 'structurante']]),
			plansSaisis: 2,
			minPlans: 2
		});
		const json = matrixJson(m, { referentiel: 'abc', asOf: '2026-11-22' });
		expect(json.cases.flat().map((c) => c.actions)).toEqual([['a'], ['a']]);
		expect(json.totaux.lignes.map((t) => [t.code, t.actions, t.budget.montant])).toEqual([
			['T01', 1, 100.1],
			['T02', 1, 100.1]
		]);
		expect(json.totaux.ensemble).toMatchObject({ actions: 1, budget: { montant: 100.1, sansMontant: 0 } });
		expect(json.totaux.ensemble.budget).toMatchObject({ base: 'HT', basesMelees: false });
		expect(json).toMatchObject({ schema: 'croisee/matrice/1', referentiel: 'abc', asOf: '2026-11-22' });
	});
});

describe('un total de coûts HT et TTC', () => {
	it('se dit mêlé, et donne chaque somme à part', () => {
		const costing = (id: string, euros: number, base: 'HT' | 'TTC' | 'inconnu') =>
			aPlaced({ action: { id, budget: { euros, base, max: null } }, atteinte: { Q: 'cible' }, transition: ['T01'] });
		const all = [costing('a', 100_000, 'HT'), costing('b', 120_000, 'TTC'), costing('c', 80_000, 'inconnu')];
		const rows: Dimension = { id: 'transition', keys: [{ code: 'T01', libelle: 'Un' }], keysOf: () => ['T01'] };
		const context = { quartiers: ['Q'], natures: new Map(), plansSaisis: 2, minPlans: 2 };
		const json = matrixJson(buildMatrix(all, rows, { ...rows, id: 'plan' }, context), { referentiel: 'a', asOf: 'b' });
		expect(json.totaux.ensemble.budget).toMatchObject({
			base: 'inconnu',
			basesMelees: true,
			parBase: { HT: 100_000, TTC: 120_000, inconnu: 80_000 }
		});
	});
});

describe('la région publiée', () => {
	it('un territoire sans plan n’a pas de zéro : ses chiffres sont nuls au sens de « non dits »', () => {
		const ref = loadReferentiel();
		const entry = { fictif: false, quartiers: ['QN00101M'], fold: null };
		const view = foldRegion('32', [{ ...entry, code: '1', nom: 'Un' }], ref, '2026-11-22');
		const json = regionJson(view, 'Hauts-de-France');
		expect(json.territoires).toMatchObject([{ repondant: false, actions: null, lacunes: null, plans: [] }]);
		expect(json.matrice.cases[0]).toHaveLength(20);
		expect(json.matrice.cases[0]!.every((c) => c.actions === null && c.couverture === 'saisie-incomplete')).toBe(true);
		expect(json).toMatchObject({ region: '32', nom: 'Hauts-de-France', repondants: 0, lacunes: {}, financements: {} });
	});
});

it('une lacune publiée garde qui l’a écartée, quand et pourquoi', () => {
	const ecartee = { par: 'Référente', le: '2026-11-20', motif: 'hors sujet', etat: 'ecartee' as const };
	expect(
		gapJson({
			id: 'G01:Q:X01',
			regle: 'G01',
			gravite: 'haute',
			reponse: 'alerte',
			quartier: 'Q',
			enjeu: 'X01',
			message: 'm',
			aFaire: 'f',
			preuves: { actions: [], champs: [], faits: [] },
			ecartee,
			aRevoir: null
		})
	).toMatchObject({ regle: 'G01', ecartee, aRevoir: null });
});
