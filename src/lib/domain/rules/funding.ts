import { z } from 'zod';
import { NatureCode, PlanKind } from '../action';
import { Dated, IsoDate, Source } from '../source';

/* Funding measures as `data/financements/` writes them. */

export const PlaceScope = z.enum(['commune', 'quartier', 'territoire']);
export type PlaceScope = z.infer<typeof PlaceScope>;

/** Closed list of criteria; each has one evaluator in `eligibility.ts`. `niveau: indicatif` weakens, never discards. */
const common = {
	niveau: z.enum(['bloquant', 'indicatif']).default('bloquant'),
	/** Enjeux without which it makes no sense to ask: the label of dwellings is not asked of a park. */
	pour: z.array(z.string()).optional(),
	reference: z.number().int().nullable().default(null)
};
/** Thresholds by the day from which they hold, each with its own source; `null`: nobody knows what holds from that day. */
const dated = {
	valeurs: Dated(
		z.strictObject({
			min: z.number().nullable().default(null),
			max: z.number().nullable().default(null),
			avant: IsoDate.nullable().default(null),
			reference: z.number().int()
		})
	)
		.nullable()
		.default(null)
};
/** What a fact known elsewhere settles: one of `parmi`, or anything but `sauf`. */
export const Deduction = z.strictObject({
	de: z.string(),
	parmi: z.array(z.string()).optional(),
	sauf: z.array(z.string()).optional(),
	vaut: z.union([z.boolean(), z.string()]),
	parce_que: z.string()
});

export const Criterion = z.discriminatedUnion('critere', [
	z.strictObject({ critere: z.literal('enjeu'), parmi: z.array(z.string()), ...common }),
	z.strictObject({ critere: z.literal('nature'), parmi: z.array(NatureCode), ...common }),
	z.strictObject({ critere: z.literal('maitre_ouvrage'), parmi: z.array(z.string()), ...common }),
	z.strictObject({
		critere: z.literal('cout'),
		min: z.number().nullable().default(null),
		max: z.number().nullable().default(null),
		unite: z.string(),
		...dated,
		...common
	}),
	z.strictObject({ critere: z.literal('atteinte'), parmi: z.array(z.string()), ...common }),
	z.strictObject({ critere: z.literal('plan'), parmi: z.array(PlanKind), ...common }),
	z.strictObject({
		critere: z.literal('depot'),
		avant: IsoDate.nullable().default(null),
		...dated,
		...common
	}),
	z.strictObject({ critere: z.literal('mots'), parmi: z.array(z.string()), ...common }),
	/** A fact that only people can supply, unless another one settles it; unknown until then. */
	z.strictObject({
		critere: z.literal('fait'),
		fait: z.string(),
		/** What it is called beside its value, and where the question is too long: « gain d’énergie finale »; the question when absent. */
		libelle: z.string().nullable().default(null),
		question: z.string(),
		vaut: z.union([z.boolean(), z.string()]).nullable().default(null),
		min: z.number().nullable().default(null),
		max: z.number().nullable().default(null),
		parmi: z.array(z.string()).nullable().default(null),
		unite: z.string().nullable().default(null),
		/** Answers that another fact gives for sure; « {valeur} » stands for it. A person's own answer comes first. */
		deduit: z.array(Deduction).optional(),
		/** What the measure is called in a sentence: to have received it before is a clue, told beside the question. */
		indice_recu: z.string().optional(),
		/** Whose fact it is: answered once for that place, and not action by action. */
		portee: PlaceScope.optional(),
		/** « this year »: an answer holds for the year it was given in. */
		annuel: z.boolean().optional(),
		...dated,
		/** It asks whether the action is of what the measure is for: until somebody says so, another one comes first. */
		objet: z.boolean().optional(),
		/** Granted now and then, against the rule: asked, and never proposed before anything else. */
		exception: z.boolean().optional(),
		...common
	})
]);
export type Criterion = z.infer<typeof Criterion>;

export type Condition = Criterion | { toutes: Condition[] } | { au_moins_une: Condition[] } | { aucune: Condition[] };
export const Condition: z.ZodType<Condition> = z.lazy(() =>
	z.union([
		Criterion,
		z.strictObject({ toutes: z.array(Condition).min(1) }),
		z.strictObject({ au_moins_une: z.array(Condition).min(1) }),
		z.strictObject({ aucune: z.array(Condition).min(1) })
	])
) as z.ZodType<Condition>;

