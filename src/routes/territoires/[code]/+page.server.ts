import { error } from '@sveltejs/kit';
import { mapQuartiers } from '$lib/domain/pages/map-model';
import { readMatrix } from '$lib/server/read-matrix';
import { loadReferentiel } from '$lib/server/referentiel';
import { nameOf } from '$lib/server/signature';
import { gapActions } from './decide-gap.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, cookies }) => {
	const read = await readMatrix(locals.db, loadReferentiel(), params.code, locals.today, url.searchParams);
	if (!read) error(404, 'Ce territoire n’est pas dans cette base. Importez ses périmètres, puis un plan.');
	const { page, query, view } = read;
	return {
		page,
		lecture: query,
		carte: mapQuartiers(view.quartiers),
		territoire: { code: page.code, nom: page.nom, fictif: page.fictif },
		nom: nameOf(cookies),
		papier: 'a3'
	};
};

export const actions: Actions = gapActions;
