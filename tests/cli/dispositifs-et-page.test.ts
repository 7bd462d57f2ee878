import { afterAll, beforeAll, expect, it } from 'vitest';
import { open } from '../../src/lib/server/db/client';
import { readRequests } from '../../src/lib/server/funding/read-requests';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { AUJOURDHUI, bench } from './run';

/* What a script counts in « dispositifs --json » is what the page of requests says. */

const { json, base, clean } = bench();
const CODE = 'ZZ0000001';
interface Line {
	readonly action: string;
	readonly verdict: string;
	readonly deja: string | null;
	readonly peutEtre: string | null;
	readonly pret: boolean;
	readonly boucle: boolean;
}

beforeAll(async () => {
	await json(['demo']);
}, 120_000);
afterAll(clean);

it('les actions à instruire de la page, et celles qui ne le sont que pour un prêt, se recomptent du JSON', async () => {
	const lines = (await json(['dispositifs', '--territoire', CODE])).json as Line[];
	const free = lines.filter((l) => l.verdict === 'a-instruire' && !l.deja && !l.peutEtre && !l.boucle);
	const actions = new Set(free.map((l) => l.action));
	const aided = new Set(free.filter((l) => !l.pret).map((l) => l.action));
	const db = await open(base);
	const choice = { dispositif: null, annee: null, quartier: null };
	const { page } = (await readRequests(db, loadReferentiel(), CODE, choice as never, AUJOURDHUI))!;
	await db.destroy();
	expect(page.ouverture).toMatch(new RegExp(`^${actions.size}\\sactions à instruire`));
	expect(page.chapo).toMatch(new RegExp(`^${actions.size - aided.size}\\s`));
}, 60_000);
