import { error, fail, redirect } from '@sveltejs/kit';
import { isRefusal, type Refusal } from '$lib/domain/issue';
import { undoGesture } from '$lib/server/confirm-suggestions';
import { answerPlaceFact } from '$lib/server/funding/answer-place-facts';
import { readRequests } from '$lib/server/funding/read-requests';
import { loadReferentiel } from '$lib/server/referentiel';
import { nameOf, rememberName } from '$lib/server/signature';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url, cookies }) => {
	const asked = (name: string) => url.searchParams.get(name) || null;
	const choix = {
		dispositif: asked('dispositif'),
		annee: Number(asked('annee')) || null,
		quartier: asked('quartier'),
		tout: asked('tout') !== null
	};
	const read = await readRequests(locals.db, loadReferentiel(), params.code, choix, locals.today);
	if (!read) error(404, 'Ce territoire n’est pas dans cette base. Vérifiez le code, ou importez un de ses plans.');
	const { code, nom, fictif } = read.territory;
	return { page: read.page, choix, territoire: { code: code as string, nom, fictif }, nom: nameOf(cookies) };
};

const words = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

/** Back to the same choice, where the answers are; what is refused is said beside the question, with what was ticked. */
function answer(outcome: number | Refusal, fait: string, form: FormData, url: URL) {
	const saisi = { lieux: form.getAll(`lieu-${fait}`).map(String), source: words(form, `source-${fait}`) };
	if (isRefusal(outcome)) return fail(422, { fait, saisi, refus: outcome });
	const kept = [...url.searchParams].filter(([name]) => !name.startsWith('/'));
	redirect(303, `${url.pathname}?${new URLSearchParams(kept)}#une-fois`);
}

export const actions: Actions = {
	repondre: async ({ request, params, locals, cookies, url }) => {
		const form = await request.formData();
		const par = words(form, 'par');
		// The button pressed says which question, and what: « commune_erbm:oui ».
		const [fait = '', reponse = ''] = words(form, 'reponse').split(':');
		const outcome = await answerPlaceFact(locals.db, loadReferentiel(), {
			...{ territoire: params.code, fait, reponse, par, le: locals.today },
			...{ quartier: url.searchParams.get('quartier') || null, source: words(form, `source-${fait}`) },
			lieux: form.getAll(`lieu-${fait}`).map(String)
		});
		if (!isRefusal(outcome)) rememberName(cookies, par);
		return answer(outcome, fait, form, url);
	},
	annuler: async ({ request, params, locals, url }) => {
		const form = await request.formData();
		const [par, lot] = [words(form, 'par'), Number(words(form, 'lot'))];
		const undone = await undoGesture(locals.db, { territoire: params.code, lot, par, le: locals.today });
		return answer(undone, 'annuler', form, url);
	}
};
