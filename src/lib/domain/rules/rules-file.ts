import { z } from 'zod';
import { PlanKind } from '../action';
import { IsoDate, Source } from '../source';

/* Schema of data/lacunes.yaml: what counts as a gap, how serious it is, what to say and where to answer. */

export const SeverityLevel = z.enum(['critique', 'haute', 'moyenne', 'information', 'opportunite']);
export type SeverityLevel = z.infer<typeof SeverityLevel>;

/** Pages where a gap is answered. */
export const AnswerPlace = z.enum([
	'imports',
	'lieux',
	'financement',
	'argent',
	'recoupements',
	'dates',
	'ecoles',
	'actions',
	'referents'
]);
export type AnswerPlace = z.infer<typeof AnswerPlace>;

export const GapRule = z.strictObject({
	id: z.string().regex(/^G\d{2}$/),
	libelle: z.string().min(1),
	portee: z.enum([
		'quartier-enjeu',
		'quartier-indicateur',
		'action',
		'action-dispositif',
		'couple',
		'quartier',
		'territoire-dispositif',
		'plan'
	]),
	definition: z.string().min(1),
	/** The same, formally: a line per head (`alerte`, `question`, `cas « … »`), in words of `vocabulaire` and names of `parametres`. */
	formule: z.string().min(1),
	/** Function of `domain/gap-predicates.ts`; null: written down, not computed yet, and said so on the page. */
	predicat: z.string().nullable(),
	parametres: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.array(z.string())])).default({}),
	/** A figure of the rule that no territory tunes: why, and who sets it. */
	non_reglable: z.string().min(1).nullable().default(null),
	gravite: z.strictObject({
		base: SeverityLevel,
		/** Cases the predicate may name; a case may have a sentence and something to do of its own. */
		si: z.array(
			z.strictObject({
				cas: z.string(),
				gravite: SeverityLevel,
				/** No graver than that, whatever the other cases say. */
				au_plus: z.boolean().optional(),
				/** Its own name in a list, beside that of the rule. */
				libelle: z.string().nullable().default(null),
				message: z.string().nullable().default(null),
				a_faire: z.string().nullable().default(null),
				ou: AnswerPlace.nullable().default(null)
			})
		)
	}),
	/** Sentence shown; `{quartier}`, `{enjeu}`… are filled by the predicate. */
	message: z.string().min(1),
	a_faire: z.string().min(1),
	ou: AnswerPlace.nullable().default(null),
	si_donnee_absente: z
		.strictObject({ message: z.string(), a_faire: z.string(), ou: AnswerPlace.nullable().default(null) })
		.nullable(),
	references: z.array(Source).min(1),
	a_revoir_le: IsoDate
});
export type GapRule = z.infer<typeof GapRule>;

export const GapsFile = z.strictObject({
	version: z.string(),
	/** Plans « de droit commun » for G02. */
	droit_commun: z.array(PlanKind),
	/** Words that formal definitions use, with their meaning; several that go together share an entry. */
	vocabulaire: z.record(z.string(), z.string().min(1)),
	regles: z.array(GapRule).length(20)
});
export type GapsFile = z.infer<typeof GapsFile>;
