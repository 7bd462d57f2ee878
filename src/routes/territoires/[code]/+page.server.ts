import { error, fail, redirect } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { VIEW_PARAMETERS } from '$lib/domain/pages/matrix-address';
import { mapMarks } from '$lib/domain/pages/map-model';
import { mapSketch } from '$lib/domain/pages/map-sketch';
import { smallTheme } from '$lib/domain/pages/map-small';
import { readMatrix } from '$lib/server/read-matrix';
import { crossedTerritory } from '$lib/server/read-territory';
import { removeView, renameView, saveView } from '$lib/server/saved-views';
import { loadReferentiel } from '$lib/server/referentiel';
import { nameOf } from '$lib/server/signature';
import { foreseenMap } from './foreseen-map';
import { signer, words } from './decide-gap.server';
import type { Actions, PageServerLoad } from './$types';

/** Gaps were once read here, all of them: links of then lead where they are now. */
const OF_GAPS = ['vue', 'decider', 'ensemble'];

export const load: PageServerLoad = async ({ locals, params, url, cookies }) => {
	if (url.searchParams.get('lacunes') === 'toutes' || OF_GAPS.some((name) => url.searchParams.has(name)))
		redirect(307, `/territoires/${params.code}/lacunes${url.search}`);
	const read = await readMatrix(locals.db, loadReferentiel(), params.code, locals.today, url.searchParams);
	if (!read) error(404, 'Ce territoire n’est pas dans cette base. Importez ses périmètres, puis un plan.');
	const { page, query, view, vues, calques, soir } = read;
	const crossed = await crossedTerritory(locals.db, loadReferentiel(), params.code, locals.today);
	return {
		page,
		vues,
		calques,
		soir,
		lecture: query,
		carte: mapMarks(view.quartiers),
		// A past evening keeps its severities: what tells its quartiers apart was read today.
		couleurs: crossed && crossed.view === view ? smallTheme(crossed) : null,
		esquisse: mapSketch(view.quartiers.map((q) => q.quartier)),
		prevu: foreseenMap(view.quartiers),
		territoire: { code: page.code, nom: page.nom, fictif: page.fictif },
		nom: nameOf(cookies),
		papier: 'a3'
	};
};

/** The reading one was at, once its view is saved or taken away. */
function sameReading({ pathname, searchParams }: URL): string {
	const kept = [...searchParams].filter(([name]) => VIEW_PARAMETERS.includes(name));
	return `${pathname}?${new URLSearchParams(kept)}#matrice`;
}

export const actions: Actions = {
	enregistrer: async (event) => {
		const form = await event.request.formData();
		const asked = { nom: words(form, 'nom'), requete: words(form, 'requete'), par: signer(event, form) };
		const saved = await saveView(event.locals.db, event.params.code, { ...asked, le: event.locals.today });
		if (isRefusal(saved)) return fail(422, { vue: { refus: saved, nom: asked.nom }, par: asked.par });
		redirect(303, sameReading(event.url));
	},

	renommer: async (event) => {
		const form = await event.request.formData();
		const asked = { id: Number(words(form, 'vue')), nom: words(form, 'nom'), par: signer(event, form) };
		const done = await renameView(event.locals.db, event.params.code, { ...asked, le: event.locals.today });
		if (isRefusal(done)) return fail(422, { vue: { refus: done, nom: '' }, par: asked.par });
		redirect(303, sameReading(event.url));
	},

	supprimer: async (event) => {
		const form = await event.request.formData();
		const asked = { id: Number(words(form, 'vue')), par: signer(event, form), le: event.locals.today };
		const done = await removeView(event.locals.db, event.params.code, asked);
		if (isRefusal(done)) return fail(422, { vue: { refus: done, nom: '' }, par: asked.par });
		redirect(303, sameReading(event.url));
	}
};
