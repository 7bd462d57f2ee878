/* Names, in French, of the cases and parameters that `data/lacunes.yaml` writes as codes. */

const CASES: Readonly<Record<string, string>> = {
	'atteinte-probable': 'l’atteinte est probable',
	'demarre-bientot': 'l’action démarre bientôt',
	'doublon-probable': 'le doublon est probable',
	'enjeu-non-prioritaire': 'le contrat de ville ne retient pas l’enjeu comme prioritaire',
	'enjeu-prioritaire': 'le contrat de ville retient l’enjeu comme prioritaire',
	'fonctionnement-absent': 'le coût de fonctionnement manque',
	investissement: 'l’action est un investissement',
	'investissement-epci-proche': 'un investissement existe à l’échelle de l’agglomération',
	'meme-public': 'les deux actions visent le même public',
	'moins-de-douze-mois': 'l’échéance est à moins de douze mois',
	'part-nulle': 'la part est nulle',
	'peu-operations': 'il y a peu d’opérations',
	'prochain-jalon-lointain': 'le prochain jalon est lointain',
	'reste-important': 'le reste à financer est important',
	'sans-cout': 'le coût manque',
	'sans-instance': 'aucune instance n’est nommée',
	'sans-pilote': 'aucun pilote n’est nommé',
	'service-present': 'un service est présent',
	'seule-action': 'c’est la seule action sur l’enjeu',
	'source-ancienne': 'la source est ancienne',
	'vulnerabilite-forte': 'la vulnérabilité du quartier est forte'
};

const PARAMETERS: Readonly<Record<string, string>> = {
	adaptation: 'Mots de l’adaptation',
	bientot_mois: 'Bientôt, en mois',
	champs: 'Champs regardés',
	enjeux: 'Enjeux',
	horizon: 'Horizon',
	marqueurs: 'Marqueurs',
	min_operations: 'Opérations, au moins',
	min_plans: 'Plans saisis, au moins',
	mois: 'Délai, en mois',
	niveaux_insuffisants: 'Atteintes insuffisantes',
	paires: 'Paires surveillées',
	plafond: 'Plafond',
	poids_enjeux: 'Poids des enjeux',
	poids_nature: 'Poids de la nature',
	poids_periode: 'Poids de la période',
	poids_titre: 'Poids du titre',
	poids_zone: 'Poids de la zone',
	prochain_jalon_mois: 'Prochain jalon, en mois',
	reference: 'Référence',
	sans_objet: 'Sans objet pour',
	seuil: 'Seuil',
	seuil_doublon: 'Seuil de doublon',
	seuil_relatif: 'Écart relatif',
	seuil_reste: 'Seuil du reste à financer',
	seuil_reste_a_financer: 'Seuil du reste à financer'
};

export const caseName = (code: string): string => CASES[code] ?? code.replaceAll('-', ' ');
export const parameterName = (code: string): string => PARAMETERS[code] ?? code.replaceAll('_', ' ');

/** One value of a parameter; a pair « a | b | why » keeps only its why. */
export function parameterValues(value: number | string | boolean | readonly string[]): string[] {
	if (typeof value === 'boolean') return [value ? 'oui' : 'non'];
	if (typeof value === 'number') return [String(value).replace('.', ',')];
	const list = typeof value === 'string' ? [value] : value;
	return list.some((v) => v.includes(' | ')) ? list.map((v) => v.split(' | ').at(-1) ?? v) : [list.join(', ')];
}
