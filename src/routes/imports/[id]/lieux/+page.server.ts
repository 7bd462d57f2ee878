import { fail } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { communeQuestions, parsePlaceForm, placeQuestions } from '$lib/domain/pages/place-questions';
import type { Db } from '$lib/server/db/client';
import * as imports from '$lib/server/db/imports';
import { answered, answerPlaces, placesOf, withdrawAnswer } from '$lib/server/plans/answer-places';
import { nameOf, rememberName } from '$lib/server/signature';
import { runOrFollow } from '../../run-job.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, cookies }) => {
	const { rapport, territoire, etat } = (await imports.get(locals.db, Number(params.id)))!;
	const { quartiers, ...shown } = await placesOf(locals.db, territoire);
	const naming = ({ titre, ligne }: { titre: string; ligne: number | null }) => ({
		titre,
		origine: ligne === null ? rapport.fichier : `ligne ${ligne}`
	});
	const named = rapport.quartiersNonReconnus.map(({ actions, lignes, ...place }) => ({
		place,
		actions: (actions ?? lignes.map((ligne) => ({ titre: '', ligne }))).map(naming)
	}));
	const communes = (rapport.communesNonReconnues ?? []).map((c) => ({ ...c, actions: c.actions.map(naming) }));
	// Once saved, the questions are those of the territory: they are asked there, as they stand today.
	const questions = etat === 'prepare' ? [...placeQuestions(named, quartiers), ...communeQuestions(communes)] : [];
	return { questions, aucunQuartier: quartiers.length === 0, nom: nameOf(cookies), ...shown };
};

const readAgain = (db: Db, id: number): ReturnType<typeof runOrFollow> =>
	runOrFollow(db, { genre: 'relire', id, choix: {} }, undefined, `/imports/${id}/lieux`);

export const actions: Actions = {
	repondre: async ({ request, params, locals, cookies }) => {
		const form = await request.formData();
		const { territoire } = (await imports.get(locals.db, Number(params.id)))!;
		const par = String(form.get('par') ?? '').trim();
		const nombre = Number(form.get('nombre'));
		const asked = parsePlaceForm({ lire: (name) => form.getAll(name).map(String), nombre });
		if (!Array.isArray(asked)) return fail(422, asked);
		const done = await answerPlaces(locals.db, { territoire, par, le: locals.today }, asked);
		if (isRefusal(done)) return fail(422, done);
		rememberName(cookies, par);
		const outcome = await readAgain(locals.db, Number(params.id));
		if (isRefusal(outcome)) return fail(409, { refus: outcome.refus, conseil: outcome.conseil });
		return { fait: `${answered(done)}. Le fichier a été relu.` };
	},

	retirer: async ({ request, params, locals }) => {
		const { territoire, etat } = (await imports.get(locals.db, Number(params.id)))!;
		const id = Number((await request.formData()).get('id'));
		if (!(await withdrawAnswer(locals.db, { territoire, id, le: locals.today })))
			return fail(409, { refus: 'Cette réponse a déjà été retirée.', conseil: null });
		if (etat === 'prepare') {
			const outcome = await readAgain(locals.db, Number(params.id));
			if (isRefusal(outcome)) return fail(409, { refus: outcome.refus, conseil: outcome.conseil });
		}
		return { fait: 'Réponse retirée\u00a0: la question est posée de nouveau.' };
	}
};
