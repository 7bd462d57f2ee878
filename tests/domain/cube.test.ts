import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCube, cubeAxes, cubeCells, linksOf, NONE, UNSAID } from '../../src/lib/domain/crossing/cube';
import type { PlacedAction } from '../../src/lib/domain/crossing/place';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aLine, aPlaced } from '../fixtures/build';

/* The whole crossing at once: quartier × enjeu × plan × dispositif, over several territories. */

const ref = loadReferentiel();
const axes = cubeAxes(ref);
const [fund, otherFund] = ref.financements;
const cube = (...territories: PlacedAction[][]) =>
	buildCube(
		territories.map((placed) => linksOf(placed, axes)),
		axes
	);
const cells = (...territories: PlacedAction[][]) => [...cubeCells(cube(...territories))];

describe('une action', () => {
	it('compte dans chaque quartier qu’elle atteint, sous chacun de ses enjeux et de ses dispositifs', () => {
		const one = aPlaced({
			action: {
				...{ plan: 'pcaet', budget: { euros: 1_000.1, base: 'HT', max: null } },
				financements: [aLine({ dispositif: fund!.id }), aLine({ dispositif: otherFund!.id })]
			},
			atteinte: { QA: 'cible', QB: 'diffuse', QC: 'aucune', QD: 'inconnu' },
			transition: ['T01', 'T02']
		});
		const found = cells([one]);
		expect(new Set(found.map((c) => c.quartier))).toEqual(new Set(['QA', 'QB']));
		expect(found).toHaveLength(2 * 2 * 2);
		expect(found.every((c) => c.actions === 1 && c.parBase.HT === 1_000.1 && c.sansMontant === 0)).toBe(true);
	});

	it('d’une mesure compte pour sa famille, une seule fois', () => {
		const family = ref.financements.find((f) => f.mesures.some((m) => m.id !== f.id))!;
		const measure = family.mesures.find((m) => m.id !== family.id)!;
		const lines = [aLine({ dispositif: measure.id }), aLine({ dispositif: family.id })];
		const found = cells([aPlaced({ action: { financements: lines }, atteinte: { QA: 'cible' }, transition: ['T01'] })]);
		expect(found.map((c) => [c.dispositif, c.actions])).toEqual([[family.id, 1]]);
	});

	it('sans enjeu ni dispositif n’est pas perdue, et sans montant n’est pas à zéro euro', () => {
		const [cell] = cells([aPlaced({ atteinte: { QA: 'explicite' } })]);
		expect(cell).toMatchObject({ enjeu: NONE, dispositif: UNSAID, actions: 1, sansMontant: 1 });
		expect(cell!.parBase).toEqual({ HT: null, TTC: null, inconnu: null });
	});

	it('qui dit son financement sans nommer de dispositif n’est pas celle qui n’en dit rien', () => {
		const own = aLine({ dispositif: null });
		const one = (financements: ReturnType<typeof aLine>[]) =>
			aPlaced({ action: { financements }, atteinte: { QA: 'cible' } });
		const found = cells([one([own]), one([]), one([own, aLine({ dispositif: fund!.id })]), one([])]);
		expect(Object.fromEntries(found.map((c) => [c.dispositif, c.actions]))).toEqual({
			[fund!.id]: 1,
			[NONE]: 1,
			[UNSAID]: 2
		});
	});

	it('abandonnée, ou que rien ne situe, n’est dans aucune case', () => {
		expect(cells([aPlaced({ action: { statut: 'abandonne' }, atteinte: { QA: 'cible' } })])).toEqual([]);
		expect(cells([aPlaced({ atteinte: { QA: 'inconnu' } })])).toEqual([]);
	});
});

describe('lois', () => {
	const action = fc.record({
		plan: fc.constantFrom('pcaet' as const, 'plh' as const, 'contrat-de-ville' as const),
		transition: fc.subarray(['T01', 'T05', 'T09']),
		ville: fc.subarray(['P01', 'P04']),
		funds: fc.subarray([fund!.id, otherFund!.id, null]),
		base: fc.constantFrom('HT' as const, 'TTC' as const, 'inconnu' as const),
		euros: fc.option(
			fc.integer({ min: 0, max: 1_000_000 }).map((c) => c / 100),
			{ nil: null }
		),
		near: fc.subarray(['QA', 'QB', 'QC'])
	});
	const placed = (rows: readonly (typeof action extends fc.Arbitrary<infer T> ? T : never)[]) =>
		rows.map(({ plan, funds, euros, base, near, ...tags }) =>
			aPlaced({
				...tags,
				atteinte: Object.fromEntries(['QA', 'QB', 'QC'].map((q) => [q, near.includes(q) ? 'explicite' : 'aucune'])),
				action: {
					...{ plan, financements: funds.map((dispositif) => aLine({ dispositif })) },
					budget: euros === null ? null : { euros, base, max: null }
				}
			})
		);

	/** Those named; else « none » when something is said, « unsaid » when nothing is. */
	const fundsOf = (said: readonly (string | null)[]): string[] => {
		const named = said.filter((code) => code !== null);
		return named.length ? named : [said.length ? NONE : UNSAID];
	};

	it('chaque case est la somme de ses actions, comptées à la main', () => {
		fc.assert(
			fc.property(fc.array(action, { maxLength: 20 }), (rows) => {
				const all = placed(rows);
				const byHand = new Map<string, { actions: number; cents: Record<string, number>; sans: number }>();
				for (const { action, reach, transition, ville } of all)
					for (const { quartier } of reach.filter((r) => r.niveau === 'explicite'))
						for (const enjeu of [...transition, ...ville]
							.map((t) => t.code)
							.concat(transition.length + ville.length ? [] : NONE))
							for (const dispositif of fundsOf(action.financements.map((f) => f.dispositif))) {
								const key = [quartier, enjeu, action.plan, dispositif].join('|');
								const cell = byHand.get(key) ?? { actions: 0, cents: {}, sans: 0 };
								const { budget } = action;
								byHand.set(key, {
									actions: cell.actions + 1,
									cents: budget
										? { ...cell.cents, [budget.base]: (cell.cents[budget.base] ?? 0) + Math.round(budget.euros * 100) }
										: cell.cents,
									sans: cell.sans + (budget ? 0 : 1)
								});
							}
				const found = cells(all).map((c) => [
					[c.quartier, c.enjeu, c.plan, c.dispositif].join('|'),
					{
						actions: c.actions,
						cents: Object.fromEntries(
							Object.entries(c.parBase).flatMap(([base, sum]) => (sum === null ? [] : [[base, Math.round(sum * 100)]]))
						),
						sans: c.sansMontant
					}
				]);
				expect(new Map(found as [string, never][])).toEqual(byHand);
			}),
			{ numRuns: 100 }
		);
	});

	it('deux territoires ensemble donnent ce qu’ils donnent chacun, et un quartier partagé n’a qu’une ligne', () => {
		fc.assert(
			fc.property(fc.array(action, { maxLength: 8 }), fc.array(action, { maxLength: 8 }), (a, b) => {
				const [left, right] = [placed(a), placed(b)];
				const total = (some: ReturnType<typeof cells>) => some.reduce((sum, c) => sum + c.actions, 0);
				expect(total(cells(left, right))).toBe(total(cells(left)) + total(cells(right)));
				expect(total(cells(left, right))).toBe(total(cells([...left, ...right])));
			}),
			{ numRuns: 50 }
		);
	});
});
