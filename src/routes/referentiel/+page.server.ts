import { referentielPage } from '$lib/domain/pages/referentiel-page';
import { dayAsked } from '$lib/domain/source';
import { loadReferentiel } from '$lib/server/referentiel';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => ({
	page: referentielPage(loadReferentiel(), dayAsked(url.searchParams.get('au'), locals.today))
});
