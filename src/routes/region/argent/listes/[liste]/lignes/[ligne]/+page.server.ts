import { error } from '@sveltejs/kit';
import { readGrantRow } from '$lib/server/ledger/read-grant-row';
import { loadReferentiel } from '$lib/server/referentiel';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
	const ligne = await readGrantRow(locals.db, loadReferentiel(), Number(params.liste), Number(params.ligne));
	if (!ligne) error(404, 'Aucun projet n’a été lu à cette ligne.');
	return { ligne };
};
