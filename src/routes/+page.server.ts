import { firstSteps } from '$lib/domain/pages/first-steps';
import {
	firstDoors,
	homeListTitle,
	homeOrderWords,
	inHomeOrder,
	otherDoors,
	stillReads,
	unrankedWords
} from '$lib/domain/pages/home-page';
import { movingOf } from '$lib/domain/pages/inbox-words';
import { readCounts, doorsCounted } from '$lib/server/inbox';
import { loadReferentiel } from '$lib/server/referentiel';
import { ownTerritory } from '$lib/server/first-run';
import { listTerritories } from '$lib/server/territories';
import { isReadingAhead } from '$lib/server/warm-up';
import type { PageServerLoad } from './$types';

/** A first reading of many territories takes longer than one waits for a page: those left are counted at the next one. */
const PATIENCE_MS = 800;

export const load: PageServerLoad = async ({ locals, depends, cookies }) => {
	depends('croisee:attente');
	const tous = await listTerritories(locals.db);
	const planned = tous.filter((t) => t.plans > 0);
	const codes = planned.map((t) => t.code);
	const ms = isReadingAhead(locals.db) ? 0 : PATIENCE_MS;
	const counts = await readCounts(locals.db, loadReferentiel(), codes, locals.today, { ms });
	const own = await ownTerritory(locals.db, cookies, tous);
	const portes = doorsCounted(locals.db, codes);
	const worst = new Map([...portes].flatMap(([code, { pire }]) => (pire ? [[code, pire] as const] : [])));
	const lus = inHomeOrder(planned, worst);
	const urgents = new Map([...portes].map(([code, own]) => [code, firstDoors(own.portes)]));
	return {
		lus: lus.map((t) => ({ ...t, reste: stillReads(t) ?? unrankedWords(t, portes.get(t.code)?.portes ?? []) })),
		sans: tous.filter((t) => t.plans === 0),
		titre: homeListTitle(lus, urgents),
		ordre: homeOrderWords(lus, worst),
		/** How many points may change an answer in each, once it has been counted. */
		attente: Object.fromEntries([...counts].map(([code, own]) => [code, movingOf(own)])),
		/** The quartiers to open first, then the others by name, once their territory has been counted. */
		urgents: Object.fromEntries(urgents),
		autres: Object.fromEntries([...portes].map(([code, own]) => [code, otherDoors(own.portes)])),
		/** What the page of each opens with. */
		titres: Object.fromEntries([...portes].map(([code, own]) => [code, own.titre])),
		manquants: codes.filter((code) => !counts.has(code)).length,
		/** Where the first steps are: the territory somebody chose, never the demonstration. */
		mien: own?.code ? { code: own.code, nom: own.nom } : null,
		pas: firstSteps(own ?? { nom: null, code: null, quartiers: 0, plans: 0, actions: 0 })
	};
};
