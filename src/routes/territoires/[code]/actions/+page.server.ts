import { error } from '@sveltejs/kit';
import { readQuery } from '$lib/domain/actions/table-query';
import { readActionTable } from '$lib/server/actions/read-actions';
import { readOperations } from '$lib/server/actions/read-operations';
import { inForce } from '$lib/server/db/gestures';
import { loadReferentiel } from '$lib/server/referentiel';
import { nameOf } from '$lib/server/signature';
import { aside, modify, undo } from './edit-forms.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url, cookies }) => {
	const ref = loadReferentiel();
	const asked = {
		query: readQuery(url.searchParams),
		modifier: locals.lecture ? null : url.searchParams.get('modifier')
	};
	const read = await readActionTable(locals.db, ref, params.code, locals.today, asked);
	if (!read) error(404, 'Ce territoire n’est pas dans cette base.');
	const { territory, query, ...page } = read;
	const nom = nameOf(cookies);
	return {
		page,
		query,
		nom,
		fait: await inForce(locals.db, params.code, Number(url.searchParams.get('fait'))),
		operations: await readOperations(locals.db, ref, params.code, { nom, asOf: locals.today }),
		territoire: { code: territory.code, nom: territory.nom, fictif: territory.fictif },
		le: locals.today,
		papier: query.imprimer ? 'a4-paysage' : 'a3'
	};
};

export const actions: Actions = {
	modifier: (event) => modify(event),
	ecarter: (event) => aside(event, true),
	remettre: (event) => aside(event, false),
	annuler: (event) => undo(event)
};
