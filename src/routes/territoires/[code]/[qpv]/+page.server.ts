import { error, fail, redirect } from '@sveltejs/kit';
import { isRefusal, type Refusal } from '$lib/domain/issue';
import { quartierPage } from '$lib/domain/pages/quartier-page';
import { listByTerritory } from '$lib/server/db/decisions';
import { correctAction, reopenGap, setGapAside, undoCorrections } from '$lib/server/decide';
import { readQuartier } from '$lib/server/read-quartier';
import { loadReferentiel } from '$lib/server/referentiel';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const ref = loadReferentiel();
	const view = await readQuartier(locals.db, ref, params.qpv, locals.today, params.code);
	if (!view) error(404, 'Ce quartier n’est pas dans ce territoire. Vérifiez le code, ou importez ses périmètres.');
	const page = quartierPage(view, ref, await listByTerritory(locals.db, params.code));
	return { page, territoire: page.territoire };
};

const words = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

/** Back to the decided line; what was refused is said beside it, with the name kept. */
function answer(outcome: number | Refusal, sujet: string, par: string, to: string) {
	if (isRefusal(outcome)) return fail(422, { sujet, par, refus: outcome });
	redirect(303, to);
}

export const actions: Actions = {
	ecarter: async ({ request, locals, params, url }) => {
		const form = await request.formData();
		const [lacune, par] = [words(form, 'lacune'), words(form, 'par')];
		const outcome = await setGapAside(locals.db, loadReferentiel(), {
			territoire: params.code,
			lacune,
			motif: words(form, 'motif'),
			par,
			etat: words(form, 'etat') || undefined,
			jusque: words(form, 'jusque') || undefined,
			le: locals.today
		});
		return answer(outcome, lacune, par, `${url.pathname}?lacunes=toutes#${lacune}`);
	},

	rouvrir: async ({ request, locals, params, url }) => {
		const form = await request.formData();
		const [lacune, par] = [words(form, 'lacune'), words(form, 'par')];
		const outcome = await reopenGap(locals.db, { territoire: params.code, lacune, par, le: locals.today });
		return answer(outcome, lacune, par, `${url.pathname}?lacunes=toutes#${lacune}`);
	},

	corriger: async ({ request, locals, params, url }) => {
		const form = await request.formData();
		const [action, par] = [words(form, 'action'), words(form, 'par')];
		const correction = {
			territoire: params.code,
			quartier: params.qpv,
			action,
			niveau: words(form, 'niveau'),
			enjeux: form.getAll('enjeux').map(String),
			nature: words(form, 'nature'),
			motif: words(form, 'motif'),
			par,
			le: locals.today
		};
		const outcome = await correctAction(locals.db, loadReferentiel(), correction, locals.today);
		return answer(outcome, action, par, `${url.pathname}#atteinte`);
	},

	revenir: async ({ request, locals, params, url }) => {
		const action = words(await request.formData(), 'action');
		const outcome = await undoCorrections(locals.db, {
			territoire: params.code,
			quartier: params.qpv,
			action,
			le: locals.today
		});
		return answer(outcome, action, '', `${url.pathname}#atteinte`);
	}
};
