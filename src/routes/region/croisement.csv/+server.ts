import { cubeCsv } from '$lib/server/exports/cube-csv';
import { loadReferentiel } from '$lib/server/referentiel';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, locals }) => {
	const text = await cubeCsv(locals.db, loadReferentiel(), url.searchParams.get('region'), locals.today);
	return new Response(text, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="croisement-region-${locals.today}.csv"`
		}
	});
};
