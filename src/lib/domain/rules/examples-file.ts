import { z } from 'zod';

const Said = z.strictObject({ constat: z.string().min(1), geste: z.string().min(1) });

/** What each rule says of the demonstration territory: data/exemples.yaml, written by the tests that hold it, read by people. */
export const ExamplesFile = z.strictObject({
	version: z.string(),
	/** By rule: what it says, and what it asks for when a datum is missing, if it ever does there. */
	lacunes: z.record(z.string().regex(/^G\d{2}$/), Said.extend({ demande: Said.nullable() }))
});
export type ExamplesFile = z.infer<typeof ExamplesFile>;
