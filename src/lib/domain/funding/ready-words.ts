/* What « à instruire » means, in the same words wherever it first appears. */

/** As a sentence. */
export const A_INSTRUIRE =
	'«\u00a0À instruire\u00a0»\u00a0: rien d’écrit n’exclut la demande, et aucune réponse indispensable n’y manque\u202f; le financeur décide.';