/** All criteria of a condition, whatever their depth. */
export function criteriaOf(condition: Condition): readonly Criterion[] {
	if ('critere' in condition) return [condition];
	const inner =
		'toutes' in condition ? condition.toutes : 'aucune' in condition ? condition.aucune : condition.au_moins_une;
	return inner.flatMap(criteriaOf);
}

/** What is known of an action when a measure is assessed; a missing key is « not known ». */
export const Situation = z.strictObject({
	enjeux: z.array(z.string()).optional(),
	nature: NatureCode.optional(),
	/** Read on too few words to decide anything, and nobody said it: told, never counted. */
	nature_lue: NatureCode.optional(),
	maitre_ouvrage: z.string().optional(),
	/** Each kind of body its cell lists, when it lists several; null: a kind nobody knows. */
	maitres_ouvrage: z.array(z.string().nullable()).optional(),
	cout: z.number().optional(),
	atteinte: z.string().optional(),
	plan: PlanKind.optional(),
	titre: z.string().optional(),
	depot: IsoDate.optional(),
	faits: z.record(z.string(), z.union([z.boolean(), z.number(), z.string()])).optional()
});
export type Situation = z.infer<typeof Situation>;

export const Measure = z.strictObject({
	id: z.string().min(1),
	libelle: z.string().min(1),
	operateur: z.string().min(1),
	forme: z.string(),
	/** Document whose programme this money is shared by: nothing is asked of it for an action that is not in there. */
	enveloppe: PlanKind.nullable().default(null),
	/** `source` and `partielle` are assessed; `non-verifiee` is shown greyed, never assessed. */
	verification: z.enum(['source', 'partielle', 'non-verifiee']),
	/** What is left to check, shown to the user. */
	a_verifier: z.string().nullable().default(null),
	/** From when open, closed (null) or waiting for confirmation. */
	etat: Dated(z.enum(['ouvert', 'a-confirmer', 'liste-fermee', 'convention-en-cours'])),
	applicable_si: Condition.nullable(),
	aide: z
		.strictObject({
			unite: z.string(),
			/** A rate read on a page without a date; else `valeurs`, by the day from which each holds. */
			valeur: z.number().nullable().default(null),
			valeurs: Dated(z.number()).default({}),
			reference: z.number().int().nullable().default(null),
			note: z.string().nullable().default(null)
		})
		.nullable()
		.default(null),
	montants: z.record(z.string(), z.string()).default({}),
	cible_qpv: z
		.strictObject({
			part: z.number(),
			perimetre: z.string(),
			annees: z.array(z.number()),
			note: z.string(),
			references: z.array(Source).min(1)
		})
		.nullable()
		.default(null),
	cumul: z.string().nullable().default(null),
	conseil: z.string().nullable().default(null),
	/** Words that name it in a financing column. */
	alias: z.array(z.string()).default([]),
	references: z.array(Source).min(1),
	a_revoir_le: IsoDate,
	exemples: z
		.array(
			z.strictObject({
				nom: z.string(),
				situation: Situation,
				attendu: z.enum(['a-instruire', 'ecarte', 'indetermine']),
				/** Day it is assessed on; null: the last day somebody looked at the sources. */
				le: IsoDate.nullable().default(null),
				/** Keys of the blocking criteria that fail, or that nobody can answer: `cout`, or the name of the fact. */
				echecs: z.array(z.string()).default([]),
				manquants: z.array(z.string()).default([])
			})
		)
		.default([])
});
export type Measure = z.infer<typeof Measure>;

export const FundingFile = z.strictObject({
	id: z.string().min(1),
	titre: z.string().min(1),
	/** Sentence of two lines for people. */
	resume: z.string().min(1),
	/** Where what it granted is published: the name of the list, and the site. */
	liste_publiee: z.strictObject({ titre: z.string().min(1), site: z.string().min(1) }).optional(),
	alias: z.array(z.string()).default([]),
	/** Where these measures are, when they are of one region only, and what the same words of a file name `ailleurs`. */
	propre_a: z.strictObject({ departements: z.array(z.string()).min(1), ailleurs: z.string().min(1) }).optional(),
	mesures: z.array(Measure).min(1)
});
export type FundingFile = z.infer<typeof FundingFile>;
