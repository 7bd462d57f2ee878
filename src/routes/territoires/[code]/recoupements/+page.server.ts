import { error, fail } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { namedApart } from '$lib/domain/names-apart';
import { overlapPage } from '$lib/domain/pages/overlap-page';
import { overlapWords } from '$lib/domain/pages/overlap-words';
import { readNearOverlaps, readOverlaps, settleOverlap } from '$lib/server/overlaps';
import { loadReferentiel } from '$lib/server/referentiel';
import { quartiersOf } from '$lib/server/db/territories';
import { getTerritory } from '$lib/server/territories';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url }) => {
	const ref = loadReferentiel();
	const territory = await getTerritory(locals.db, params.code);
	const quartiers = namedApart(await quartiersOf(locals.db, params.code)).map(({ code, nom }) => ({ code, nom }));
	const quartier = quartiers.find((q) => q.code === url.searchParams.get('quartier')) ?? null;
	const pairs = await readOverlaps(locals.db, ref, params.code, locals.today, quartier?.code);
	if (!pairs || !territory) error(404, 'Ce territoire n’est pas dans cette base.');
	const genre = url.searchParams.get('genre') || null;
	const near = await readNearOverlaps(locals.db, ref, params.code, locals.today, genre || quartier ? null : pairs);
	const labels = [...ref.enjeux.transition, ...ref.enjeux.ville].map((e) => [e.code, e.court] as const);
	const page = overlapPage(
		genre ? pairs.filter((p) => p.genre === genre) : pairs,
		url.searchParams.get('voir') === 'tout',
		quartier?.nom
	);
	const enjeux = Object.fromEntries(labels);
	const noms = Object.fromEntries(quartiers.map((q) => [q.code, q.nom]));
	return {
		page,
		raisons: Object.fromEntries(page.paires.map((p) => [p.id, overlapWords(p, enjeux, noms)])),
		quartier,
		quartiers,
		proches: near.paires,
		genre,
		enjeux,
		seuil: near.seuil,
		territoire: { code: territory.code, nom: territory.nom, fictif: territory.fictif }
	};
};

export const actions: Actions = {
	trancher: async ({ request, params, locals }) => {
		const form = await request.formData();
		const said = (name: string) => String(form.get(name) ?? '');
		const paire = said('paire');
		const done = await settleOverlap(locals.db, loadReferentiel(), {
			territoire: params.code,
			paire,
			verdict: said('verdict'),
			motif: said('motif'),
			par: said('par'),
			le: locals.today
		});
		if (isRefusal(done)) return fail(422, { paire, refus: done.refus, conseil: done.conseil });
		return { paire, nom: said('par').trim() };
	}
};
