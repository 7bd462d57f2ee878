import { error } from '@sveltejs/kit';
import { buildFeuilleDeRoute } from '$lib/domain/roadmap/feuille-de-route';
import { exportFeuilleDeRoute, FORMATS, type Format } from '$lib/server/exports/exports';
import { readQuartier } from '$lib/server/read-quartier';
import { loadReferentiel } from '$lib/server/referentiel';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, locals }) => {
	if (!(FORMATS as readonly string[]).includes(params.format))
		error(404, 'Ce format n’existe pas : docx, xlsx ou json.');
	const ref = loadReferentiel();
	const view = await readQuartier(locals.db, ref, params.qpv, locals.today, params.code);
	if (!view) error(404, 'Ce quartier n’est pas dans cette base.');
	const file = await exportFeuilleDeRoute(buildFeuilleDeRoute(view, ref), params.format as Format);
	return new Response(file.octets as BodyInit, {
		headers: {
			'content-type': file.type,
			'content-disposition': `attachment; filename="${file.nom}"`,
			'cache-control': 'no-store'
		}
	});
};
