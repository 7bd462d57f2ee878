import { error, fail, redirect } from '@sveltejs/kit';
import { EDITABLE_COLUMNS } from '$lib/domain/actions/columns';
import { choicesOf } from '$lib/domain/gabarits/choices';
import { refAt } from '$lib/domain/rules/families-here';
import { isRefusal } from '$lib/domain/issue';
import { columnForms } from '$lib/server/actions/cell-to-edit';
import { createAction } from '$lib/server/actions/create-action';
import * as documents from '$lib/server/db/documents';
import { quartiersOf } from '$lib/server/db/territories';
import { loadReferentiel } from '$lib/server/referentiel';
import { nameOf, rememberName } from '$lib/server/signature';
import { getTerritory } from '$lib/server/territories';
import { doer, words } from '../edit-forms.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, cookies }) => {
	const ref = loadReferentiel();
	const territory = await getTerritory(locals.db, params.code);
	if (!territory) error(404, 'Ce territoire n’est pas dans cette base.');
	const choices = choicesOf(refAt(ref, territory), await quartiersOf(locals.db, params.code));
	return {
		nom: nameOf(cookies),
		documents: (await documents.listByTerritory(locals.db, params.code)).map(({ id, titre, plan }) => ({
			id,
			titre,
			plan
		})),
		plans: ref.plans.types.map(({ code, court }) => ({ code, court })),
		champs: columnForms(choices),
		territoire: { code: territory.code, nom: territory.nom, fictif: territory.fictif }
	};
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const valeurs = Object.fromEntries(EDITABLE_COLUMNS.map(({ cle }) => [cle, words(form, cle)]));
		const [where, plan = ''] = words(form, 'ou').split(':');
		const done = await createAction(event.locals.db, loadReferentiel(), {
			...doer(event, form),
			...{ document: where === 'main' ? '' : (where ?? ''), plan, valeurs }
		});
		if (isRefusal(done)) return fail(422, { ...done, valeurs, ou: words(form, 'ou') });
		rememberName(event.cookies, words(form, 'par'));
		redirect(303, `/territoires/${event.params.code}/actions/${done}`);
	}
};
