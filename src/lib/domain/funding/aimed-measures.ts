import { aimedAt } from '../crossing/aim-trial';
import type { PlacedAction } from '../crossing/place';
import * as fr from '../french';
import { assessAll } from '../rules/eligibility';
import type { Referentiel } from '../rules/referentiel';
import type { IsoDate } from '../source';
import { firstMeasures, openMeasures, type OpenMeasure } from './open-measures';

/* What an action could ask for once it aims at a quartier, beside what it can as it is written. */

/** What would be left to ask for, best first; empty when it aims at a quartier already, or when no quartier is known. */
export function aimedMeasures(placed: PlacedAction, ref: Referentiel, asOf: IsoDate): OpenMeasure[] {
	const [first] = placed.reach;
	if (!first || placed.reach.some((r) => r.niveau === 'cible')) return [];
	const verdicts = assessAll([aimedAt(placed, first.quartier)], first.quartier, ref, asOf);
	return openMeasures(placed, verdicts, ref, asOf);
}

/**
 * « Fléchée vers un quartier, s’ajouterait : EduRénov (prêt). »
 * in     `mesures`: those named for the action as it is written
 * out    of the three first it would then have, those it has not; null: the same three
 */
export function addedWords(
	placed: PlacedAction,
	mesures: readonly string[],
	ref: Referentiel,
	asOf: IsoDate
): string | null {
	const known = new Set(mesures);
	const more = firstMeasures(aimedMeasures(placed, ref, asOf)).filter((m) => !known.has(m.mesure));
	if (more.length === 0) return null;
	const verb = more.length > 1 ? 's’ajouteraient en tête' : 's’ajouterait en tête';
	return `Fléchée vers un quartier, ${verb}${fr.INSECABLE}: ${fr.list(more.map((m) => m.nom))}.`;
}
