import { error, fail, redirect } from '@sveltejs/kit';
import { isRefusal, type Refusal } from '$lib/domain/issue';
import { dayAsked } from '$lib/domain/source';
import { enterFacts, putLine, takeLineOut, undoEntry } from '$lib/server/funding/enter-funding';
import { readFunding } from '$lib/server/funding/read-funding';
import { loadReferentiel } from '$lib/server/referentiel';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url }) => {
	const day = dayAsked(url.searchParams.get('au'), locals.today);
	const read = await readFunding(locals.db, loadReferentiel(), params.code, params.id, locals.today, day);
	if (!read) error(404, 'Aucune action de ce territoire ne porte ce numéro.');
	// The frame draws the menu of the territory from it.
	return { ...read, territoire: read.page.territoire };
};

const words = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

/** Back to where the person was; what was refused is said beside the form, with everything typed kept. */
function answer(outcome: number | Refusal, form: FormData, ou: string, to: string) {
	if (isRefusal(outcome)) {
		const saisie = Object.fromEntries([...form].flatMap(([k, v]) => (typeof v === 'string' ? [[k, v]] : [])));
		return fail(422, { ou, refus: outcome, saisie });
	}
	redirect(303, to);
}

export const actions: Actions = {
	repondre: async ({ request, locals, params, url }) => {
		const form = await request.formData();
		const reponses = form.getAll('fait').map(String);
		const outcome = await enterFacts(locals.db, loadReferentiel(), {
			territoire: params.code,
			action: params.id,
			par: words(form, 'par'),
			le: locals.today,
			reponses: reponses.map((fait) => ({
				fait,
				texte: words(form, `v-${fait}`),
				source: words(form, `s-${fait}`),
				date: words(form, `d-${fait}`),
				vu: Number(words(form, `n-${fait}`)) || 0
			}))
		});
		return answer(outcome, form, 'faits', `${url.pathname}#verdicts`);
	},

	ligne: async ({ request, locals, params, url }) => {
		const form = await request.formData();
		const outcome = await putLine(locals.db, loadReferentiel(), {
			territoire: params.code,
			action: params.id,
			par: words(form, 'par'),
			le: locals.today,
			version: words(form, 'version'),
			saisie: {
				ligne: words(form, 'ligne') || null,
				financeur: words(form, 'financeur'),
				dispositif: words(form, 'dispositif'),
				nature: words(form, 'nature'),
				montant: words(form, 'montant'),
				base: words(form, 'base'),
				date: words(form, 'date'),
				source: words(form, 'source'),
				publique: words(form, 'publique'),
				precise: words(form, 'precise')
			}
		});
		return answer(outcome, form, 'plan', `${url.pathname}#plan`);
	},

	retirer: async ({ request, locals, params, url }) => {
		const form = await request.formData();
		const outcome = await takeLineOut(locals.db, {
			territoire: params.code,
			action: params.id,
			par: words(form, 'par'),
			le: locals.today,
			version: words(form, 'version'),
			ligne: words(form, 'ligne')
		});
		return answer(outcome, form, 'plan', `${url.pathname}#plan`);
	},

	annuler: async ({ request, locals, params, url }) => {
		const form = await request.formData();
		const outcome = await undoEntry(locals.db, {
			territoire: params.code,
			action: params.id,
			par: words(form, 'par'),
			le: locals.today,
			entree: Number(words(form, 'entree'))
		});
		return answer(outcome, form, 'historique', `${url.pathname}#historique`);
	}
};
