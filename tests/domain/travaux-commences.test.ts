import { describe, expect, it } from 'vitest';
import type { Action, Champ } from '../../src/lib/domain/action';
import { aPlaced } from '../fixtures/build';
import { CDV, find, Q, view } from '../fixtures/gaps';

/* What is asked of works is what may still be done, by their own dates. Read on 22 November 2026. */

const columns: Champ[] = [...CDV.champs, 'participation', 'clause_adaptation'];
const documents = [{ ...CDV, champs: columns }];

function asked(debut: string | null, fin: string | null, statut: Action['statut'] = 'en-cours') {
	const works = aPlaced({
		action: {
			id: 'a',
			titre: 'Réhabilitation de la tour',
			porteur: 'Lys Habitat',
			participation: 'Information',
			clauseAdaptation: false,
			statut,
			dates: { debut, fin, texte: null }
		},
		atteinte: { [Q]: 'explicite' },
		transition: ['T01'],
		nature: 'N1'
	});
	const v = view([works], { documents });
	return [find('G17', 'habitantsNonAssocies', v), find('G18', 'renovationSansAdaptation', v)].map(
		([gap]) => gap!.aFaire
	);
}

describe('une réunion, une clause : ce qui peut encore se faire', () => {
	it('avant le début écrit, ou sans dates : avant les travaux, et au marché', () => {
		for (const [debut, fin] of [
			['2027-03-01', '2028-06-30'],
			[null, null],
			[null, '2028-06-30']
		] as const) {
			const [g17, g18] = asked(debut, fin);
			expect(g17).toContain('s’il est exact, prévoir avant les travaux une réunion');
			expect(g18).toContain('l’y ajouter tant que le marché n’est pas passé');
		}
	});
	it('commencés : pendant les travaux', () => {
		const [g17, g18] = asked('2025-09-01', '2028-10-31');
		expect(g17).toContain('s’il est exact, prévoir pendant les travaux une réunion');
		expect(g18).toContain('sinon, voir ce qui peut encore être fait avant la fin des travaux.');
		expect(asked('2025-09-01', null)[0]).toContain('prévoir pendant les travaux une réunion');
	});
	it('qui devaient commencer et que l’on dit à venir : dès maintenant', () => {
		const [g17, g18] = asked('2026-09-07', '2027-05-28', 'a-venir');
		expect(g17).toContain('prévoir dès maintenant une réunion');
		expect(g18).toContain('tant que le marché n’est pas passé');
	});
	it('finis dans deux mois : avant la fin des travaux', () =>
		expect(asked('2025-09-01', '2027-01-15')[0]).toContain('prévoir avant la fin des travaux une réunion'));
	it('dont la fin est passée : on vérifie d’abord qu’ils ne sont pas finis', () => {
		const [g17, g18] = asked('2025-09-01', '2026-10-30', 'en-retard');
		expect(g17).toBe(
			'Vérifier avec le porteur, Lys Habitat, si les travaux sont finis\u202f; sinon, et si ce niveau est exact, prévoir avant la livraison une réunion avec le conseil citoyen ou les habitants.'
		);
		expect(g18).toContain('voir ce qui peut encore être fait avant la livraison.');
	});
});
