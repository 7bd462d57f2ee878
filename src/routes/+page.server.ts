import { firstSteps } from '$lib/domain/pages/first-steps';
import { holdsWords, homeOrderWords, inHomeOrder, stillReads } from '$lib/domain/pages/home-page';
import { homeTitle, whatFirst } from '$lib/domain/pages/inbox-words';
import { decidedTerritories } from '$lib/server/db/decisions';
import { readCounts } from '$lib/server/inbox';
import { loadReferentiel } from '$lib/server/referentiel';
import { likelyTerritory, listTerritories } from '$lib/server/territories';
import type { PageServerLoad } from './$types';

/** A first reading of many territories takes longer than one waits for a page: those left are counted at the next one. */
const PATIENCE_MS = 800;

export const load: PageServerLoad = async ({ locals, depends }) => {
	depends('croisee:attente');
	const tous = await listTerritories(locals.db);
	const worked = await decidedTerritories(locals.db);
	const lus = inHomeOrder(
		tous.filter((t) => t.plans > 0),
		worked
	);
	const codes = lus.map((t) => t.code);
	const counts = await readCounts(locals.db, loadReferentiel(), codes, locals.today, { ms: PATIENCE_MS });
	// A territory of one's own; the demonstration never.
	const own = lus.find((t) => !t.fictif) ?? likelyTerritory(tous);
	return {
		lus: lus.map((t) => ({ ...t, tient: holdsWords(t), reste: stillReads(t) })),
		sans: tous.filter((t) => t.plans === 0),
		ordre: homeOrderWords(lus, worked),
		/** What waits in each, in words, once it has been counted. */
		attente: Object.fromEntries([...counts].map(([code, own]) => [code, homeTitle([own])])),
		manquants: codes.filter((code) => !counts.has(code)).length,
		titre: homeTitle([...counts.values()]),
		/** Where to begin: in a territory of one's own, once it has been counted. */
		dabord: own && counts.has(own.code) ? whatFirst({ nom: own.nom, comptes: counts.get(own.code)! }) : null,
		/** Where the first steps are: a territory of one's own, never the demonstration. */
		mien: own && { code: own.code, nom: own.nom },
		pas: firstSteps(own ?? { nom: null, code: null, quartiers: 0, plans: 0, actions: 0 })
	};
};
