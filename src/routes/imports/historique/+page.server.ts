import { importedAs } from '$lib/domain/crossing/grant-list';
import { countHistory, listHistory } from '$lib/server/db/import-history';
import { loadReferentiel } from '$lib/server/referentiel';
import { listTerritories } from '$lib/server/territories';
import type { PageServerLoad } from './$types';

const PAGE = 50;

export const load: PageServerLoad = async ({ locals, url }) => {
	const asked = (name: string) => url.searchParams.get(name) || null;
	const filtre = { territoire: asked('territoire'), plan: asked('plan'), etat: asked('etat') };
	const nombre = await countHistory(locals.db, filtre);
	const pages = Math.max(1, Math.ceil(nombre / PAGE));
	const page = Math.min(Math.max(1, Number(asked('page')) || 1), pages);
	const territoires = await listTerritories(locals.db);
	const { types } = loadReferentiel().plans;
	return {
		filtre,
		nombre,
		page,
		pages,
		territoires: territoires.map(({ code, nom }) => ({ valeur: code, nom })),
		plans: types.map(({ code, court }) => ({ valeur: code, nom: court })),
		imports: (await listHistory(locals.db, filtre, { depuis: (page - 1) * PAGE, nombre: PAGE })).map((i) => ({
			...i,
			territoire: territoires.find((t) => t.code === i.territoire)?.nom ?? i.territoire,
			plan: importedAs(i, types)
		}))
	};
};
