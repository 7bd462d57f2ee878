import { error, fail, redirect } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { undoGesture } from '$lib/server/confirm-suggestions';
import { readDecisionHistory } from '$lib/server/decision-history';
import { loadReferentiel } from '$lib/server/referentiel';
import { nameOf, rememberName } from '$lib/server/signature';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url, cookies }) => {
	const asked = Number(url.searchParams.get('page'));
	const signatures = url.searchParams.get('genre') === 'signature';
	const read = await readDecisionHistory(locals.db, loadReferentiel(), params.code, asked, signatures);
	if (!read) error(404, 'Ce territoire n’est pas dans cette base.');
	const { territory, ...page } = read;
	return {
		page,
		nom: nameOf(cookies),
		le: locals.today,
		territoire: { code: territory.code, nom: territory.nom, fictif: territory.fictif }
	};
};

export const actions: Actions = {
	annuler: async ({ request, params, locals, cookies, url }) => {
		const form = await request.formData();
		const lot = Number(form.get('lot'));
		const par = String(form.get('par') ?? '').trim();
		const done = await undoGesture(locals.db, { territoire: params.code, lot, par, le: locals.today });
		if (isRefusal(done)) return fail(422, { ...done, lot });
		rememberName(cookies, par);
		const genre = form.get('genre') === 'signature' ? 'genre=signature&' : '';
		redirect(303, `${url.pathname}?${genre}page=${Number(form.get('page')) || 1}#lot-${lot}`);
	}
};
