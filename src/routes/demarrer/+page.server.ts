import { redirect } from '@sveltejs/kit';
import { findOwn, readFirstRun } from '$lib/server/first-run';
import { rememberTerritory } from '$lib/server/own-territory';
import { listTerritories } from '$lib/server/territories';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, cookies }) => {
	const q = (url.searchParams.get('q') ?? '').trim();
	const trouves = q ? findOwn(q) : [];
	// The only one meant: the next page says its name, and leads back here.
	if (trouves.length === 1) {
		const { code } = trouves[0]!;
		rememberTerritory(cookies, code);
		const read = (await listTerritories(locals.db)).some((t) => t.code === code && t.plans > 0);
		redirect(303, read ? `/demarrer?territoire=${code}` : `/apporter?territoire=${code}`);
	}
	const anew = url.searchParams.has('choisir');
	return { ...(await readFirstRun(locals.db, cookies, url.searchParams.get('territoire'), anew)), q, trouves };
};
