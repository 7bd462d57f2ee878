import { beforeAll, describe, expect, it } from 'vitest';
import { buildSearchIndex } from '../../src/lib/domain/search/search-index';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { searchAll } from '../../src/lib/server/search';
import { theOne } from '../../src/routes/recherche/the-one';

/* Enter opens the only quartier that answers; a name of both a dispositif and its measure is told once. */

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

	it('un dispositif et sa mesure de même nom ne se disent qu’une fois', async () => {
		const { groupes } = await ask('fonds chaleur');
		const titles = groupes
			.filter((g) => g.genre === 'dispositif' || g.genre === 'mesure')
			.flatMap((g) => g.hits.map((h) => h.entry.titre));
		expect(titles.filter((t) => t === 'Fonds chaleur')).toHaveLength(1);
	});
});
