import { z } from 'zod';
import { NatureCode, PorteurType } from '../action';
import { Dated, IsoDate, Source } from '../source';

/* Schema of data/plan-de-financement.yaml: what is public money, and how far aids add up. */

export const CumulRule = z.strictObject({
	id: z.string().min(1),
	titre: z.string().min(1),
	phrase: z.string().min(1),
	/** `partielle`: told, never said to be surely exceeded. */
	verification: z.enum(['source', 'partielle']),
	/** Null: whoever carries the action. */
	porteurs: z.array(PorteurType).min(1).nullable(),
	/** Null: whatever its nature. */
	natures: z.array(NatureCode).min(1).nullable(),
	/** Families or measures whose money counts; null: all public aid. */
	aides: z.array(z.string()).min(1).nullable(),
	/** Applies as soon as one line comes from one of these; null: always. */
	si_presente: z.array(z.string()).min(1).nullable(),
	assiette: z.enum(['financements-publics', 'cout']),
	/** Share, 0 to 1. */
	part_max: Dated(z.number().min(0).max(1)),
	/** With a family: a line from it opens the exception. Without: only people can say. */
	exceptions: z.array(
		z.strictObject({ texte: z.string().min(1), familles: z.array(z.string()), reference: z.number().int() })
	),
	references: z.array(Source).min(1),
	a_revoir_le: IsoDate
});
export type CumulRule = z.infer<typeof CumulRule>;

/** What is asked of an operation whose planned end is past, before any aid. */
export const StillToDo = z.strictObject({
	libelle: z.string().min(1),
	/** After « Sa fin prévue, 2019, est passée : », without its mark. */
	question: z.string().min(1),
	references: z.array(Source).min(1),
	a_revoir_le: IsoDate
});
export type StillToDo = z.infer<typeof StillToDo>;

export const PlanRulesFile = z.strictObject({
	version: z.string(),
	/** Family or measure → whether its money is public. */
	publiques: z.record(z.string(), z.boolean()),
	/** Words of a funder that no family holds, when they say by themselves whose money it is. */
	financeurs: z.strictObject({ publics: z.array(z.string().min(1)), prives: z.array(z.string().min(1)) }),
	encore_a_faire: StillToDo,
	limites: z.array(CumulRule).min(1)
});
export type PlanRulesFile = z.infer<typeof PlanRulesFile>;
