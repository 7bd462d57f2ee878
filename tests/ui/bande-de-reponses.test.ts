import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import AnswerStrip from '../../src/lib/ui/AnswerStrip.svelte';
import type { Coverage } from '../../src/lib/domain/crossing/coverage';

/* On a telephone, the answers of all quartiers on one line: what is to be confirmed is seen there, and said. */

const strip = (reponses: readonly Coverage[], doutes: readonly boolean[]) => {
	const { body } = render(AnswerStrip, { props: { reponses, doutes } });
	return {
		marques: [...body.matchAll(/class="[^"]*\bvitree\b[^"]*"/g)].map(([c]) => /\baconf\b/.test(c)),
		mots: body
			.replace(/<[^>]*>/g, '')
			.replace(/\s+/g, ' ')
			.trim()
	};
};

describe('les réponses des quartiers sur une ligne', () => {
	it('marque la seule réponse que rien de sûr ne donne, et le dit', () => {
		const { marques, mots } = strip(['structurante', 'diffuse', 'structurante'], [true, false, false]);
		expect(marques).toEqual([true, false, false]);
		expect(mots).toBe('Par quartier : 2 structurante, dont 1 à confirmer et 1 diffuse');
	});

	it('ne marque rien quand tout est sûr', () => {
		const { marques, mots } = strip(['de-service', 'diffuse'], [false, false]);
		expect(marques).toEqual([false, false]);
		expect(mots).not.toContain('confirmer');
	});

	it('dit une fois la même réponse partout, avec ce qui y est à confirmer', () => {
		expect(strip(['diffuse', 'diffuse'], [false, false]).mots).toBe('2 quartiers : diffuse');
		expect(strip(['structurante', 'structurante'], [true, true])).toEqual({
			marques: [true],
			mots: '2 quartiers : structurante, à confirmer'
		});
		expect(strip(['structurante', 'structurante'], [false, true]).mots).toBe(
			'2 quartiers : structurante, dont 1 à confirmer'
		);
	});
});
