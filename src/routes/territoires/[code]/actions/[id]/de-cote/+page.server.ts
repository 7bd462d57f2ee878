import { error, fail, redirect } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { setAside } from '$lib/server/actions/create-action';
import { readAside } from '$lib/server/actions/read-aside';
import { loadReferentiel } from '$lib/server/referentiel';
import { nameOf, rememberName } from '$lib/server/signature';
import { getTerritory } from '$lib/server/territories';
import { doer, words } from '../../edit-forms.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, cookies }) => {
	const territoire = await getTerritory(locals.db, params.code);
	if (!territoire) error(404, 'Ce territoire n’est pas dans cette base.');
	const action = await readAside(locals.db, loadReferentiel(), params.code, params.id);
	// Put back, or never set aside: its page of always says it.
	if (!action) redirect(303, `/territoires/${params.code}/actions/${params.id}`);
	return {
		action,
		nom: nameOf(cookies),
		territoire: { code: territoire.code, nom: territoire.nom, fictif: territoire.fictif }
	};
};

export const actions: Actions = {
	remettre: async (event) => {
		const form = await event.request.formData();
		const asked = { ...doer(event, form), actions: [event.params.id], ecartee: false };
		const done = await setAside(event.locals.db, asked);
		if (isRefusal(done)) return fail(422, done);
		rememberName(event.cookies, words(form, 'par'));
		redirect(303, `/territoires/${event.params.code}/actions/${event.params.id}?fait=${done ?? ''}`);
	}
};
