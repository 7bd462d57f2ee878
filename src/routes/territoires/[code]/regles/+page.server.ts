import { UNSIGNED } from '$lib/domain/unsigned';
import { error, fail, redirect } from '@sveltejs/kit';
import { isRefusal, type Refusal } from '$lib/domain/issue';
import { rulesPage } from '$lib/domain/pages/rules-page';
import { listByTerritory } from '$lib/server/db/decisions';
import * as documents from '$lib/server/db/documents';
import { quartiersOf } from '$lib/server/db/territories';
import { importSchools, setDates, setSchool } from '$lib/server/local-facts';
import { crossedTerritory } from '$lib/server/read-territory';
import { loadReferentiel } from '$lib/server/referentiel';
import { getTerritory } from '$lib/server/territories';
import { takeBack, tuneRule, untuneRule } from '$lib/server/tune-rules';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
	const territory = await getTerritory(locals.db, params.code);
	if (!territory) error(404, 'Ce territoire n’est pas dans cette base.');
	const ref = loadReferentiel();
	return {
		page: rulesPage(
			ref,
			await listByTerritory(locals.db, params.code),
			// As they are read: a list of grants is no contract, whatever it was imported as.
			(await crossedTerritory(locals.db, ref, params.code, locals.today))?.view.documents ??
				(await documents.listByTerritory(locals.db, params.code)),
			await quartiersOf(locals.db, params.code)
		),
		territoire: { code: territory.code, nom: territory.nom, fictif: territory.fictif }
	};
};

const words = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

/** Back to the line that was changed; what was refused is said beside it, with what was typed. */
function answer(outcome: number | Refusal, sujet: string, form: FormData, to: string) {
	if (isRefusal(outcome))
		return fail(422, {
			sujet,
			refus: outcome,
			par: words(form, 'par'),
			saisi: words(form, 'valeur'),
			motif: words(form, 'motif'),
			rapport: null
		});
	redirect(303, to);
}

/** One rule was shown alone: it still is. */
function backTo({ pathname, searchParams }: URL, anchor: string): string {
	const regle = searchParams.get('regle');
	return `${pathname}${regle ? `?regle=${encodeURIComponent(regle)}` : ''}#${anchor}`;
}

export const actions: Actions = {
	regler: async ({ request, locals, params, url }) => {
		const form = await request.formData();
		const parametre = words(form, 'parametre');
		const outcome = await tuneRule(locals.db, loadReferentiel(), {
			territoire: params.code,
			parametre,
			valeur: String(form.get('valeur') ?? ''),
			motif: words(form, 'motif'),
			par: words(form, 'par'),
			le: locals.today
		});
		return answer(outcome, parametre, form, backTo(url, parametre));
	},

	revenir: async ({ request, locals, params, url }) => {
		const form = await request.formData();
		const [parametre, par] = [words(form, 'parametre'), words(form, 'par')];
		const outcome = await untuneRule(locals.db, { territoire: params.code, parametre, par, le: locals.today });
		return answer(outcome, `revenir ${parametre}`, form, backTo(url, parametre));
	},

	dater: async ({ request, locals, params, url }) => {
		const form = await request.formData();
		const document = Number(words(form, 'document'));
		const outcome = await setDates(locals.db, {
			territoire: params.code,
			document,
			adoption: words(form, 'adoption'),
			bilan: words(form, 'bilan'),
			fin: words(form, 'fin'),
			par: words(form, 'par'),
			le: locals.today
		});
		return answer(outcome, `document-${document}`, form, `${url.pathname}#dates`);
	},

	ecole: async ({ request, locals, params, url }) => {
		const form = await request.formData();
		const outcome = await setSchool(locals.db, {
			territoire: params.code,
			quartier: words(form, 'quartier'),
			nom: words(form, 'nom'),
			cour: words(form, 'cour'),
			annee: words(form, 'annee'),
			par: words(form, 'par'),
			le: locals.today
		});
		return answer(outcome, 'ecole', form, `${url.pathname}#ecoles`);
	},

	retirer: async ({ request, locals, params, url }) => {
		const ecole = words(await request.formData(), 'ecole');
		await takeBack(locals.db, params.code, 'ecole', ecole, locals.today);
		redirect(303, `${url.pathname}#ecoles`);
	},

	importer: async ({ request, locals, params }) => {
		const form = await request.formData();
		const file = form.get('fichier');
		const report = await importSchools(locals.db, {
			territoire: params.code,
			bytes: file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array(),
			fichier: file instanceof File ? file.name : '',
			par: words(form, 'par') || UNSIGNED,
			le: locals.today
		});
		if (isRefusal(report))
			return fail(422, { sujet: 'liste', refus: report, par: words(form, 'par'), saisi: '', motif: '', rapport: null });
		return { sujet: 'liste', refus: null, par: '', saisi: '', motif: '', rapport: report };
	}
};
