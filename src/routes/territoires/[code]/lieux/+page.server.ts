import { error, fail } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { parsePlaceForm } from '$lib/domain/pages/place-questions';
import { answered, answerPlaces, territoryQueue, withdrawAnswer } from '$lib/server/plans/answer-places';
import { loadReferentiel } from '$lib/server/referentiel';
import { nameOf, rememberName } from '$lib/server/signature';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, cookies }) => {
	const queue = await territoryQueue(locals.db, loadReferentiel(), params.code, locals.today);
	if (!queue) error(404, 'Ce territoire n’est pas dans cette base. Importez ses périmètres, puis un plan.');
	const { nom, fictif, ...file } = queue;
	return { ...file, territoire: { code: params.code, nom, fictif }, nom: nameOf(cookies) };
};

export const actions: Actions = {
	repondre: async ({ request, params, locals, cookies }) => {
		const form = await request.formData();
		const par = String(form.get('par') ?? '').trim();
		const nombre = Number(form.get('nombre'));
		const asked = parsePlaceForm({ lire: (name) => form.getAll(name).map(String), nombre });
		if (!Array.isArray(asked)) return fail(422, asked);
		const done = await answerPlaces(locals.db, { territoire: params.code, par, le: locals.today }, asked);
		if (isRefusal(done)) return fail(422, done);
		rememberName(cookies, par);
		return { fait: `${answered(done)}.` };
	},

	retirer: async ({ request, params, locals }) => {
		const id = Number((await request.formData()).get('id'));
		if (!(await withdrawAnswer(locals.db, { territoire: params.code, id, le: locals.today })))
			return fail(409, { refus: 'Cette réponse a déjà été retirée.', conseil: null });
		return { fait: 'Réponse retirée\u00a0: la question est posée de nouveau.' };
	}
};
