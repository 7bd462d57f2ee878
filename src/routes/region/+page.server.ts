import { regionPage } from '$lib/domain/pages/region-page';
import { readRegion } from '$lib/server/read-region';
import { loadReferentiel } from '$lib/server/referentiel';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const ref = loadReferentiel();
	const view = await readRegion(locals.db, ref, url.searchParams.get('region'), locals.today);
	return { page: regionPage(view, ref), papier: 'a3' };
};
