/** How an enjeu is answered in a place, strongest first; `saisie-incomplete` is « we do not know », never a zero. */
export const COVERAGES = [
	'structurante',
	'de-service',
	'sensibilisation-seule',
	'diffuse',
	'aucune',
	'saisie-incomplete'
] as const;
export type Coverage = (typeof COVERAGES)[number];
