import * as imports from '$lib/server/db/imports';
import { loadReferentiel } from '$lib/server/referentiel';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
	const { rapport } = (await imports.get(locals.db, Number(params.id)))!;
	const { champs } = loadReferentiel().plans;
	return { colonnes: rapport.colonnes, champs: Object.fromEntries(champs.map((c) => [c.champ, c.libelle])) };
};
