import { error } from '@sveltejs/kit';
import { mapQuartiers } from '$lib/domain/pages/map-model';
import { territoryPage } from '$lib/domain/pages/page-model';
import { readTerritory } from '$lib/server/read-territory';
import { loadReferentiel } from '$lib/server/referentiel';
import { nameOf } from '$lib/server/signature';
import { gapActions } from './decide-gap.server';
import type { Actions, PageServerLoad } from './$types';

/* The selected cell and the filters live in the address and are read by the page: they ask nothing of the server. */
export const load: PageServerLoad = async ({ locals, params, cookies }) => {
	const ref = loadReferentiel();
	const view = await readTerritory(locals.db, ref, params.code, locals.today);
	if (!view) error(404, 'Ce territoire n’est pas dans cette base. Importez ses périmètres, puis un plan.');
	const page = territoryPage(view, ref);
	return {
		page,
		carte: mapQuartiers(view.quartiers),
		territoire: { code: page.code, nom: page.nom, fictif: page.fictif },
		nom: nameOf(cookies),
		papier: 'a3'
	};
};

export const actions: Actions = gapActions;
