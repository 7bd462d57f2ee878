/* What an address narrows the gaps of a territory to: apart, so that a browser asks for nothing of what makes them. */

/** How grave, or what else than an alert. */
export const GAP_LEVELS = ['critique', 'haute', 'moyenne', 'information', 'opportunite', 'donnee'] as const;
export type GapLevel = (typeof GAP_LEVELS)[number];

export interface GapFilter {
	readonly quartier: string | null;
	readonly gravite: GapLevel | null;
	readonly regle: string | null;
	readonly enjeu: string | null;
	/** Whom its gesture names. */
	readonly qui: string | null;
}

export const EVERY_GAP: GapFilter = { quartier: null, gravite: null, regle: null, enjeu: null, qui: null };

/** Names of what narrows the list, in its address. */
export const GAP_PARAMETERS: readonly (keyof GapFilter)[] = ['quartier', 'gravite', 'regle', 'enjeu', 'qui'];
