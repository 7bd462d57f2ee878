import { z } from 'zod';
import type { IndicatorDef } from './rules/referentiel';

export const IndicatorValue = z.object({
	/** Code of `data/indicateurs.yaml`. */
	code: z.string(),
	lieu: z.object({ genre: z.enum(['qpv', 'commune', 'epci']), code: z.string() }),
	valeur: z.number(),
	/** Year the value describes, or null when the file does not say. */
	millesime: z.string().nullable(),
	source: z.string(),
	/** File, sheet and row it was read from. */
	origine: z.object({ fichier: z.string(), ligne: z.number().int() })
});
export type IndicatorValue = z.infer<typeof IndicatorValue>;

/** Enjeux an action answers an indicator by: those of the transition, or of the ville when it has none. */
export function answeredBy({ enjeux }: Pick<IndicatorDef, 'enjeux'>): readonly string[] {
	const transition = enjeux.filter((code) => code.startsWith('T'));
	return transition.length > 0 ? transition : enjeux;
}

/** One indicator of a quartier beside its territory; null means « non renseigné ». */
export interface IndicatorReading {
	readonly def: IndicatorDef;
	readonly valeur: number | null;
	readonly millesime: string | null;
	readonly source: string | null;
	readonly reference: {
		readonly libelle: string;
		readonly valeur: number;
		readonly millesime: string | null;
		readonly source: string;
	} | null;
}

/**
 * Indicators of a quartier, in référentiel order, each beside its EPCI, else beside its commune when it has only one.
 * in     values of the quartier, its communes and its EPCI; of two for one place the first wins
 * out    one reading per indicator that exists at the scale of quartiers; value null when not imported
 * never  compares a count (`cumul: somme`): a quartier is always smaller than its territory
 */
export function readingsOf(
	defs: readonly IndicatorDef[],
	values: readonly IndicatorValue[],
	quartier: { readonly code: string; readonly communes: readonly { readonly code: string; readonly nom: string }[] },
	territory: { readonly code: string; readonly nom: string }
): IndicatorReading[] {
	const find = (code: string, genre: IndicatorValue['lieu']['genre'], lieu: string) =>
		values.find((v) => v.code === code && v.lieu.genre === genre && v.lieu.code === lieu) ?? null;
	const [commune, second] = quartier.communes;
	return defs
		.filter((def) => def.echelles.includes('qpv'))
		.map((def) => {
			const here = find(def.code, 'qpv', quartier.code);
			const epci = def.cumul === 'somme' ? null : find(def.code, 'epci', territory.code);
			const town = def.cumul === 'somme' || !commune || second ? null : find(def.code, 'commune', commune.code);
			const beside = epci ?? town;
			return {
				def,
				valeur: here?.valeur ?? null,
				millesime: here?.millesime ?? null,
				source: here?.source ?? null,
				reference: beside && {
					libelle: epci ? territory.nom : commune!.nom,
					valeur: beside.valeur,
					millesime: beside.millesime,
					source: beside.source
				}
			};
		});
}
