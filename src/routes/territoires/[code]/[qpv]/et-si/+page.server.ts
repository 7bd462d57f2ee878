import { error } from '@sveltejs/kit';
import { aimWords } from '$lib/domain/pages/aims-page';
import { whatIfPage } from '$lib/domain/pages/what-if-page';
import { readTerritory } from '$lib/server/read-territory';
import { loadReferentiel } from '$lib/server/referentiel';
import { getTerritory } from '$lib/server/territories';
import { getQuartier } from '$lib/server/db/territories';
import { tryOut } from '$lib/server/what-if';
import type { PageServerLoad } from './$types';

/* What is supposed lives in the address and nowhere else. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const ref = loadReferentiel();
	const said = url.searchParams;
	const ecrite = {
		titre: said.get('titre')?.trim() ?? '',
		enjeux: said.getAll('enjeu').filter(Boolean),
		nature: said.get('nature') ?? ''
	};
	// Its enjeux say what it would change; a title is only for those who read it.
	const written = ecrite.titre !== '' || ecrite.enjeux.length > 0;
	const asked = {
		ciblees: said.getAll('cibler'),
		inventee: written ? { ...ecrite, titre: ecrite.titre || 'Action à écrire' } : null
	};
	const where = { territoire: params.code, quartier: params.qpv };
	const tried = await tryOut(locals.db, ref, where, asked, locals.today);
	const [territory, quartier] = [await getTerritory(locals.db, params.code), await getQuartier(locals.db, params.qpv)];
	if (!tried || !territory || !quartier)
		error(404, 'Ce quartier n’est pas dans ce territoire. Vérifiez le code, ou importez ses périmètres.');
	const place = { code: quartier.code, nom: quartier.nom };
	const best = tried.effet ? undefined : (tried.fleches[0] ?? tried.deja[0]);
	const sample =
		best && (await tryOut(locals.db, ref, where, { ciblees: [best.action.action.id], inventee: null }, locals.today));
	const view = await readTerritory(locals.db, ref, params.code, locals.today);
	const words = view ? aimWords(view) : {};
	const shown = sample?.effet ? whatIfPage(sample, place, ref, words) : null;
	return {
		page: whatIfPage(tried, place, ref, words),
		/** Nothing is ticked: what the first would change is there to read. */
		exemple: best && shown?.effet ? { titre: best.action.action.titre, dit: shown.titre, effet: shown.effet } : null,
		ciblees: tried.ciblees,
		ecrite,
		territoire: { code: territory.code as string, nom: territory.nom, fictif: territory.fictif }
	};
};
