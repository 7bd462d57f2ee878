import { referentielPage } from '$lib/domain/pages/referentiel-page';
import { loadReferentiel } from '$lib/server/referentiel';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({ page: referentielPage(loadReferentiel(), locals.today) });
