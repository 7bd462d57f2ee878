import { error, fail, redirect } from '@sveltejs/kit';
import { groupAnomalies } from '$lib/domain/import/import-groups';
import { isRefusal } from '$lib/domain/issue';
import * as imports from '$lib/server/db/imports';
import { getTerritory } from '$lib/server/territories';
import { commitImport, undoImport } from '$lib/server/plans/import-document';
import { loadReferentiel } from '$lib/server/referentiel';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
	const found = await imports.get(locals.db, Number(params.id));
	if (!found) error(404, 'Cet import n’existe pas.');
	const ref = loadReferentiel();
	const territory = await getTerritory(locals.db, found.territoire);
	return {
		etat: found.etat,
		le: found.valideLe ?? found.prepareLe,
		par: found.par,
		report: found.rapport,
		document: found.rapport.document?.titre ?? null,
		groupes: groupAnomalies(found.rapport.anomalies),
		territoire: { code: found.territoire, nom: territory?.nom ?? found.territoire, fictif: territory?.fictif ?? false },
		planLibelle: ref.plans.types.find((t) => t.code === found.plan)?.court ?? found.plan,
		champs: Object.fromEntries(ref.plans.champs.map((c) => [c.champ, c.libelle]))
	};
};

const who = (today: string) => ({ par: 'interface', le: today });

export const actions: Actions = {
	enregistrer: async ({ params, locals }) => {
		const done = await commitImport(locals.db, loadReferentiel(), Number(params.id), who(locals.today));
		if (isRefusal(done)) return fail(409, { refus: done.refus, conseil: done.conseil });
	},
	annuler: async ({ params, locals }) => {
		const done = await undoImport(locals.db, Number(params.id), who(locals.today));
		if (isRefusal(done)) return fail(409, { refus: done.refus, conseil: done.conseil });
	},
	abandonner: async ({ params, locals }) => {
		await imports.discard(locals.db, Number(params.id));
		redirect(303, '/imports');
	}
};
