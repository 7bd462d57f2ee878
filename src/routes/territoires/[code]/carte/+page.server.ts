import { error } from '@sveltejs/kit';
import { mapCommunes } from '$lib/domain/pages/map-model';
import { mapPage } from '$lib/domain/pages/map-page';
import { mapSketch } from '$lib/domain/pages/map-sketch';
import { outlinesOf } from '$lib/server/db/commune-outlines';
import { crossedTerritory } from '$lib/server/read-territory';
import { loadReferentiel } from '$lib/server/referentiel';
import { foreseenInsets } from '../foreseen-map';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const crossed = await crossedTerritory(locals.db, loadReferentiel(), params.code, locals.today);
	if (!crossed) error(404, 'Ce territoire n’est pas dans cette base. Importez ses périmètres, puis un plan.');
	const { territory, quartiers } = crossed.view;
	const outlines = await outlinesOf(
		locals.db,
		territory.communes.map((c) => c.code)
	);
	return {
		page: mapPage(crossed, url.searchParams.get('par'), url.searchParams.get('quartier')),
		encarts: foreseenInsets(quartiers),
		esquisse: mapSketch(quartiers.map((q) => q.quartier)),
		communes: mapCommunes(territory.communes, quartiers, new Map(outlines.map((o) => [o.code, o.geometrie]))),
		sources: [...new Set(outlines.map((o) => o.source))],
		territoire: { code: territory.code as string, nom: territory.nom, fictif: territory.fictif }
	};
};
