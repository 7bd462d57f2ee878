import type { SearchEntry, SearchKind } from '$lib/domain/search/search-index';

/**
 * Where a found thing is read.
 * in     `ici`: the territory one looks in; its matrix tells more of an enjeu than the référentiel does
 */
export function whereOf({ genre, id, territoire }: SearchEntry, ici: string | null = null): string {
	const root = `/territoires/${territoire}`;
	const enjeu = ici ? `/territoires/${ici}?case=${id}#preuves` : `/referentiel#${id}`;
	const places: Readonly<Record<SearchKind, string>> = {
		page: id,
		territoire: root,
		quartier: `${root}/${id}`,
		commune: `${root}#quartiers`,
		action: `${root}/actions/${id}`,
		plan: `${root}#plans`,
		croisement: enjeu,
		enjeu,
		dispositif: `/referentiel#${id}`,
		mesure: `/referentiel#${id}`,
		regle: `/referentiel#${id}`,
		terme: `/glossaire#${id}`
	};
	return places[genre];
}

/** One, many, and where one arrives. */
export const KIND_WORDS: Readonly<Record<SearchKind, readonly [one: string, many: string, vers: string]>> = {
	page: ['page', 'pages', 'ouvre la page'],
	territoire: ['territoire', 'territoires', 'ouvre la matrice'],
	quartier: ['quartier', 'quartiers', 'ouvre la page du quartier'],
	commune: ['commune', 'communes', 'ouvre les quartiers du territoire'],
	action: ['action', 'actions', 'ouvre la fiche de l’action'],
	plan: ['plan', 'plans', 'ouvre ce qui a été lu'],
	croisement: ['croisement attendu', 'croisements attendus', 'ouvre le référentiel'],
	enjeu: ['enjeu', 'enjeux', 'ouvre le référentiel'],
	dispositif: ['dispositif', 'dispositifs', 'ouvre ses mesures'],
	mesure: ['mesure', 'mesures', 'ouvre ses conditions'],
	regle: ['règle', 'règles', 'ouvre la règle et sa source'],
	terme: ['mot du glossaire', 'mots du glossaire', 'ouvre sa définition']
};
