/* What the formats of others have no place for: shown where they are asked for, held by a test field by field. */

/** What their workbook has no place for; said in words in « Notes » when there is something to say. */
export const TET_LOSSES: readonly string[] = [
	'type et SIREN du porteur',
	'publics',
	'échelle, communes, quartiers, atteinte et tracé (dits en clair dans les notes)',
	'périodes en toutes lettres, étapes et date de mise à jour (dites en clair dans les notes)',
	'montants TTC, sans base, en centimes ou en intervalle (écrits en toutes lettres dans « Notes » et « Financements »)',
	'coût de fonctionnement et ETP chiffrés (dits dans « Moyens humains et techniques »)',
	'prêts, autofinancements, refus, montants à la fois demandés et obtenus, financements au-delà de trois ou sans montant (dits en clair dans « Financements »)',
	'secteurs, enjeux déclarés, nature, clause d’adaptation',
	'priorités et participations hors de leurs listes',
	'références que leur intitulé ne peut pas porter, et la fin des intitulés de plus de 300 caractères (entiers dans le descriptif)',
	'dates dans le mauvais ordre'
];

/** What the schema has no place for. */
export const NATIONAL_LOSSES: readonly string[] = [
	'référence, axe, niveau « à étudier » quand l’action n’a pas d’opération',
	'nom et type du porteur, pilote, élu, instance, partenaires, publics',
	'échelle, communes sans code INSEE, quartiers sans code, tracé',
	'priorité, périodes en toutes lettres, étapes, date de mise à jour',
	'coût de fonctionnement ; ETP (les centimes, la base et l’intervalle des montants, la nature des financements sont des ajouts de Croisée)',
	'secteurs et enjeux hors de leurs listes, nature, participation, clause d’adaptation, indicateurs, notes'
];
