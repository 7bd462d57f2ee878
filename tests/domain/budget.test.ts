import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumBudgets } from '../../src/lib/domain/crossing/budget';
import type { Money } from '../../src/lib/domain/money';
import { anAction } from '../fixtures/build';

const ht = (euros: number): Money => ({ euros, base: 'HT', max: null });

describe('additionner des budgets', () => {
	it('aucun montant : non renseigné, jamais 0 €', () => {
		expect(sumBudgets([anAction(), anAction()])).toMatchObject({
			montant: null,
			base: 'inconnu',
			avecMontant: 0,
			sansMontant: 2
		});
	});

	it('un zéro écrit est un vrai zéro', () => {
		expect(sumBudgets([anAction({ budget: ht(0) })])).toMatchObject({ montant: 0, base: 'HT', avecMontant: 1 });
	});

	it('un montant vide se compte à part', () => {
		expect(sumBudgets([anAction({ budget: ht(100) }), anAction()])).toMatchObject({
			montant: 100,
			avecMontant: 1,
			sansMontant: 1
		});
	});

	it('HT et TTC ne se mêlent pas en silence', () => {
		const sum = sumBudgets([
			anAction({ budget: ht(100) }),
			anAction({ budget: { euros: 120, base: 'TTC', max: null } })
		]);
		expect(sum).toMatchObject({ base: 'inconnu', parBase: { HT: 100, TTC: 120, inconnu: 0 } });
	});

	it('une action donnée deux fois compte une fois', () => {
		const once = anAction({ budget: ht(100) });
		expect(sumBudgets([once, { ...once }])).toMatchObject({ montant: 100, avecMontant: 1 });
	});

	it('un intervalle compte pour sa borne basse', () => {
		expect(sumBudgets([anAction({ budget: { euros: 10, base: 'HT', max: 20 } })]).montant).toBe(10);
	});

	it('les centimes s’additionnent sans dériver', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000_00 }), { minLength: 1, maxLength: 40 }), (cents) => {
				const sum = sumBudgets(cents.map((c) => anAction({ budget: ht(c / 100) })));
				expect(Math.round(sum.montant! * 100)).toBe(cents.reduce((a, b) => a + b, 0));
			})
		);
	});
});
