import { glossaryFamilies } from '$lib/domain/pages/glossary-page';
import { loadReferentiel } from '$lib/server/referentiel';
import { listTerritories } from '$lib/server/territories';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { glossaire } = loadReferentiel();
	const own = (await listTerritories(locals.db)).filter((t) => t.plans > 0);
	return {
		familles: glossaryFamilies(glossaire.termes),
		total: glossaire.termes.length,
		/** Where the links to a territory lead: one's own before the demonstration. */
		exemple: (own.find((t) => !t.fictif) ?? own[0])?.code ?? null
	};
};
