import { describe, expect, it } from 'vitest';
import { leftToOthers, withContraryTitles } from '../../src/lib/domain/crossing/contrary-titles';
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

	const answered = named('c', 'Remplacer les menuiseries à l’école Corette', ISLE, 'decision');
	const decided = {
		...answered,
		reach: answered.reach.map((r) => (r.par === 'decision' ? { ...r, qui: 'Camille, le 27/11/2026' } : r))
	};
	it('ce qu’une personne dit d’une action ne déplace pas les autres : elles gardent leur quartier, et c’est demandé', () => {
		const [first, second] = withContraryTitles([here, decided], quartiers);
		expect(second).toBe(decided);
		expect(levels(first!)).toEqual(levels(here));
		expect(first!.reach[0]).toMatchObject({ par: 'nom', preuve: here.reach[0]!.preuve });
		const { aArbitrer } = first!.reach[0]!;
		for (const words of ['À arbitrer', 'école Corette', 'Faubourg d’Isle', 'une personne a répondu', 'Camille'])
			expect(aArbitrer).toContain(words);
		const asked = suggestionsOf([first!], loadReferentiel().lexique.confiance).filter((s) => s.genre === 'atteinte');
		expect(asked.map((s) => [s.code, s.confiance])).toEqual([['explicite', 'fragile']]);
		expect(asked[0]).toMatchObject({ preuve: here.reach[0]!.preuve, aArbitrer });
		expect(withContraryTitles([here, decided], quartiers)[0]).toBe(first);
	});
	it('avant de corriger, on lit ce que la correction laisse aux autres actions du même bâtiment', () => {
		const free = named('c', 'Remplacer les menuiseries à l’école Corette', AILLEURS, 'commune');
		const told = leftToOthers([free, there, here], quartiers, EUROPE);
		expect([...told.keys()]).toEqual(['c', 'a']);
		for (const words of ['école Corette', 'Restaurant de l’école', '« Faubourg d’Isle »', 'reste où elle est'])
			expect(told.get('c')!.replaceAll('\u00a0', ' ')).toContain(words);
		expect(leftToOthers([free, here], quartiers, EUROPE).size).toBe(0);
		expect(leftToOthers([free, there, { ...there }, here], quartiers, EUROPE).get('c')).toContain(
			'deux autres actions'
		);
	});
	it('d’accord avec la personne, rien n’est demandé ; deux titres contraires restent douteux entre eux', () => {
		const agreed = withContraryTitles([there, decided], quartiers);
		expect(agreed[0]).toBe(there);
		for (const order of [
			[here, there, decided],
			[decided, here, there]
		]) {
			const placed = withContraryTitles(order, quartiers);
			const [a, b] = [here, there].map((one) => placed[order.indexOf(one)]!);
			expect(levels(a!)).toMatchObject({ [EUROPE]: 'probable', [ISLE]: 'probable' });
			expect(levels(b!)).toMatchObject({ [EUROPE]: 'probable', [ISLE]: 'probable' });
		}
	});
});
