import { INSECABLE, number } from '../french';
import type { IndicatorReading } from '../indicator';
import type { MarkersFile } from '../rules/markers';

/* A quartier whose homes are nearly all social: what is meant for private housing is of little use there. */

/**
 * Why an action of private housing is told after the others in a quartier.
 * in     readings of the quartier
 * out    « 85 % des logements de ce quartier sont sociaux (SIG Ville (ANCT), 2024) »; null when the share is lower, or not known
 */
export function mostlySocial(
	readings: readonly IndicatorReading[],
	{ indicateur, seuil }: MarkersFile['quartier_social']
): string | null {
	const found = readings.find(({ def }) => def.code === indicateur);
	if (!found || found.valeur === null || found.valeur < seuil) return null;
	const { def, valeur, source, millesime } = found;
	const from = [source ?? def.source, millesime].filter((said) => said !== null).join(', ');
	return `${number(valeur, 0)}${INSECABLE}% des logements de ce quartier sont sociaux (${from})`;
}
