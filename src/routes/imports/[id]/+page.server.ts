import { fail, redirect } from '@sveltejs/kit';
import { COST_OF_BLANK, thingsToLookAt } from '$lib/domain/import/to-look-at';
import { isRefusal } from '$lib/domain/issue';
import * as imports from '$lib/server/db/imports';
import { undoImport } from '$lib/server/plans/import-document';
import { runOrFollow } from '../run-job.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
	const { rapport } = (await imports.get(locals.db, Number(params.id)))!;
	const { feuille, ligneEntete, lecture, ignoreesParRaison, incompletude, differences } = rapport;
	return {
		resume: { feuille, ligneEntete, lecture, ignoreesParRaison, incompletude, differences },
		document: rapport.document?.titre ?? null,
		aVoir: thingsToLookAt(rapport),
		couts: COST_OF_BLANK,
		/** Only an Excel workbook can be given back as it is. */
		copie: !/\.xls[xm]$/i.test(rapport.fichier)
	};
};

const who = (today: string) => ({ par: 'interface', le: today });

export const actions: Actions = {
	enregistrer: async ({ params, locals }) => {
		const order = { genre: 'enregistrer', id: Number(params.id), choix: who(locals.today) } as const;
		const done = await runOrFollow(locals.db, order);
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
