import { FINE, INSECABLE } from '../french';
import type { Lack } from './open-order';

/* What « à instruire » means, in the same words wherever it appears: what is known, then what the request will ask. */

/** As a sentence. */
export const A_INSTRUIRE =
	'«\u00a0À instruire\u00a0»\u00a0: la demande peut être préparée, rien d’écrit ne l’exclut et aucune réponse indispensable n’y manque\u202f; le financeur décide.';

/** Beside a verdict on a measure whose text has not been read whole. */
export const UNVERIFIED = 'conditions à vérifier';
const OPENING = 'ouverture cette année';

/** Something may be asked all the same. */
export const NOTHING_BLOCKS = 'rien ne bloque la demande';

/** No answer that can be given holds the request back. */
export const NOTHING_LACKS = 'aucune réponse ne manque';

/**
 * What a request ready to be looked at will ask all the same: « coût à écrire », « ouverture cette année et conditions à vérifier ».
 * in     `manque`: nothing that blocks; `cout`: whether a cost is written
 */
export function stillAsked(
	{ manque, partielle }: { readonly manque: readonly Lack[]; readonly partielle: boolean },
	cout: boolean
): string[] {
	const opening = manque.some((m) => m.cle === 'ouverture');
	const useful = manque.filter((m) => !['ouverture', 'cout'].includes(m.cle)).length;
	return [
		cout ? '' : 'coût à écrire',
		opening ? (partielle ? `${OPENING} et ${UNVERIFIED}` : `${OPENING} à vérifier`) : partielle ? UNVERIFIED : '',
		useful === 0 ? '' : useful === 1 ? '1 réponse utile' : `${useful} réponses utiles`
	].filter(Boolean);
}

/** « rien ne bloque la demande ; avant le dépôt : coût à écrire, conditions à vérifier » */
export const readyWords = (aSavoir: readonly string[]): string =>
	aSavoir.length ? `${NOTHING_BLOCKS}${FINE}; avant le dépôt${INSECABLE}: ${aSavoir.join(', ')}` : NOTHING_LACKS;

/** « à instruire (coût à écrire, conditions à vérifier) » */
export const readyBrief = (aSavoir: readonly string[]): string =>
	aSavoir.length ? `à instruire (${aSavoir.join(', ')})` : 'à instruire';
