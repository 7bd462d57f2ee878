import { error, fail, redirect } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { filterSuggestions } from '$lib/domain/crossing/suggestions';
import { readSuggestionFilter, suggestionPage } from '$lib/domain/pages/suggestion-page';
import { decideSuggestions, readSuggestions, undoGesture, type Gesture } from '$lib/server/confirm-suggestions';
import { inForce } from '$lib/server/db/decisions';
import { loadReferentiel } from '$lib/server/referentiel';
import { nameOf, rememberName } from '$lib/server/signature';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ params, locals, url, cookies }) => {
	const ref = loadReferentiel();
	const read = await readSuggestions(locals.db, ref, params.code, locals.today);
	if (!read) error(404, 'Ce territoire n’est pas dans cette base. Importez ses périmètres, puis un plan.');
	const { crossed, suggestions } = read;
	const param = (name: string) => url.searchParams.get(name);
	const filtre = readSuggestionFilter(param);
	const lot = Number(param('lot'));
	const { territory, quartiers } = crossed.view;
	return {
		page: suggestionPage({ suggestions, placed: crossed.placed }, filtre, Number(param('page')), ref),
		filtre,
		quartiers: quartiers.map(({ quartier }) => ({ code: quartier.code as string, nom: quartier.nom })),
		lot: lot ? { id: lot, nombre: await inForce(locals.db, params.code, lot) } : null,
		nom: nameOf(cookies),
		le: locals.today,
		territoire: { code: territory.code, nom: territory.nom, fictif: territory.fictif }
	};
};

type Wanted = { readonly id: string; readonly geste: Gesture; readonly code?: string };

/** Decides, then comes back to the same filters; a refusal keeps what was typed. */
async function decide({ request, params, locals, url, cookies }: RequestEvent, wanted: (form: FormData) => Wanted[]) {
	const form = await request.formData();
	const said = (name: string) => String(form.get(name) ?? '').trim();
	const asked = {
		territoire: params.code,
		par: said('par'),
		motif: said('motif'),
		le: locals.today,
		gestes: wanted(form)
	};
	const done = await decideSuggestions(locals.db, loadReferentiel(), asked, locals.today);
	rememberName(cookies, asked.par);
	const { par, motif, gestes } = asked;
	if (isRefusal(done)) return fail(422, { ...done, par, motif, coches: gestes.map((g) => g.id) });
	redirect(303, `${url.pathname}?${filters(url)}lot=${done.lot}#fait`);
}

const filters = (url: URL): string =>
	['plan', 'quartier', 'enjeu', 'confiance', 'genre', 'page']
		.flatMap((name) => {
			const value = url.searchParams.get(name);
			return value ? [`${name}=${encodeURIComponent(value)}&`] : [];
		})
		.join('');

/** The line whose own button was pressed, else the ticked ones. */
const chosen = (form: FormData, geste: Gesture): Wanted[] =>
	(form.has('seul') ? [form.get('seul')] : form.getAll('choix')).map((id) => ({ id: String(id), geste }));

export const actions: Actions = {
	confirmer: (event) => decide(event, (form) => chosen(form, 'confirmer')),
	refuser: (event) => decide(event, (form) => chosen(form, 'refuser')),
	corriger: (event) =>
		decide(event, (form) => [
			{ id: String(form.get('corrigee')), geste: 'corriger', code: String(form.get('remplace') ?? '') }
		]),

	evidentes: async (event) => {
		const { locals, params, url, request } = event;
		const read = await readSuggestions(locals.db, loadReferentiel(), params.code, locals.today);
		const filtre = readSuggestionFilter((name) => url.searchParams.get(name));
		const sure = read
			? filterSuggestions(read.suggestions, read.crossed.placed, filtre).filter((s) => s.confiance === 'evidente')
			: [];
		const form = await request.clone().formData();
		const said = (name: string) => String(form.get(name) ?? '').trim();
		const attendu = Number(said('attendu'));
		if (sure.length !== attendu)
			return fail(409, {
				...{ par: said('par'), motif: said('motif'), coches: [] },
				refus: `Elles étaient ${attendu}, elles sont ${sure.length}.`,
				conseil: 'Relisez la liste, puis confirmez de nouveau : rien n’a été écrit.'
			});
		return decide(event, () => sure.map(({ id }) => ({ id, geste: 'confirmer' })));
	},

	annuler: async ({ request, params, locals, cookies, url }) => {
		const form = await request.formData();
		const par = rememberName(cookies, form.get('par'));
		const lot = Number(form.get('lot'));
		const done = await undoGesture(locals.db, { territoire: params.code, lot, par, le: locals.today });
		if (isRefusal(done)) return fail(409, done);
		redirect(303, `${url.pathname}?${filters(url)}`);
	}
};
