import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { isRefusal } from '$lib/domain/issue';
import { namedApart } from '$lib/domain/names-apart';
import { overlapPage, pairAfter } from '$lib/domain/pages/overlap-page';
import { overlapWords } from '$lib/domain/pages/overlap-words';
import { pairAnchor } from '$lib/domain/pages/pair-anchor';
import { readNearOverlaps, readOverlaps, settleOverlap } from '$lib/server/overlaps';
import { loadReferentiel } from '$lib/server/referentiel';
import { quartiersOf } from '$lib/server/db/territories';
import { nameOf, rememberName } from '$lib/server/signature';
import { getTerritory } from '$lib/server/territories';
import type { Actions, PageServerLoad } from './$types';

type Asked = Pick<RequestEvent<{ code: string }>, 'params' | 'locals' | 'url'>;

/** The pairs of the address, by its quartier and its kind; null for a territory that is not here. */
async function asked({ params, locals, url }: Asked) {
	const quartiers = namedApart(await quartiersOf(locals.db, params.code)).map(({ code, nom }) => ({ code, nom }));
	const quartier = quartiers.find((q) => q.code === url.searchParams.get('quartier')) ?? null;
	const genre = url.searchParams.get('genre') || null;
	const pairs = await readOverlaps(locals.db, loadReferentiel(), params.code, locals.today, quartier?.code);
	return { quartiers, quartier, genre, pairs: pairs && (genre ? pairs.filter((p) => p.genre === genre) : pairs) };
}

/** What one was reading: its filters, and whether all was shown. */
const FILTERS = ['quartier', 'genre', 'voir'];

export const load: PageServerLoad = async (event) => {
	const { params, locals, url, cookies } = event;
	const ref = loadReferentiel();
	const territory = await getTerritory(locals.db, params.code);
	const { quartiers, quartier, genre, pairs } = await asked(event);
	if (!pairs || !territory) error(404, 'Ce territoire n’est pas dans cette base.');
	const filtered = genre !== null || quartier !== null;
	const all = filtered ? await readOverlaps(locals.db, ref, params.code, locals.today) : pairs;
	const nearOf = (proposed: typeof all, code?: string) =>
		readNearOverlaps(locals.db, ref, params.code, locals.today, proposed, code);
	const near = await nearOf(genre === null ? pairs : all, quartier?.code);
	const proches = genre === null ? near.paires : [];
	const labels = [...ref.enjeux.transition, ...ref.enjeux.ville].map((e) => [e.code, e.court] as const);
	const page = overlapPage(pairs, url.searchParams.get('voir') === 'tout', quartier?.nom);
	const enjeux = Object.fromEntries(labels);
	const noms = Object.fromEntries(quartiers.map((q) => [q.code, q.nom]));
	return {
		page,
		raisons: Object.fromEntries(page.paires.map((p) => [p.id, overlapWords(p, enjeux, noms)])),
		quartier,
		quartiers,
		proches,
		motsProches: Object.fromEntries(proches.map((p) => [p.id, overlapWords(p, enjeux, noms).pour])),
		/** Under another choice, the page has pairs to read all the same. */
		prochesAilleurs: filtered && proches.length === 0 && (await nearOf(all)).paires.length > 0,
		genre,
		filtres: new URLSearchParams([...url.searchParams].filter(([name]) => FILTERS.includes(name))).toString(),
		/** The pair just settled. */
		gardee: pairs.find((p) => p.id === url.searchParams.get('gardee') && p.decision)?.id ?? null,
		/** The one after it, where one arrives; null past the last. */
		suite: url.searchParams.get('suite'),
		nom: nameOf(cookies),
		le: locals.today,
		enjeux,
		seuil: near.seuil,
		territoire: { code: territory.code, nom: territory.nom, fictif: territory.fictif }
	};
};

export const actions: Actions = {
	trancher: async (event) => {
		const { request, params, locals, url, cookies } = event;
		const form = await request.formData();
		const said = (name: string) => String(form.get(name) ?? '').trim();
		const paire = said('paire');
		const saisi = { verdict: said('verdict'), motif: said('motif'), par: said('par') };
		const next = pairAfter((await asked(event)).pairs ?? [], paire);
		const done = await settleOverlap(locals.db, loadReferentiel(), {
			...{ territoire: params.code, paire, ...saisi },
			le: locals.today
		});
		if (isRefusal(done)) return fail(422, { paire, ...done, saisi });
		rememberName(cookies, saisi.par);
		const kept = [...url.searchParams].filter(([name]) => FILTERS.includes(name));
		const to = new URLSearchParams([...kept, ['gardee', paire], ...(next === null ? [] : [['suite', next]])]);
		redirect(303, `${url.pathname}?${to}#${next === null ? 'gardee' : pairAnchor(next)}`);
	}
};
