import { FINE, INSECABLE } from '../french';
import type { Lack } from './open-order';

/* What « à instruire » means, in the same words wherever it appears: what is known, then what the request will ask. */

/** As a sentence. */
export const A_INSTRUIRE =
	'«\u00a0À instruire\u00a0»\u00a0: la demande peut être préparée, rien d’écrit ne l’exclut et aucune réponse indispensable n’y manque\u202f; le financeur décide.';

/** Beside a verdict on a measure whose text has not been read whole. */
export const UNVERIFIED = 'conditions à vérifier';

/** Something is to be done before filing all the same. */
export const NO_OBSTACLE = 'rien de connu n’y fait obstacle';

/**
 * What is to be known before a request ready to be looked at is filed: « écrire le coût », « vérifier l’ouverture cette année, les conditions ».
 * in     `manque`: nothing that blocks; `cout`: whether a cost is written
 * never  an answer that only makes the case stronger
 */
export function stillAsked(
	{ manque, partielle }: { readonly manque: readonly Lack[]; readonly partielle: boolean },
	cout: boolean
): string[] {
	const opening = manque.some((m) => m.cle === 'ouverture');
	const checked = [opening ? 'l’ouverture cette année' : '', partielle ? 'les conditions' : ''].filter(Boolean);
	return [cout ? '' : 'écrire le coût', checked.length ? `vérifier ${checked.join(', ')}` : ''].filter(Boolean);
}

/** « avant dépôt : écrire le coût, vérifier les conditions » */
export const beforeFiling = (aSavoir: readonly string[]): string => `avant dépôt${INSECABLE}: ${aSavoir.join(', ')}`;

/** « rien de connu n’y fait obstacle ; avant dépôt : écrire le coût, vérifier les conditions » */
export const readyWords = (aSavoir: readonly string[]): string =>
	aSavoir.length ? `${NO_OBSTACLE}${FINE}; ${beforeFiling(aSavoir)}` : NO_OBSTACLE;

/** « à instruire (avant dépôt : écrire le coût, vérifier les conditions) » */
export const readyBrief = (aSavoir: readonly string[]): string =>
	aSavoir.length ? `à instruire (${beforeFiling(aSavoir)})` : 'à instruire';
