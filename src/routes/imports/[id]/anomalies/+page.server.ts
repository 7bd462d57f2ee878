import { groupAnomalies } from '$lib/domain/import/import-groups';
import * as anomalies from '$lib/server/db/anomalies';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => ({
	groupes: groupAnomalies(await anomalies.listAll(locals.db, Number(params.id)))
});
