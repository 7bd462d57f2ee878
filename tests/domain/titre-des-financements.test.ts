import { describe, expect, it } from 'vitest';
import { nothingToAsk, quartierRequests } from '../../src/lib/domain/pages/quartier-requests';
import type { MeasureVerdicts } from '../../src/lib/domain/pages/measure-verdicts';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aPlaced } from '../fixtures/build';

/* What a quartier says of money to ask for, before its measures are read one by one. */

const ref = loadReferentiel();
const measure = (bilan: MeasureVerdicts['bilan']) =>
	({ bilan, libelle: 'Mesure', verdicts: [] as unknown }) as MeasureVerdicts;
const head = (...bilans: MeasureVerdicts['bilan'][]) =>
	quartierRequests(bilans.map(measure), [], [], { verdicts: [], gaps: [], asOf: '2026-11-26' }, ref);
const carried = (porteurType: 'commune' | null) => aPlaced({ action: { porteurType } });

describe('le titre des financements d’un quartier', () => {
	it.each([
		[
			['a-instruire', 'indetermine', 'indetermine', 'deja', 'ecarte'],
			'1 mesure de financement à instruire, 2 à compléter'
		],
		[['a-instruire', 'a-instruire'], '2 mesures de financement à instruire'],
		[['indetermine'], '1 mesure de financement à compléter'],
		[['deja', 'ecarte'], 'Aucun financement à instruire en l’état'],
		[[], 'Aucun financement à instruire en l’état']
	] as const)('%j : %s', (bilans, titre) => {
		expect(head(...bilans).titre.replace(/\s/g, ' ')).toBe(titre);
		expect(head(...bilans).pourquoi === null).toBe(!titre.startsWith('Aucun'));
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
