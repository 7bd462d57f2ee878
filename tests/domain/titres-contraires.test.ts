import { describe, expect, it } from 'vitest';
import { withContraryTitles } from '../../src/lib/domain/crossing/contrary-titles';
import type { PlacedAction } from '../../src/lib/domain/crossing/place';
import { suggestionsOf } from '../../src/lib/domain/crossing/suggestions';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { VERMOY, aPlaced, aQuartier } from '../fixtures/build';

const EUROPE = 'QNZZZ01N';
const ISLE = 'QNZZZ02N';
const AILLEURS = 'QNZZZ03N';
const quartiers = [
	aQuartier({ code: EUROPE, nom: 'Europe' }),
	aQuartier({ code: ISLE, nom: 'Faubourg d’Isle' }),
	aQuartier({ code: AILLEURS, nom: 'La Gare', communes: [VERMOY] })
];
const named = (id: string, titre: string, quartier: string, par: PlacedAction['reach'][number]['par'] = 'nom') => {
	const one = aPlaced({
		action: { id, titre },
		atteinte: { [EUROPE]: 'aucune', [ISLE]: 'aucune', [AILLEURS]: 'aucune', [quartier]: 'explicite' }
	});
	return { ...one, reach: one.reach.map((r) => (r.quartier === quartier ? { ...r, par } : r)) };
};
const levels = (placed: PlacedAction) => Object.fromEntries(placed.reach.map((r) => [r.quartier, r.niveau]));

describe('Deux titres qui ne placent pas le même bâtiment au même endroit', () => {
	const here = named('a', 'Rénover l’école Corette, quartier Europe', EUROPE);
	const there = named('b', 'Restaurant de l’école élémentaire Eugène Corrette, Faubourg d’Isle', ISLE);

	it('aucun ne l’emporte : l’atteinte est probable aux deux endroits, avec les deux preuves, et se décide', () => {
		const placed = withContraryTitles([here, there], quartiers);
		for (const one of placed) {
			expect(levels(one)).toEqual({ [EUROPE]: 'probable', [ISLE]: 'probable', [AILLEURS]: 'aucune' });
			const { preuve, par } = one.reach[0]!;
			expect(par).toBe('titres');
			for (const words of ['Europe', 'Faubourg d’Isle', 'À décider']) expect(preuve).toContain(words);
		}
		expect(placed[0]!.reach[0]!.preuve).toContain(there.action.titre);
		const asked = suggestionsOf(placed, loadReferentiel().lexique.confiance).filter((s) => s.genre === 'atteinte');
		expect(asked.map((s) => s.confiance)).toEqual(Array(4).fill('fragile'));
		// The very same answer the next time: nothing that rests on it is worked out again.
		expect(withContraryTitles([here, there], quartiers)[0]).toBe(placed[0]);
	});

	it('le même endroit, un autre bâtiment, une autre commune : rien ne change', () => {
		for (const other of [
			named('b', 'Cour de l’école Corette', EUROPE),
			named('b', 'Gymnase Corette', ISLE),
			named('b', 'Cour de l’école Jules Verne', ISLE),
			named('b', 'Cour de l’école Corette', AILLEURS)
		]) {
			const placed = [here, other];
			expect(withContraryTitles(placed, quartiers)).toBe(placed);
		}
	});

	it('ce qu’une personne a décidé reste, et l’autre titre attend encore', () => {
		const decided = named('b', 'Cour de l’école Corette', ISLE, 'decision');
		const [first, second] = withContraryTitles([here, decided], quartiers);
		expect(levels(first!)).toMatchObject({ [EUROPE]: 'probable', [ISLE]: 'probable' });
		expect(second).toBe(decided);
	});
});
