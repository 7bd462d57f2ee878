import { error } from '@sveltejs/kit';
import { mapPage } from '$lib/domain/pages/map-page';
import { crossedTerritory } from '$lib/server/read-territory';
import { loadReferentiel } from '$lib/server/referentiel';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const crossed = await crossedTerritory(locals.db, loadReferentiel(), params.code, locals.today);
	if (!crossed) error(404, 'Ce territoire n’est pas dans cette base. Importez ses périmètres, puis un plan.');
	const { territory } = crossed.view;
	return {
		page: mapPage(crossed, url.searchParams.get('par'), url.searchParams.get('quartier')),
		territoire: { code: territory.code as string, nom: territory.nom, fictif: territory.fictif }
	};
};
