import { z } from 'zod';
import { PlanKind } from '../action';

const Likelihood = z.number().min(0).max(1);
const Code = z.string().regex(/^[TPN]\d{1,2}$/);

/** What labelled titles teach of each word: data/appris.yaml, written by the tests that hold it, read by people. */
export const LearntFile = z.strictObject({
	version: z.string(),
	/** Titles it was learnt from. */
	titres: z.number().int().positive(),
	/** Likelihood, 0 to 1, from which a code is proposed where no word of the lexicon says one; by axis. */
	seuil: z.strictObject({ T: Likelihood, P: Likelihood, N: Likelihood }),
	/** The same for the actions of a plan, where it is not the same. */
	seuil_plan: z.partialRecord(PlanKind, z.strictObject({ T: Likelihood })),
	/** Code → weight of a title whose words are all unknown. */
	depart: z.record(Code, z.number()),
	/** Code → word, or « ^word » at the head of a title → weight: above 0 for, below 0 against. */
	poids: z.record(Code, z.record(z.string().min(1), z.number()))
});
export type LearntFile = z.infer<typeof LearntFile>;
