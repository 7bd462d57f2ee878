import { fail, redirect } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { chooseTerritory } from '$lib/server/choose-territory';
import { findOwn, readFirstRun } from '$lib/server/first-run';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const q = (url.searchParams.get('q') ?? '').trim();
	return { ...(await readFirstRun(locals.db, url.searchParams.get('territoire'))), q, trouves: q ? findOwn(q) : [] };
};

export const actions: Actions = {
	choisir: async ({ request, locals }) => {
		const done = await chooseTerritory(locals.db, String((await request.formData()).get('code') ?? ''));
		if (isRefusal(done)) return fail(422, done);
		redirect(303, `/demarrer?territoire=${encodeURIComponent(done.code)}#perimetres`);
	}
};
