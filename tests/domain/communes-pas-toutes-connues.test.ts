import { describe, expect, it } from 'vitest';
import { buildPlaces } from '../../src/lib/domain/places/reach';
import { aQuartier, aTerritory, AUBRELLE, VERMOY } from '../fixtures/build';
import { GLACIS, lu, PARC, PYRAMIDES } from '../fixtures/lieux';

/* An EPCI that no official list knows has the communes of its quartiers, and perhaps others: p probable, d diffuse, i inconnu. */

describe('deux communes d’une intercommunalité dont la liste n’est pas connue', () => {
	const quartiers = [
		aQuartier({ code: PYRAMIDES, nom: 'Les Pyramides' }),
		aQuartier({ code: GLACIS, nom: 'Les Glacis' }),
		aQuartier({ code: PARC, nom: 'Cité du Parc', communes: [VERMOY] })
	];
	const among = (fictif: boolean) =>
		buildPlaces({
			territory: { ...aTerritory({ communes: [AUBRELLE, VERMOY] }), fictif },
			quartiers,
			correspondances: new Map(),
			tousLesQuartiers: []
		});

	it('ne sont pas toutes : l’action est de ces deux-là', () => {
		const [known, unlisted] = [among(true), among(false)];
		const said = { plan: 'pcaet' as const, communes: ['Aubrelle', 'Vermoy'] };
		expect(lu(said, unlisted).niveaux).toBe('ppp');
		expect(lu(said, known).niveaux).toBe('ddd');
		// « les 2 communes » may be two of nine.
		expect(lu({ ...said, communes: ['Les 2 communes'] }, unlisted).niveaux).toBe('iii');
		expect(lu({ ...said, communes: ['Les 2 communes'] }, known).niveaux).toBe('ddd');
	});
});
