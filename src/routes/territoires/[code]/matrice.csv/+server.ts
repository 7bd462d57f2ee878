import { error } from '@sveltejs/kit';
import { DIMENSIONS, type DimensionId } from '$lib/domain/crossing/matrix';
import { matrixCsv } from '$lib/server/exports/exports';
import { viewMatrix } from '$lib/domain/crossing/view-matrix';
import { readTerritory } from '$lib/server/read-territory';
import { loadReferentiel } from '$lib/server/referentiel';
import type { RequestHandler } from './$types';

const dimension = (wanted: string | null, fallback: DimensionId): DimensionId =>
	(DIMENSIONS as readonly (string | null)[]).includes(wanted) ? (wanted as DimensionId) : fallback;

export const GET: RequestHandler = async ({ params, url, locals }) => {
	const ref = loadReferentiel();
	const view = await readTerritory(locals.db, ref, params.code, locals.today);
	if (!view) error(404, 'Ce territoire n’est pas dans cette base.');
	const matrix = viewMatrix(view, ref, {
		lignes: dimension(url.searchParams.get('lignes'), 'croises'),
		colonnes: dimension(url.searchParams.get('colonnes'), 'quartier'),
		quartier: null
	});
	return new Response(matrixCsv(matrix), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="matrice-${params.code}-${view.asOf}.csv"`
		}
	});
};
