import { describe, expect, it } from 'vitest';
import type { Champ } from '../../src/lib/domain/action';
import { precisionsOf } from '../../src/lib/domain/rules/gap-same-titles';
import { CDV, find, here, view } from '../fixtures/gaps';

/* Two actions of one document bear the same title: a sentence says which of them it speaks of. */

const titre = 'Requalifier les copropriétés';
const of = (id: string, more: Parameters<typeof here>[0] = {}) => here({ id, titre, ...more });

describe('deux actions de même titre', () => {
	it.each([
		['leur commune', { communes: ['Aubrelle'] }, { communes: ['Vernouy'] }, ['Aubrelle', 'Vernouy']],
		['leur quartier', { quartiers: ['Les Pins'] }, { quartiers: ['Le Parc'] }, ['Les Pins', 'Le Parc']],
		['leur référence', { reference: '2a' }, { reference: '2b' }, ['n°\u00a02a', 'n°\u00a02b']]
	])('se distinguent par %s', (_, a, b, said) =>
		expect([...precisionsOf([of('a', a), of('b', b)]).values()]).toEqual(said)
	);
	it('un titre porté une fois se dit seul', () =>
		expect(precisionsOf([of('a'), here({ id: 'b', titre: 'Planter' })]).size).toBe(0));

	it('une demande et une alerte disent de laquelle elles parlent', () => {
		const cost = { euros: 100_000, base: 'HT' as const, max: null };
		const [a, b] = [
			of('a', { communes: ['Aubrelle'], budget: cost }),
			of('b', { communes: ['Vernouy'], budget: cost })
		];
		const documents = [{ ...CDV, champs: ['titre', 'cout_investissement', 'financements', 'pilote'] as Champ[] }];
		const said = (actions: Parameters<typeof view>[0]) => {
			const v = view(actions, { documents, precisions: precisionsOf([a, b]) });
			return find('G10', 'financementIncomplet', v)[0]!.message;
		};
		expect(said([a, b])).toContain(
			'«\u00a0Requalifier les copropriétés – Aubrelle\u00a0» et «\u00a0Requalifier les copropriétés – Vernouy\u00a0»'
		);
		expect(said([b]), 'même seule nommée').toContain('– Vernouy\u00a0»');
		const mute = view([of('a', { communes: ['Aubrelle'], pilote: null })], {
			documents,
			precisions: precisionsOf([a, b])
		});
		expect(
			find('G08', 'pilotageIncomplet', mute)
				.map((g) => g.message)
				.join()
		).toContain('– Aubrelle\u00a0»');
	});
});
