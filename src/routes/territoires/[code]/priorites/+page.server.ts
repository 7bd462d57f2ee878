import { error, fail, redirect } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { undoGesture } from '$lib/server/confirm-suggestions';
import { mapPriority, readLocalValues } from '$lib/server/map-priorities';
import { loadReferentiel } from '$lib/server/referentiel';
import { nameOf, rememberName } from '$lib/server/signature';
import { getTerritory } from '$lib/server/territories';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, cookies }) => {
	const ref = loadReferentiel();
	const territory = await getTerritory(locals.db, params.code);
	const valeurs = await readLocalValues(locals.db, ref, params.code);
	if (!territory || !valeurs) error(404, 'Ce territoire n’est pas dans cette base.');
	const short = ({ code, court }: { code: string; court: string }) => ({ code, court });
	return {
		valeurs,
		transition: ref.enjeux.transition.map(short),
		ville: ref.enjeux.ville.map(short),
		nom: nameOf(cookies),
		le: locals.today,
		territoire: { code: territory.code as string, nom: territory.nom, fictif: territory.fictif }
	};
};

export const actions: Actions = {
	repondre: async ({ request, params, locals, cookies, url }) => {
		const form = await request.formData();
		const said = (name: string) => String(form.get(name) ?? '').trim();
		const done = await mapPriority(locals.db, loadReferentiel(), {
			territoire: params.code,
			cle: said('cle'),
			enjeux: form.getAll('enjeux').map(String),
			motif: said('motif'),
			par: said('par'),
			le: locals.today
		});
		if (isRefusal(done)) return fail(422, { ...done, cle: said('cle') });
		rememberName(cookies, said('par'));
		redirect(303, url.pathname);
	},

	retirer: async ({ request, params, locals, cookies, url }) => {
		const form = await request.formData();
		const par = rememberName(cookies, form.get('par'));
		const lot = Number(form.get('lot'));
		const done = await undoGesture(locals.db, { territoire: params.code, lot, par, le: locals.today });
		if (isRefusal(done)) return fail(409, { ...done, cle: '' });
		redirect(303, url.pathname);
	}
};
