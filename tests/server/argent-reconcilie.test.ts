import { beforeAll, describe, expect, it } from 'vitest';
import { bestReach, isActive, reaches } from '../../src/lib/domain/crossing/coverage';
import { partBudget } from '../../src/lib/domain/crossing/part-qpv';
import { verdictsByMeasure } from '../../src/lib/domain/pages/measure-verdicts';
import { nothingToAsk } from '../../src/lib/domain/pages/quartier-requests';
import { quartierPage } from '../../src/lib/domain/pages/quartier-page';
import { aidsOf, byKind, moneyName } from '../../src/lib/domain/crossing/money-bases';
import { cubeAxes, linksOf } from '../../src/lib/domain/crossing/cube';
import { moneyOf } from '../../src/lib/domain/crossing/quartier-view';
import { foldRegion, type TerritoryFold } from '../../src/lib/domain/crossing/region-view';
import { moneyShares, openMoney } from '../../src/lib/domain/pages/money-figures';
import { noGap } from '../../src/lib/domain/rules/gaps-by-quartier';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aPlaced } from '../fixtures/build';

const ref = loadReferentiel();
const LE = '2026-11-27';
const DEMO = 'ZZ0000001';
const DPV = 'dotations-etat.dpv';
const EMPTY_FOLD: TerritoryFold = {
	...{ plans: [], lus: [], listes: [], actions: 0, gaps: noGap(), horsQuartier: noGap(), croises: [], argent: [] },
	liens: linksOf([], cubeAxes(ref))
};
const cents = (euros: number) => Math.round(euros * 100);

describe('L’argent d’un quartier : ce qui est sûr et ce qui est probable font le tout', () => {
	let db: Db;
	let quartiers: string[];
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
		quartiers = (await crossedTerritory(db, ref, DEMO, LE))!.view.quartiers.map((q) => q.quartier.code);
	});

	it('en nombre d’actions et en euros, dans chaque quartier', async () => {
		let told = 0;
		for (const code of quartiers) {
			const view = (await readQuartier(db, ref, code, LE))!;
			const { parts, argentProbable } = quartierPage(view, ref);
			const near = view.actions.filter((a) => isActive(a) && reaches(bestReach(a, [code])));
			const certain = [...parts.sansPart, ...parts.avecPart];
			const probable = argentProbable.actions.map((a) => a.id);
			expect([...certain, ...probable].sort()).toEqual(near.map((a) => a.action.id).sort());
			const written = near.reduce((sum, a) => sum + cents(a.action.budget?.euros ?? 0), 0);
			const sure = cents(parts.dedans) + cents(parts.dehors) + cents(parts.inconnu);
			expect(sure + cents(argentProbable.cout ?? 0)).toBe(written);
			expect(parts.chiffrees.sansPart + parts.chiffrees.avecPart + parts.sansMontant).toBe(certain.length);
			told += near.length;
		}
		expect(told).toBeGreaterThan(10);
	});

	it('une opération sans coût n’est pas comptée parmi celles dont le total additionne le coût', () => {
		const at = { atteinte: { QNZZZ01F: 'explicite' } } as const;
		const costly = aPlaced({ action: { id: 'a', budget: { euros: 100, base: 'HT' } as never }, ...at });
		const found = partBudget([costly, aPlaced({ action: { id: 'b', budget: null }, ...at })], 'QNZZZ01F');
		expect([found.chiffrees.sansPart, found.sansMontant, found.sansPart.length]).toEqual([1, 1, 2]);
	});

	it('un prêt et l’apport du porteur se lisent à part, et n’entrent dans aucun total des aides', () => {
		const line = (libelle: string, genre: string, obtenu: number) => ({
			...{ libelle, genre, obtenu, demande: null, dispositif: null, etat: 'obtenu', base: 'HT' }
		});
		const atelier = aPlaced({
			action: {
				...{ id: 'a', porteur: 'Ville de Vernouy', porteurType: 'commune' },
				financements: [
					line('Département', 'subvention', 40_000),
					line('Région', 'subvention', 10_000),
					line('Banque des Territoires', 'pret', 90_000),
					line('Commune de Vernouy', 'subvention', 25_000),
					line('Fonds propres', 'autofinancement', 5_000)
				] as never
			}
		});
		const argent = moneyOf([atelier], ref);
		expect(byKind(argent).map(moneyName)).toEqual([
			...['Département', 'Région', 'Banque des Territoires, prêt'],
			...['Commune de Vernouy, autofinancement', 'Fonds propres, autofinancement']
		]);
		const opened = openMoney('t.HT.obtenu', {
			...{ argent, argentParAction: moneyShares([atelier]), actions: {} },
			parts: partBudget([], 'QNZZZ01F')
		})!;
		expect(opened.lignes.map((l) => l.euros)).toEqual([40_000, 10_000]);
		expect(aidsOf(argent).reduce((sum, l) => sum + (l.obtenu ?? 0), 0)).toBe(50_000);
		const [territoire] = [{ code: '200000001', nom: 'CC', fictif: false, quartiers: [] }];
		const fold = { ...EMPTY_FOLD, argent };
		const { financements } = foldRegion('32', [{ ...territoire!, fold }], ref, LE);
		expect(financements.map((l) => [moneyName(l), l.sorte, l.obtenu])).toEqual([
			...[
				['Département', 'aide', 40_000],
				['Région', 'aide', 10_000],
				['Banque des Territoires, prêt', 'pret', 90_000]
			],
			...[['Commune de Vernouy, autofinancement', 'autofinancement', 25_000]],
			...[['Fonds propres, autofinancement', 'autofinancement', 5_000]]
		]);
	});

	it('une aide obtenue par une action que la mesure n’examine pas compte parmi les déjà obtenues', () => {
		const line = { libelle: 'DPV', dispositif: DPV, demande: null, obtenu: 5000, etat: 'obtenu', genre: 'subvention' };
		const [asked, granted] = [
			aPlaced({ action: { id: 'a' } }),
			aPlaced({ action: { id: 'b', financements: [line] as never } })
		];
		const verdict = {
			...{ action: 'a', mesure: DPV, dispositif: 'dotations-etat', quartier: null, sources: [] },
			...{ verdict: 'a-instruire' as const, remplis: [], echecs: [], manquants: [] }
		};
		const near = [asked, granted];
		const [mesure] = verdictsByMeasure([verdict], near, ref, (list) => list as never, near);
		expect(mesure!.resume.replace(/\s/g, ' ')).toBe('1 action à instruire, 1 l’a déjà obtenue');
		expect(mesure!.verdicts.map((v) => [v.action, v.deja])).toEqual([
			['a', null],
			['b', 'obtenu']
		]);
	});

	it('un quartier dont toutes les actions ont obtenu une aide ne dit pas qu’aucune mesure ne les concerne', () => {
		const line = { libelle: 'DPV', dispositif: DPV, demande: null, obtenu: 5000, etat: 'obtenu', genre: 'subvention' };
		const granted = aPlaced({
			action: { id: 'a', financements: [line] as never },
			atteinte: { QNZZZ01F: 'explicite' }
		});
		expect(nothingToAsk([granted], 0)).toBe(
			'L’action qui arrive jusqu’à ce quartier a déjà obtenu une aide ; aucune autre mesure vérifiée n’est à demander en l’état.'
		);
		const other = aPlaced({ action: { id: 'b' }, atteinte: { QNZZZ01F: 'explicite' } });
		expect(nothingToAsk([granted, other], 0)).toContain('n’entrent dans le champ d’aucune mesure vérifiée');
	});
});
