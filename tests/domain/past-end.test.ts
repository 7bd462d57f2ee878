import { describe, expect, it } from 'vitest';
import { isPast, pastAnswer, pastEnds } from '../../src/lib/domain/crossing/past-end';
import type { Answer } from '../../src/lib/domain/crossing/coverage';
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
