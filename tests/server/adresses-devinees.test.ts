import { describe, expect, it } from 'vitest';
import { GET as lacunes } from '../../src/routes/territoires/[code]/lacunes/+server';
import { answerPlace } from '../../src/routes/territoires/[code]/answer-places';
import { GET as quartiers } from '../../src/routes/territoires/[code]/quartiers/+server';

/* Parts of the page of a territory, asked for as pages of their own. */

describe('une adresse qu’on devine', () => {
	it.each([
		['lacunes', lacunes],
		['quartiers', quartiers]
	])('/territoires/X/%s mène à sa partie de la page, avec ses filtres', (part, get) => {
		const asked = (search: string) => {
			try {
				return get({ params: { code: '245901160' }, url: new URL(`http://x/a${search}`) } as never);
			} catch (moved) {
				return moved;
			}
		};
		expect(asked('')).toMatchObject({ status: 308, location: `/territoires/245901160#${part}` });
		expect(asked('?plan=pcaet')).toMatchObject({ location: `/territoires/245901160?plan=pcaet#${part}` });
	});
});

describe('là où l’on répond à une lacune', () => {
	it('le formulaire d’un plan s’ouvre sur son territoire, et sur le plan demandé quand il y en a un', () => {
		expect(answerPlace('245901160', 'imports').href).toBe('/imports?territoire=245901160#plans');
		expect(answerPlace('245901160', 'imports', 'contrat-de-ville').href).toBe(
			'/imports?territoire=245901160&plan=contrat-de-ville#plans'
		);
		expect(answerPlace('245901160', 'lieux', 'contrat-de-ville').href).toBe('/territoires/245901160/lieux');
	});
});
