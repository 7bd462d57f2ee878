import { beforeAll, describe, expect, it } from 'vitest';
import { buildSearchIndex } from '../../src/lib/domain/search/search-index';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { searchAll } from '../../src/lib/server/search';
import { load } from '../../src/routes/recherche/+page.server';
import { theOne } from '../../src/routes/recherche/the-one';

/* Enter opens the only quartier that answers; a name of both a dispositif and its measure is told once. */

type Found = { readonly ailleurs: readonly { readonly nom: string }[] };

const ref = loadReferentiel();
describe('la recherche', () => {
	let db: Db;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, '2026-11-22');
	}, 60_000);
	const ask = (q: string) => searchAll(db, ref, buildSearchIndex([], []), { q, territoire: null, genre: null });

	it('un seul quartier répond à tous les mots : Entrée y mène ; plusieurs, ou un mot mal écrit : on choisit', async () => {
		expect(theOne(await ask('Lamartine'))).toBeNull();
		expect(theOne(await ask('QNZZZ01F'))).toBe('/territoires/ZZ0000001/QNZZZ01F');
		expect(theOne(await ask('tilleuls'))).toBeNull();
		expect(theOne(await ask('hauts-prez'))).toBeNull();
	});

	it('une intercommunalité dont rien n’est là se propose à qui la cherche de n’importe où', async () => {
		const elsewhere = async (search: string) => {
			const url = new URL(`http://croisee/recherche?${search}`);
			const found = (await load({ locals: { db }, url } as unknown as Parameters<typeof load>[0])) as Found;
			return found.ailleurs.map((t) => t.nom);
		};
		for (const search of ['q=valenciennes', 'q=valenciennes&parmi=lieux', 'q=valenciennes&territoire=ZZ0000001'])
			expect((await elsewhere(search))[0], search).toBe('CA Valenciennes Métropole');
		expect(await elsewhere('q=aubrelle'), 'ce qui est là se lit').toEqual([]);
	});

	it('un dispositif et sa mesure de même nom ne se disent qu’une fois', async () => {
		const { groupes } = await ask('fonds chaleur');
		const titles = groupes
			.filter((g) => g.genre === 'dispositif' || g.genre === 'mesure')
			.flatMap((g) => g.hits.map((h) => h.entry.titre));
		expect(titles.filter((t) => t === 'Fonds chaleur')).toHaveLength(1);
	});
});
