import type { QuartierSummary } from '../crossing/overview';
import { byUrgency } from '../crossing/urgency';
import { capital, FINE } from '../french';

/* The page the tool opens with: which territory comes first, and in what words. */

export interface HomeTerritory {
	readonly code: string;
	readonly fictif: boolean;
	readonly quartiers: number;
	readonly plans: number;
}

/** Those with most quartiers first, whatever was decided in them; the demonstration last. */
export const inHomeOrder = <T extends HomeTerritory>(all: readonly T[]): T[] =>
	[...all].sort((a, b) => Number(a.fictif) - Number(b.fictif) || b.quartiers - a.quartiers || b.plans - a.plans);

/** « D’abord ceux qui ont le plus de quartiers ; le territoire fictif, en dernier. »; null for one alone. */
export function homeOrderWords(all: readonly HomeTerritory[]): string | null {
	if (all.length < 2) return null;
	const first = all.filter((t) => !t.fictif).length > 1 ? 'd’abord ceux qui ont le plus de quartiers' : '';
	const last = all.some((t) => t.fictif) ? 'le territoire fictif, en dernier' : '';
	return `${capital([first, last].filter(Boolean).join(`${FINE}; `))}.`;
}

/** What is still read where no quartier is; null where there are some. */
export const stillReads = ({ quartiers }: HomeTerritory): string | null =>
	quartiers
		? null
		: 'Aucun quartier prioritaire chargé\u00a0: ses actions, ses financements et ses recoupements se lisent\u202f; la matrice, non.';

/** A quartier that the home page leads to. */
export interface QuartierDoor {
	readonly code: string;
	readonly nom: string;
	/** It has a critical or high gap. */
	readonly urgent: boolean;
}

/** in     all those of a territory; out    the same, in the order of their list */
export const quartierDoors = (
	quartiers: readonly Pick<QuartierSummary, 'quartier' | 'gaps' | 'population' | 'couvertures'>[]
): QuartierDoor[] =>
	[...quartiers]
		.sort(byUrgency)
		.map(({ quartier: { code, nom }, gaps }) => ({ code, nom, urgent: gaps.critique + gaps.haute > 0 }));

/** How many quartiers of a territory the home page names. */
const FIRST = 3;

/** The quartiers to open first. */
export const firstDoors = (doors: readonly QuartierDoor[]): QuartierDoor[] =>
	doors.filter((d) => d.urgent).slice(0, FIRST);
