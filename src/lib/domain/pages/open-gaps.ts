import { FINE } from '../french';
import type { Niveau } from '../crossing/place';
import { bySeverity } from '../rules/gap-groups';
import type { Gap } from '../rules/gaps';

/* What the page of a quartier asks of its gaps in the browser: apart, so that nothing of what makes them comes along. */

/** A finding with its facts; its actions are named by them. */
export type GapWithFacts = Omit<Gap, 'preuves'> & { readonly faits: readonly string[] };

export const REACH_COLUMNS: readonly Niveau[] = ['inconnu', 'aucune', 'diffuse', 'probable', 'explicite', 'cible'];

/** A gap that waits for an answer, not an opportunity nor a request for data. */
export const isOpenAlert = (gap: Pick<Gap, 'ecartee' | 'reponse'>): boolean => !gap.ecartee && gap.reponse === 'alerte';

/** Nothing concludes on it for want of a document or of a fact: no gap, and no answer either. */
export const isToConfirm = (gap: Pick<Gap, 'ecartee' | 'reponse'>): boolean =>
	!gap.ecartee && gap.reponse === 'donnee-manquante';

/**
 * What nothing concludes on yet, beside the gaps of several quartiers.
 * in     how many in each
 * out    « ; 20 à confirmer dans chacun », « ; de 20 à 21 à confirmer dans chacun »; '' when there is none
 */
export function doubtWords(each: readonly number[]): string {
	const [least, most] = [Math.min(...each), Math.max(...each)];
	if (each.length === 0 || most === 0) return '';
	if (each.length === 1) return `${FINE}; ${most} à confirmer`;
	if (least === most) return `${FINE}; ${most} à confirmer dans chacun`;
	return least === 0
		? `${FINE}; jusqu’à ${most} à confirmer`
		: `${FINE}; de ${least} à ${most} à confirmer dans chacun`;
}

/** To be dealt with first. */
export const isGrave = (gap: Pick<Gap, 'ecartee' | 'reponse' | 'gravite'>): boolean =>
	isOpenAlert(gap) && (gap.gravite === 'critique' || gap.gravite === 'haute');

/** Is an enjeu, or a crossing it is half of, left unjudged for want of a document or a fact? It is not without gaps then. */
export const isAskedOn = (
	gaps: readonly Pick<Gap, 'ecartee' | 'reponse' | 'enjeu'>[],
	enjeu: string,
	ref: Readonly<Record<string, readonly string[]>>
): boolean =>
	gaps.some(
		(g) =>
			g.reponse === 'donnee-manquante' &&
			!g.ecartee &&
			g.enjeu !== null &&
			[enjeu, ...(ref[enjeu] ?? [])].includes(g.enjeu)
	);

/** Worst open alert that touches an enjeu, by itself or through a crossing it is half of. */
export function worstGapOn(
	gaps: readonly GapWithFacts[],
	enjeu: string,
	ref: Readonly<Record<string, readonly string[]>>
): GapWithFacts | null {
	const codes = [enjeu, ...(ref[enjeu] ?? [])];
	return (
		[...gaps].filter((g) => isOpenAlert(g) && g.enjeu !== null && codes.includes(g.enjeu)).sort(bySeverity)[0] ?? null
	);
}
