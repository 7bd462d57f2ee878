import { firstSteps } from '$lib/domain/pages/first-steps';
import { homeTitle, mostWaiting, whatFirst } from '$lib/domain/pages/inbox-words';
import { readCounts } from '$lib/server/inbox';
import { loadReferentiel } from '$lib/server/referentiel';
import { likelyTerritory, listTerritories } from '$lib/server/territories';
import type { PageServerLoad } from './$types';

/** A first reading of many territories takes longer than one waits for a page: those left are counted at the next one. */
const PATIENCE_MS = 800;

export const load: PageServerLoad = async ({ locals, depends }) => {
	depends('croisee:attente');
	const tous = await listTerritories(locals.db);
	const lus = tous.filter((t) => t.plans > 0);
	const codes = lus.map((t) => t.code);
	const counts = await readCounts(locals.db, loadReferentiel(), codes, locals.today, { ms: PATIENCE_MS });
	// Once all are counted, the territory of one's own where most waits; the demonstration never.
	const mine = lus.filter((t) => !t.fictif);
	const counted = mine.length > 0 && mine.every((t) => counts.has(t.code));
	const own = counted ? mostWaiting(mine, counts) : likelyTerritory(tous);
	return {
		tous,
		attente: Object.fromEntries(counts),
		manquants: codes.filter((code) => !counts.has(code)).length,
		titre: homeTitle([...counts.values()]),
		/** Where to begin: in a territory of one's own, once it has been counted. */
		dabord: own && counts.has(own.code) ? whatFirst({ nom: own.nom, comptes: counts.get(own.code)! }) : null,
		/** Where the first steps are: a territory of one's own, never the demonstration. */
		mien: own && { code: own.code, nom: own.nom },
		pas: firstSteps(own ?? { nom: null, code: null, quartiers: 0, plans: 0, actions: 0 })
	};
};
