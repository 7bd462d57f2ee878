import { z } from 'zod';
import type { Decision } from '../action';
import { Basis } from '../money';
import { IsoDate } from '../source';

/* What people typed about the money of an action: facts that measures ask for, lines of its financing plan. */

export const FactValue = z.union([z.boolean(), z.number(), z.string()]);
export type FactValue = z.infer<typeof FactValue>;

/** Of a decision « fait »; `valeur` null: back to « not known ». */
export const FactSaid = z.object({ fait: z.string().min(1), valeur: FactValue.nullable(), date: IsoDate.nullable() });
export type FactSaid = z.infer<typeof FactSaid>;

/** `envisage` is nobody's request yet; the others are those of a financing plan. */
export const PlanNature = z.enum(['envisage', 'sollicite', 'obtenu', 'pret', 'valorisation', 'autofinancement']);
export type PlanNature = z.infer<typeof PlanNature>;

/** Of a decision « financement ». Euros; a null amount is « not known », never 0. */
export const LineSaid = z.object({
	ligne: z.string().min(1),
	/** Taken out of the plan by hand. */
	retiree: z.boolean(),
	financeur: z.string().min(1),
	/** Family or measure of `data/financements/`. */
	dispositif: z.string().nullable(),
	nature: PlanNature,
	euros: z.number().nonnegative().nullable(),
	base: Basis,
	date: IsoDate.nullable(),
	/** Whether the money is public, when a person says so. */
	publique: z.boolean().nullable(),
	/** Key of the line of the file it makes more precise: that one stays, and no longer counts. */
	precise: z.string().nullable()
});
export type LineSaid = z.infer<typeof LineSaid>;

interface By {
	/** Number of the decision. */
	readonly id: number;
	readonly source: string | null;
	readonly par: string;
	readonly le: string;
}
export type EnteredFact = FactSaid & By & { readonly valeur: FactValue };
export type EnteredLine = LineSaid & By;

export interface Entered {
	readonly faits: readonly EnteredFact[];
	readonly lignes: readonly EnteredLine[];
}

/**
 * What is typed and in force about one action.
 * in     its decisions in force, oldest first
 * out    the last word on each fact and on each line; a fact put back to blank is not there, nor a line taken out
 * empty  undefined when nobody typed anything
 */
export function enteredOf(decisions: readonly Decision[]): Entered | undefined {
	const faits = new Map<string, EnteredFact | null>();
	const lignes = new Map<string, EnteredLine | null>();
	for (const { id, sujet, valeur, motif: source, par, le } of decisions) {
		const by: By = { id, source, par, le };
		if (sujet.genre === 'fait') {
			const said = FactSaid.parse(valeur);
			faits.set(said.fait, said.valeur === null ? null : { ...said, valeur: said.valeur, ...by });
		} else if (sujet.genre === 'financement') {
			const said = LineSaid.parse(valeur);
			lignes.set(said.ligne, said.retiree ? null : { ...said, ...by });
		}
	}
	const kept = <T>(map: ReadonlyMap<string, T | null>): T[] => [...map.values()].filter((v) => v !== null);
	return faits.size + lignes.size === 0 ? undefined : { faits: kept(faits), lignes: kept(lignes) };
}
