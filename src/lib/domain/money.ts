import { z } from 'zod';

export const Basis = z.enum(['HT', 'TTC', 'inconnu']);
export type Basis = z.infer<typeof Basis>;

/** Euros with two decimals at most. `max` is set when the file gives a range: `euros` is then its lower bound. */
export const Money = z.object({
	euros: z.number(),
	base: Basis,
	max: z.number().nullable().default(null)
});
export type Money = z.infer<typeof Money>;
