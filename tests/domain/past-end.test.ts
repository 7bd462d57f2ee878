import { describe, expect, it } from 'vitest';
import { reserveOf, toConfirm } from '../../src/lib/domain/crossing/answer-reserve';
import { endWords, isPast, pastAnswer, pastEnds } from '../../src/lib/domain/crossing/past-end';
import type { Answer } from '../../src/lib/domain/crossing/coverage';
import { isDoubtful, isFunded } from '../../src/lib/domain/rules/still-to-do';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aPlaced } from '../fixtures/build';
import { Q } from '../fixtures/gaps';

const ref = loadReferentiel();
const ASOF = '2026-11-27';
const context = {
	quartiers: [Q],
	natures: new Map(ref.enjeux.natures.map((n): [string, Answer] => [n.code, n.couverture])),
	plansSaisis: 2,
	minPlans: 2
};
const works = (fin: string | null, nature = 'N1') =>
	aPlaced({
		action: { dates: fin === null ? null : { debut: null, fin, texte: null } },
		atteinte: { [Q]: 'explicite' },
		nature
	});

describe('ce qui répond est-il terminé ?', () => {
	it('compte, parmi les actions qui donnent la réponse, celles dont la fin prévue est passée', () => {
		expect(pastAnswer([works('2019-12-31'), works('2028-12-31'), works(null)], context, ASOF)).toBe(
			'fin prévue passée pour une action sur trois'
		);
		expect(pastAnswer([works('2019-12-31'), works('2023-12-31')], context, ASOF)).toBe(
			'fin prévue passée pour les deux actions'
		);
		expect(pastAnswer([works('2019-12-31')], context, ASOF)).toBe('fin prévue passée');
	});

	it('une sensibilisation finie ne dit rien d’une réponse que portent des travaux en cours', () => {
		expect(pastAnswer([works('2019-12-31', 'N3'), works('2028-12-31')], context, ASOF)).toBeNull();
	});

	it('une date absente n’est pas une fin, le jour même non plus, et rien ne se conclut sans réponse', () => {
		expect([isPast(null, ASOF), isPast(ASOF, ASOF), isPast('2026-11-26', ASOF)]).toEqual([false, false, true]);
		expect(pastAnswer([], context, ASOF)).toBeNull();
		expect(pastEnds(3, 0)).toBeNull();
	});
});

describe('une réponse est-elle sûre ?', () => {
	const at = (niveau: 'explicite' | 'probable', fin: string | null) =>
		aPlaced({
			action: { dates: fin === null ? null : { debut: null, fin, texte: null } },
			atteinte: { [Q]: niveau },
			nature: 'N1'
		});
	const reserve = (...own: ReturnType<typeof at>[]) => reserveOf(own, context, ASOF);

	it('elle est à confirmer quand elle ne tient qu’à la commune, ou à des actions qui devaient être finies', () => {
		expect(reserve(at('probable', null))).toMatchObject({ aConfirmer: true, probable: true, passee: false });
		expect(reserve(at('explicite', '2023-12-31'))).toMatchObject({ aConfirmer: true, probable: false, passee: true });
		expect(reserve(at('explicite', null), at('probable', '2023-12-31')).aConfirmer).toBe(false);
	});

	it('la subvention d’une année passée ne finit rien ; quatre ans après, ses travaux sont sans doute finis, et c’est dit ainsi', () => {
		const granted = (exercice: number) =>
			aPlaced({
				action: { dates: { debut: null, fin: null, texte: `subvention ${exercice}`, exercice } },
				atteinte: { [Q]: 'explicite' },
				nature: 'N1'
			});
		expect(reserve(granted(2024))).toMatchObject({ aConfirmer: false, passee: false, fins: null });
		expect(reserve(granted(2019))).toMatchObject({ aConfirmer: true, passee: true, fins: 'subvention ancienne' });
		expect(toConfirm([reserve(granted(2019))])).toBe(
			'à confirmer\u00a0: subvention ancienne, travaux sans doute finis'
		);
		expect(pastAnswer([granted(2019), works('2023-12-31'), works(null)], context, ASOF)).toBe(
			'fin prévue passée ou subvention ancienne pour deux actions sur trois'
		);
		expect(endWords(granted(2019).action, ASOF)).toBe('subvention de 2019, travaux sans doute finis');
		expect(endWords(granted(2024).action, ASOF)).toBeNull();
	});

	it('une opération déjà subventionnée une année passée ne demande plus d’argent, sans que sa fin soit connue', () => {
		const granted = aPlaced({
			action: {
				dates: { debut: null, fin: null, texte: 'subvention 2024', exercice: 2024 },
				financements: [
					{ libelle: 'DPV', dispositif: 'dotations-etat.dpv', demande: null, obtenu: 80_000, etat: 'obtenu' }
				] as never
			}
		});
		expect(isFunded({ ...granted, liste: 'Subventions DPV' }, ASOF)).toBe(true);
		expect(isFunded({ ...granted, liste: 'Subventions DPV' }, '2024-11-27')).toBe(false);
		expect(isDoubtful(granted, ASOF)).toBe(true);
	});

	it('elle l’est aussi quand ni les enjeux ni la nature ne sont lus sur plus que quelques mots', () => {
		const read = (score: number, par: 'lexique' | 'appris' | 'decision') =>
			({
				...aPlaced({ atteinte: { [Q]: 'explicite' } }),
				transition: [{ code: 'T06', score: 2.5, mots: ['ville respirante'], par: 'lexique' as const }],
				nature: { code: 'N1', score, mots: ['Saint'], par }
			}) as ReturnType<typeof at>;
		const doubted = { ...context, confiance: ref.lexique.confiance };
		const of = (...own: ReturnType<typeof at>[]) => reserveOf(own, doubted, ASOF);
		expect(of(read(0.6, 'appris'))).toMatchObject({ aConfirmer: true, devinee: true, probable: false });
		expect(toConfirm([of(read(0.6, 'appris'))])).toContain('enjeux et nature lus sur peu de mots');
		// A person said the nature, or a surer action answers too: the answer stands.
		expect(of(read(0.6, 'decision')).aConfirmer).toBe(false);
		expect(of(read(0.6, 'appris'), { ...read(9, 'lexique') }).aConfirmer).toBe(false);
	});

	it('qui compte des réponses dit combien sont à confirmer, et pourquoi', () => {
		const [thin, over, sure] = [
			reserve(at('probable', '2023-12-31')),
			reserve(at('explicite', '2023-12-31')),
			reserve(at('explicite', null))
		];
		expect(toConfirm([thin])).toBe('à confirmer\u00a0: fin prévue passée et atteinte seulement probable');
		expect(toConfirm([thin, over])).toBe(
			'toutes à confirmer\u00a0: fin prévue passée et atteinte seulement probable (1 sur 2)'
		);
		expect(toConfirm([over, sure])).toBe('dont 1 à confirmer\u00a0: fin prévue passée');
		expect(toConfirm([sure])).toBeNull();
	});
});
