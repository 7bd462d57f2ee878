import { error } from '@sveltejs/kit';
import { readGaps } from '$lib/server/read-gaps';
import { loadReferentiel } from '$lib/server/referentiel';
import { nameOf } from '$lib/server/signature';
import { gapActions, togetherOf } from '../decide-gap.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, params, url, cookies } = event;
	const read = await readGaps(locals.db, loadReferentiel(), params.code, locals.today, url.searchParams);
	if (!read) error(404, 'Ce territoire n’est pas dans cette base. Importez ses périmètres, puis un plan.');
	const { page, choisi, view, soir } = read;
	return {
		page,
		choisi,
		soir,
		territoire: { code: page.code, nom: page.nom, fictif: page.fictif },
		nom: nameOf(cookies),
		ensemble: soir || locals.lecture ? null : await togetherOf(event, view.gaps)
	};
};

export const actions: Actions = gapActions;
