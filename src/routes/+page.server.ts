import { firstSteps } from '$lib/domain/pages/first-steps';
import { firstDoors, homeOrderWords, inHomeOrder, stillReads } from '$lib/domain/pages/home-page';
import { totalOf } from '$lib/domain/pages/inbox-words';
import { readCounts, doorsCounted } from '$lib/server/inbox';
import { loadReferentiel } from '$lib/server/referentiel';
import { likelyTerritory, listTerritories } from '$lib/server/territories';
import { isReadingAhead } from '$lib/server/warm-up';
import type { PageServerLoad } from './$types';

/** A first reading of many territories takes longer than one waits for a page: those left are counted at the next one. */
const PATIENCE_MS = 800;

export const load: PageServerLoad = async ({ locals, depends }) => {
	depends('croisee:attente');
	const tous = await listTerritories(locals.db);
	const lus = inHomeOrder(tous.filter((t) => t.plans > 0));
	const codes = lus.map((t) => t.code);
	const ms = isReadingAhead(locals.db) ? 0 : PATIENCE_MS;
	const counts = await readCounts(locals.db, loadReferentiel(), codes, locals.today, { ms });
	// A territory of one's own; the demonstration never.
	const own = lus.find((t) => !t.fictif) ?? likelyTerritory(tous);
	const portes = doorsCounted(locals.db, codes);
	return {
		lus: lus.map((t) => ({ ...t, reste: stillReads(t) })),
		sans: tous.filter((t) => t.plans === 0),
		ordre: homeOrderWords(lus),
		/** How many points wait in each, once it has been counted. */
		attente: Object.fromEntries([...counts].map(([code, own]) => [code, totalOf(own)])),
		/** The quartiers, the most urgent first, once their territory has been counted. */
		portes: Object.fromEntries([...portes].map(([code, own]) => [code, own.portes])),
		urgents: Object.fromEntries([...portes].map(([code, own]) => [code, firstDoors(own.portes)])),
		/** What the page of each opens with. */
		titres: Object.fromEntries([...portes].map(([code, own]) => [code, own.titre])),
		manquants: codes.filter((code) => !counts.has(code)).length,
		/** Where the first steps are: a territory of one's own, never the demonstration. */
		mien: own && { code: own.code, nom: own.nom },
		pas: firstSteps(own ?? { nom: null, code: null, quartiers: 0, plans: 0, actions: 0 })
	};
};
