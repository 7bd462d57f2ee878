import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/lib/domain/action';
import { actionJson } from '../../src/lib/domain/contract';
import { financingPlan } from '../../src/lib/domain/funding/plan';
import { restText } from '../../src/lib/domain/funding/plan-words';
import { leftToFinance } from '../../src/lib/domain/funding/rest';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aLine, aPlaced } from '../fixtures/build';
import { CDV, PCAET, Q, find, view } from '../fixtures/gaps';
import { lire } from './lire-un-tableau';

/* What an investment costs to run each year is not what it costs. */

const ref = loadReferentiel();
const plain = (text: string | undefined) => text?.replace(/[\u00a0\u202f]/g, ' ');
const euros = (amount: number) => ({ euros: amount, base: 'HT' as const, max: null });
const grant = aLine({ libelle: 'Fonds vert', etat: 'obtenu', obtenu: 200_000, demande: null });
const works = (said: Partial<Action> = {}, nature: string | null = 'N1') =>
	aPlaced({
		action: {
			...{ id: 'a', titre: 'Rénover l’école du Port', porteurType: 'commune', fonctionnement: euros(5_000) },
			...{ financements: [grant], ...said }
		},
		nature,
		atteinte: { [Q]: 'explicite' }
	});

describe('un investissement dont seul le fonctionnement est chiffré', () => {
	it('n’a pas de coût connu, et son fonctionnement se dit à part', () => {
		const plan = financingPlan(works(), ref);
		expect([plan.cout, plan.fonctionnement, plan.alertes]).toEqual([null, euros(5_000), []]);
		expect(plain(restText(plan.reste))).toBe('ne se calcule pas : le coût n’est pas connu');
		expect(actionJson(works())).toMatchObject({
			budget: null,
			fonctionnement: { montant: 5_000, base: 'HT', max: null }
		});
	});

	it('est demandé (G10), plus vite s’il commence dans l’année, et la phrase garde le fonctionnement écrit', () => {
		const columns = { ...CDV, champs: [...CDV.champs, 'cout_fonctionnement' as const] };
		const g10 = (said: Partial<Action> = {}, nature: string | null = 'N1', champs = columns.champs) =>
			find(
				'G10',
				'financementIncomplet',
				view([works(said, nature)], { documents: [{ ...columns, champs: [...champs] }, PCAET] })
			);
		const [gap] = g10();
		expect(gap).toMatchObject({ id: 'G10:a', gravite: 'moyenne', reponse: 'alerte' });
		expect(plain(gap!.message)).toBe(
			'« Rénover l’école du Port » : seul le fonctionnement est chiffré, 5 000 € HT par an ; on ne sait ni ce que coûte l’investissement, ni ce qui reste à financer.'
		);
		const soon = { dates: { debut: '2027-03-01', fin: null, texte: null } };
		expect(g10(soon)).toMatchObject([{ gravite: 'haute' }]);
		// Nobody knows whether it is an investment.
		expect(g10({}, null)).toMatchObject([{ id: 'G10:a', reponse: 'alerte' }]);
		// A document that only has the cost to run has no cell for the other: it is asked of the document.
		expect(g10({}, 'N1', ['titre', 'financements', 'cout_fonctionnement'])).toMatchObject([
			{ id: 'G10:doc1:cout_investissement', reponse: 'donnee-manquante' }
		]);
	});

	it('un service, une aide gardent pour coût ce qu’ils coûtent par an', () => {
		for (const nature of ['N2', 'N3', 'N4', 'N5'])
			expect(leftToFinance(works({ financements: [aLine({ demande: 4_000 })] }, nature))).toMatchObject({
				genre: 'connu',
				euros: 1_000
			});
	});

	it('un investissement écrit 0 € laisse le fonctionnement pour coût, quelle que soit l’action', () => {
		const none = works({ budget: euros(0), financements: [aLine({ demande: 4_000 })] }, 'N2');
		expect(financingPlan(none, ref)).toMatchObject({
			...{ cout: { montant: euros(5_000), fonctionnement: true }, fonctionnement: null, reste: { euros: 1_000 } },
			alertes: []
		});
	});

	it('un investissement chiffré garde son coût, et son fonctionnement à part', () => {
		const both = financingPlan(works({ budget: euros(300_000) }), ref);
		expect(both).toMatchObject({ cout: { montant: euros(300_000) }, fonctionnement: euros(5_000) });
		expect(both.reste).toMatchObject({ euros: 100_000 });
	});
});

describe('une part en % d’un coût qui n’est pas écrit', () => {
	const HEAD = ['Réf', 'Action', 'Coût d’investissement', 'Coût annuel de fonctionnement', 'Financements'];
	const more = ['A1', 'Épicerie solidaire', '10 000 €', '1 000 €', 'Région : 2 000 €'];

	it('ne se prend pas sur le fonctionnement quand la case de l’investissement est vide', async () => {
		const { actions, anomalies } = await lire([
			HEAD,
			['A0', 'Rénover l’école', '', '5 000 €', 'Fonds vert 40 %'],
			more
		]);
		expect(actions[0]!.financements).toMatchObject([{ libelle: 'Fonds vert', demande: null }]);
		expect(anomalies.map((i) => plain(i.message))).toContainEqual(
			expect.stringContaining('le coût de l’action n’est pas connu, son montant n’est pas calculé')
		);
	});

	it('se prend sur lui quand le tableau n’a que cette colonne', async () => {
		const only = [HEAD, ['A0', 'Halte-garderie', '', '5 000 €', 'CAF 40 %'], more].map((row) => row.toSpliced(2, 1));
		expect((await lire(only)).actions[0]!.financements).toMatchObject([{ libelle: 'CAF', demande: 2_000 }]);
	});

	it('se prend sur lui quand l’investissement est écrit 0 €', async () => {
		const { actions } = await lire([HEAD, ['A0', 'Halte-garderie', '0 €', '12 000 €', 'CAF 50 %'], more]);
		expect(actions[0]!.financements).toMatchObject([{ libelle: 'CAF', demande: 6_000 }]);
	});
});
