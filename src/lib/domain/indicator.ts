import { z } from 'zod';

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
