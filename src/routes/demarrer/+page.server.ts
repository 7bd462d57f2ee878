import { redirect } from '@sveltejs/kit';
import { findOwn, readFirstRun } from '$lib/server/first-run';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const q = (url.searchParams.get('q') ?? '').trim();
	const trouves = q ? findOwn(q) : [];
	// The only one meant: the next page says its name, and leads back here.
	if (trouves.length === 1) redirect(303, `/apporter?territoire=${trouves[0]!.code}`);
	return { ...(await readFirstRun(locals.db, url.searchParams.get('territoire'))), q, trouves };
};
