import * as imports from '$lib/server/db/imports';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
	const { rapport } = (await imports.get(locals.db, Number(params.id)))!;
	return { lieux: rapport.quartiersNonReconnus };
};
