import { error } from '@sveltejs/kit';
import { readRequests } from '$lib/server/funding/read-requests';
import { loadReferentiel } from '$lib/server/referentiel';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url }) => {
	const asked = (name: string) => url.searchParams.get(name) || null;
	const choix = {
		dispositif: asked('dispositif'),
		annee: Number(asked('annee')) || null,
		quartier: asked('quartier'),
		tout: asked('tout') !== null
	};
	const read = await readRequests(locals.db, loadReferentiel(), params.code, choix, locals.today);
	if (!read) error(404, 'Ce territoire n’est pas dans cette base. Vérifiez le code, ou importez un de ses plans.');
	const { code, nom, fictif } = read.territory;
	return { page: read.page, choix, territoire: { code: code as string, nom, fictif } };
};
