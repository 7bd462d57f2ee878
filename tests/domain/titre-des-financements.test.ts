import { describe, expect, it } from 'vitest';
import { nothingToAsk, quartierRequests } from '../../src/lib/domain/pages/quartier-requests';
import type { MeasureVerdicts } from '../../src/lib/domain/pages/measure-verdicts';
import type { UnaskedLine } from '../../src/lib/domain/pages/request-lines';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aPlaced } from '../fixtures/build';

/* What a quartier says of money to ask for, before its measures are read one by one. */

const ref = loadReferentiel();
const measure = (bilan: MeasureVerdicts['bilan']) =>
	({ bilan, libelle: 'Mesure', verdicts: [] as unknown }) as MeasureVerdicts;
type Kind = 'a-instruire' | 'indetermine';
/** `actions`: of each, the verdicts of its requests, in order. */
const head = (bilans: readonly MeasureVerdicts['bilan'][], actions: readonly (readonly Kind[])[]) => {
	const ici = actions.flatMap((own, i) => own.map((verdict) => ({ action: `a${i}`, verdict })));
	const facts = { verdicts: [], gaps: [], asOf: '2026-11-26', ici: ici as unknown as UnaskedLine[] };
	return quartierRequests(bilans.map(measure), [], [], facts, ref);
};
const carried = (porteurType: 'commune' | null) => aPlaced({ action: { porteurType } });

describe('le titre des financements d’un quartier', () => {
	it.each([
		[
			['a-instruire', 'indetermine', 'indetermine', 'deja', 'ecarte'],
			[['a-instruire'], ['indetermine']],
			'1 action à instruire, 1 à compléter pour 3 mesures de financement'
		],
		[['a-instruire', 'a-instruire'], [['a-instruire']], '1 action à instruire pour 2 mesures de financement'],
		// The aid comes first although an answer misses; the loan may be filed today.
		[
			['a-instruire', 'indetermine'],
			[['indetermine', 'a-instruire']],
			'1 action à instruire pour 2 mesures de financement'
		],
		[['deja', 'ecarte'], [], 'Aucun financement à instruire en l’état'],
		[[], [], 'Aucun financement à instruire en l’état']
	] as const)('%j, %j : %s', (bilans, actions, titre) => {
		const said = head(bilans, actions);
		expect(said.titre.replace(/\s/g, ' ')).toBe(titre);
		expect(said.pourquoi === null).toBe(!titre.startsWith('Aucun'));
	});
});

describe('quand rien n’est à demander, la raison', () => {
	it('aucune action n’arrive', () => expect(nothingToAsk([], 0)).toMatch(/^Aucune action des documents lus n’arrive/));
	it('tout est déjà demandé ou obtenu', () =>
		expect(nothingToAsk([carried('commune')], 2)).toMatch(/^L’action qui arrive .* a déjà demandé ou obtenu/));
	it('une atteinte probable n’est pas une arrivée certaine', () => {
		const likely = (id: string, niveau: 'probable' | 'explicite') =>
			aPlaced({ action: { id }, atteinte: { QNZZZ01F: niveau } });
		expect(nothingToAsk([likely('a', 'probable')], 2)).toMatch(/^L’action qui arrive probablement jusqu’à ce quartier/);
		expect(nothingToAsk([likely('a', 'probable'), likely('b', 'explicite')], 2)).toMatch(
			/qui arrivent, sûrement ou probablement, jusqu’à ce quartier/
		);
	});
	it('le champ des mesures, et qui porte quand on ne le sait pas', () => {
		expect(nothingToAsk([carried('commune'), carried('commune')], 0)).toMatch(
			/^Les 2\s?actions qui arrivent .* n’entrent dans le champ d’aucune mesure vérifiée\.$/
		);
		expect(nothingToAsk([carried('commune'), carried(null)], 0)).toMatch(/on ne sait pas qui porte 1\s?d’entre elles/);
		expect(nothingToAsk([carried(null)], 0)).toMatch(/qui porte cette action/);
	});
});
