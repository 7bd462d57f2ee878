import { readCounts } from '$lib/server/inbox';
import { OPEN_FOR_READING } from '$lib/server/read-only';
import { loadReferentiel } from '$lib/server/referentiel';
import { listTerritories, unreadEpci } from '$lib/server/territories';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, params, url }) => {
	// The page of the search has a territory in hand too.
	const code = params.code ?? url.searchParams.get('territoire');
	const territoires = await listTerritories(locals.db);
	// Only what is already known: the frame of a page never makes it wait.
	// Without a plan nothing waits for anyone, as the home page counts.
	const read = territoires.some((t) => t.code === code && t.plans > 0);
	const known = read ? await readCounts(locals.db, loadReferentiel(), [code!], locals.today, { ms: 0 }) : null;
	return {
		territoires: territoires.filter((t) => t.plans > 0 || t.fictif),
		today: locals.today,
		/** Why nothing can be changed here; null where one works. */
		enLecture: locals.lecture ? OPEN_FOR_READING : null,
		/** Known by its name alone: nothing of it to open here, and files to bring. */
		sansDonnees: code && territoires.every((t) => t.code !== code) ? await unreadEpci(locals.db, code) : null,
		attente: known?.get(code!) ?? null
	};
};
