import { describe, expect, it } from 'vitest';
import { load } from '../../src/routes/territoires/[code]/+page.server';
import { answerPlace } from '../../src/routes/territoires/[code]/answer-places';
import { GET as quartiers } from '../../src/routes/territoires/[code]/quartiers/+server';

/* Addresses of pages that are parts of another, or were. */

const moved = async (go: () => unknown) => {
	try {
		return await go();
	} catch (answer) {
		return answer;
	}
};

describe('une adresse qu’on devine, ou qu’on a gardée', () => {
	it('/territoires/X/quartiers mène à sa partie de la page, avec ses filtres', async () => {
		const asked = (search: string) =>
			moved(() => quartiers({ params: { code: '245901160' }, url: new URL(`http://x/a${search}`) } as never));
		expect(await asked('')).toMatchObject({ status: 308, location: '/territoires/245901160#quartiers' });
		expect(await asked('?plan=pcaet')).toMatchObject({ location: '/territoires/245901160?plan=pcaet#quartiers' });
	});

	it.each(['lacunes=toutes', 'quartier=QN1&lacunes=toutes', 'vue=G01:QN1:X17', 'decider=G01:QN1:X17', 'ensemble=G01:'])(
		'les lacunes se lisaient sous la matrice : « ?%s » mène à leur page',
		async (search) => {
			const event = { params: { code: 'ZZ1' }, url: new URL(`http://x/territoires/ZZ1?${search}`) };
			expect(await moved(() => load(event as never))).toMatchObject({
				status: 307,
				location: `/territoires/ZZ1/lacunes?${search}`
			});
		}
	);
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
