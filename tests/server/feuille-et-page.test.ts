import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { number } from '../../src/lib/domain/french';
import { buildFeuilleDeRoute } from '../../src/lib/domain/roadmap/feuille-de-route';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* The roadmap of a quartier counts its gaps as its page does: money one may ask for is told apart. */

const ref = loadReferentiel();
const ASOF = '2026-11-22';

describe('la feuille de route et la page d’un quartier', () => {
	let db: Db;
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, ASOF);
	}, 60_000);
	afterAll(() => db.destroy());

	it('disent le même nombre de lacunes, les opportunités à part', async () => {
		const view = (await readQuartier(db, ref, 'QNZZZ04F', ASOF, 'ZZ0000001'))!;
		const open = view.gaps.filter((g) => !g.ecartee);
		const of = (reponse: string) => open.filter((g) => g.reponse === reponse).length;
		expect(of('opportunite')).toBeGreaterThan(0);
		const { paragraphes } = buildFeuilleDeRoute(view, ref).sections.find((s) => s.id === 'lacunes')!;
		const said = `${paragraphes[0]}`.replace(/\s/g, ' ');
		expect(said).toMatch(
			new RegExp(
				`^${number(of('alerte'))} lacunes et ${number(of('opportunite'))} opportunités? dans les données saisies`
			)
		);
	});
});
