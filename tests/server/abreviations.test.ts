import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileSearch } from '../../src/lib/domain/actions/search';
import { readQuery } from '../../src/lib/domain/actions/table-query';
import { synonymsOf } from '../../src/lib/domain/search/entries';
import { readActionTable } from '../../src/lib/server/actions/read-actions';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { loadReferentiel } from '../../src/lib/server/referentiel';

const LE = '2026-11-22';
const ref = loadReferentiel();
let db: Db;
beforeAll(async () => {
	db = await open(':memory:');
	await loadDemonstration(db, ref, LE);
}, 120_000);
afterAll(() => db.destroy());

const found = async (q: string) =>
	(await readActionTable(db, ref, 'ZZ0000001', LE, {
		query: readQuery(new URLSearchParams({ q })),
		modifier: null
	}))!.table.trouvees;

describe('une abréviation et ses mots trouvent les mêmes actions', () => {
	it('dans le tableau, autant d’un côté que de l’autre', async () => {
		for (const [short, long] of [
			['logt', 'logement'],
			['EnR', 'énergies renouvelables'],
			['rénov', 'rénovation'],
			['copro', 'copropriété']
		] as const)
			expect([short, (await found(short)) >= (await found(long)), await found(long)]).toEqual([
				short,
				true,
				expect.any(Number)
			]);
		expect(await found('logt')).toBeGreaterThan(5);
		expect(await found('EnR')).toBeGreaterThan(4);
	});

	it('dans les deux sens, et marquées', () => {
		const ways = synonymsOf(ref);
		const search = (q: string) => compileSearch(q, {}, ways)!;
		expect(search('transports collectifs').finds(['Renforcer l’offre de TC'])).toBe(true);
		expect(search('TC').finds(['Renforcer les transports en commun'])).toBe(true);
		expect(search('TC').finds(['Un lieu commun pour les transports'])).toBe(false);
		expect(search('economie sociale et solidaire').finds(['Soutenir l’ESS'])).toBe(true);
		expect(
			search('EnR')
				.mark('Produire des énergies renouvelables')
				.filter((_, i) => i % 2)
		).toEqual(['énergies', 'renouvelables']);
	});
});
