import { z } from 'zod';

/** Pages a word of the glossary is met on. */
export const GlossaryPlace = z.enum([
	'matrice',
	'quartier',
	'a-faire',
	'lieux',
	'recoupements',
	'imports',
	'financement',
	'region',
	'argent',
	'regles',
	'referentiel'
]);
export type GlossaryPlace = z.infer<typeof GlossaryPlace>;

/** A word of the field or of the tool, said plainly. */
export const GlossaryTerm = z.strictObject({
	/** Anchor of its page. */
	id: z.string().regex(/^[a-z0-9-]+$/),
	terme: z.string().min(1),
	sigle: z.string().nullable().default(null),
	/** Other ways to say it: searched, and shown when they help. */
	aussi: z.array(z.string()).default([]),
	famille: z.enum(['outil', 'politique-ville', 'transition', 'plans', 'financements', 'territoires']),
	definition: z.string().min(20),
	ou: z.array(GlossaryPlace).default([]),
	/** Text the definition comes from; null for a word of the tool. */
	source: z.string().nullable().default(null)
});
export type GlossaryTerm = z.infer<typeof GlossaryTerm>;

export const GlossaryFile = z.strictObject({
	version: z.string(),
	/** Ways to write one same thing: looking for one finds the others. */
	abreviations: z.array(z.array(z.string().min(1)).min(2)).default([]),
	termes: z
		.array(GlossaryTerm)
		.min(30)
		.refine((termes) => new Set(termes.map((t) => t.id)).size === termes.length, 'deux mots portent le même « id »')
});
export type GlossaryFile = z.infer<typeof GlossaryFile>;
