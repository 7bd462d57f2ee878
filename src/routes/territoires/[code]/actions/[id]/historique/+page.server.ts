import { error } from '@sveltejs/kit';
import { actionHistory } from '$lib/server/plans/action-history';
import { getTerritory } from '$lib/server/territories';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
	const territoire = await getTerritory(locals.db, params.code);
	const histoire = await actionHistory(locals.db, params.id, params.code);
	if (!territoire || !histoire) error(404, 'Aucune action de ce territoire ne porte ce numéro.');
	return { territoire: { code: territoire.code, nom: territoire.nom, fictif: territoire.fictif }, histoire };
};
