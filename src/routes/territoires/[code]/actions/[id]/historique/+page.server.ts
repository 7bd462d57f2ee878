import { error, fail, redirect } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { restoreValue } from '$lib/server/actions/edit-cells';
import { lastEntry } from '$lib/server/db/journal';
import { actionHistory } from '$lib/server/plans/action-history';
import { nameOf, rememberName } from '$lib/server/signature';
import { getTerritory } from '$lib/server/territories';
import { doer, words } from '../../edit-forms.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, cookies }) => {
	const vu = await lastEntry(locals.db);
	const territoire = await getTerritory(locals.db, params.code);
	const histoire = await actionHistory(locals.db, params.id, params.code);
	if (!territoire || !histoire) error(404, 'Aucune action de ce territoire ne porte ce numéro.');
	return {
		vu,
		histoire,
		nom: nameOf(cookies),
		territoire: { code: territoire.code, nom: territoire.nom, fictif: territoire.fictif }
	};
};

export const actions: Actions = {
	restaurer: async (event) => {
		const form = await event.request.formData();
		const entree = Number(words(form, 'entree'));
		const champ = words(form, 'champ');
		const cote = words(form, 'cote') === 'apres' ? ('apres' as const) : ('avant' as const);
		const done = await restoreValue(event.locals.db, {
			...doer(event, form),
			...{ action: event.params.id, entree, champ },
			cote,
			vu: Number(words(form, 'vu'))
		});
		if (isRefusal(done)) return fail(422, { entree, champ, ...done });
		rememberName(event.cookies, words(form, 'par'));
		redirect(303, `${event.url.pathname}?restaure=${entree}~${champ}~${cote}`);
	}
};
