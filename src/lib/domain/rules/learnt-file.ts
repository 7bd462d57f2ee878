import { z } from 'zod';

const Code = z.string().regex(/^[PN]\d{1,2}$/);

/** What labelled titles teach of each word: data/appris.yaml, written by the tests that hold it, read by people. */
export const LearntFile = z.strictObject({
	version: z.string(),
	/** Titles it was learnt from. */
	titres: z.number().int().positive(),
	/** Likelihood, 0 to 1, from which a code is proposed where no word of the lexicon says one; by axis, P or N. */
	seuil: z.strictObject({ P: z.number().min(0).max(1), N: z.number().min(0).max(1) }),
	/** Code → weight of a title whose words are all unknown. */
	depart: z.record(Code, z.number()),
	/** Code → word, or « ^word » at the head of a title → weight: above 0 for, below 0 against. */
	poids: z.record(Code, z.record(z.string().min(1), z.number()))
});
export type LearntFile = z.infer<typeof LearntFile>;
