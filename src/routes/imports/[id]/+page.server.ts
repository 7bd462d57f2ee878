import { fail, redirect } from '@sveltejs/kit';
import { returnedAs } from '$lib/domain/import/cell-marks';
import { ignoredSentences } from '$lib/domain/import/ignored-words';
import { COST_OF_BLANK, SHOWN_FIRST, thingsToLookAt } from '$lib/domain/import/to-look-at';
import { isRefusal } from '$lib/domain/issue';
import * as imports from '$lib/server/db/imports';
import { requestAgain } from '$lib/server/plans/import-document';
import { signatureOf } from '$lib/server/signature';
import { runOrFollow } from '../run-job.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, parent }) => {
	const { rapport } = (await imports.get(locals.db, Number(params.id)))!;
	const { feuille, ligneEntete, lecture, ignoreesParRaison, incompletude, differences } = rapport;
	const things = thingsToLookAt(rapport);
	return {
		resume: { feuille, ligneEntete, lecture, incompletude, differences },
		ignorees: ignoredSentences(ignoreesParRaison, { ...rapport, territoire: (await parent()).territoire.nom }),
		document: rapport.document?.titre ?? null,
		aVoir: things.slice(0, SHOWN_FIRST),
		aVoirEncore: things.slice(SHOWN_FIRST),
		couts: COST_OF_BLANK,
		rendu: returnedAs(rapport.fichier)
	};
};

export const actions: Actions = {
	enregistrer: async ({ params, locals, cookies }) => {
		const choix = { par: signatureOf(cookies), le: locals.today };
		const order = { genre: 'enregistrer', id: Number(params.id), choix } as const;
		const done = await runOrFollow(locals.db, order);
		if (isRefusal(done)) return fail(409, { refus: done.refus, conseil: done.conseil });
	},
	// An import taken back is read again from its own file: it waits to be saved, like any other.
	retablir: async ({ params, locals, cookies }) => {
		const again = await requestAgain(locals.db, Number(params.id));
		if (isRefusal(again)) return fail(409, { refus: again.refus, conseil: again.conseil });
		const demande = { ...again, par: signatureOf(cookies), le: locals.today };
		const done = await runOrFollow(locals.db, { genre: 'lire', demande });
		if (isRefusal(done)) return fail(409, { refus: done.refus, conseil: done.conseil });
		redirect(303, `/imports/${done.import}`);
	},
	abandonner: async ({ params, locals }) => {
		const id = Number(params.id);
		const found = await imports.get(locals.db, id);
		const discarded = await imports.discard(locals.db, id);
		// Saved meanwhile by somebody else: its own page says so.
		if (!found || !discarded) redirect(303, found ? `/imports/${id}` : '/apporter');
		redirect(303, `/apporter?territoire=${found.territoire}&laisse=import`);
	}
};
