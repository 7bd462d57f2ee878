import { error } from '@sveltejs/kit';
import { quartierPage } from '$lib/domain/quartier-page';
import { readQuartier } from '$lib/server/read-quartier';
import { loadReferentiel } from '$lib/server/referentiel';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ref = loadReferentiel();
	const view = await readQuartier(locals.db, ref, params.qpv, locals.today, params.code);
	if (!view) error(404, 'Ce quartier n’est pas dans ce territoire. Vérifiez le code, ou importez ses périmètres.');
	const page = quartierPage(view, ref);
	return { page, territoire: page.territoire };
};
