import { number, withThe } from '../french';
import { answeredBy, type IndicatorReading } from '../indicator';
import { vintageWords } from '../indicator-origin';
import type { GapView } from './gap-context';

/* What an indicator says of a quartier, beside its territory. */

/** Is the quartier worse than its reference, by at least this share of it? False as soon as something is unknown. */
export function worseThanReference({ def, valeur, reference }: IndicatorReading, threshold: number): boolean {
	if (def.defavorable_si === null || valeur === null || reference === null || reference.valeur === 0) return false;
	const gap = (valeur - reference.valeur) / Math.abs(reference.valeur);
	// A gap of exactly the threshold counts, whatever the last bit of its division.
	return (def.defavorable_si === 'haut' ? gap : -gap) >= threshold - 1e-9;
}

/** « 36,8 % », « non renseigné » */
export const valueWords = ({ unite, decimales }: IndicatorReading['def'], value: number | null | undefined): string =>
	value === null || value === undefined
		? 'non renseigné'
		: `${number(value, decimales)}${unite ? `\u00a0${unite}` : ''}`;

/** « , source : SIG Ville (ANCT), millésime 2024 » */
export const sourceWords = (source: string, millesime: string | null): string =>
	`, source\u00a0: ${source}, ${vintageWords(millesime)}`;

/** « Taux d’emploi : défavorable dans ce quartier (35 %, contre 58,2 % pour la CA de Lys), source : SIG Ville (ANCT), millésime 2024 » */
export function badWords({ def, valeur, reference, source, millesime }: IndicatorReading): string {
	const here = sourceWords(source ?? def.source, millesime);
	const beside = sourceWords(reference!.source, reference!.millesime);
	const compared = here === beside ? '' : `\u202f; référence${beside}`;
	return `${def.libelle}\u00a0: défavorable dans ce quartier (${valueWords(def, valeur)}, contre ${valueWords(def, reference!.valeur)} pour ${withThe(reference!.libelle)})${here}${compared}`;
}

/** Indicators of a quartier that are bad and that a crossing would answer. */
export const badFor = (view: GapView, quartier: string, codes: readonly string[]): readonly IndicatorReading[] =>
	(view.indicateurs.get(quartier) ?? []).filter(
		(i) =>
			worseThanReference(i, view.ecartDefavorable) &&
			codes.some((code) => answeredBy(i.def).includes(code)) &&
			!i.def.sauf_croisements?.some((code) => codes.includes(code))
	);
