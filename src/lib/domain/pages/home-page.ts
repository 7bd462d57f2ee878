import type { QuartierSummary } from '../crossing/overview';
import { byUrgency, isUrgent } from '../crossing/urgency';
import { capital, FINE } from '../french';

/* The page the tool opens with: which territory comes first, and in what words. */

export interface HomeTerritory {
	readonly code: string;
	readonly fictif: boolean;
	readonly quartiers: number;
	readonly plans: number;
}

/** What decides the rank of a quartier. */
export type Urgency = Parameters<typeof byUrgency>[0];

/** The quartier that comes first in a territory, while it has something critical or high: a calm one ranks no territory. */
export const worstOf = (quartiers: readonly Urgency[]): Urgency | null => {
	const [first] = [...quartiers].sort(byUrgency);
	return first && isUrgent(first) ? first : null;
};

/**
 * Those whose worst quartier is the most urgent; then those where none can be ranked, and the demonstration last.
 * in     `worst`: by territory; none for one that ranks no quartier, or is not counted yet; without it, those with most quartiers first
 */
export const inHomeOrder = <T extends HomeTerritory>(
	all: readonly T[],
	worst: ReadonlyMap<string, Urgency> = new Map()
): T[] => {
	const between = (a: T, b: T): number => {
		const [x, y] = [worst.get(a.code), worst.get(b.code)];
		return x && y ? byUrgency(x, y) : Number(!x) - Number(!y);
	};
	return [...all].sort(
		(a, b) => Number(a.fictif) - Number(b.fictif) || between(a, b) || b.quartiers - a.quartiers || b.plans - a.plans
	);
};

/** « D’abord le territoire dont un quartier a les lacunes les plus graves ; le territoire fictif, en dernier. »; null for one alone. */
export function homeOrderWords(all: readonly HomeTerritory[], worst: ReadonlyMap<string, Urgency>): string | null {
	if (all.length < 2) return null;
	const own = all.filter((t) => !t.fictif);
	const ranked = own.some((t) => worst.has(t.code));
	const first =
		own.length < 2
			? ''
			: ranked
				? 'd’abord le territoire dont un quartier a les lacunes les plus graves'
				: 'rien n’y est encore évalué\u00a0: d’abord ceux qui ont le plus de quartiers';
	const last = all.some((t) => t.fictif) ? 'le territoire fictif, en dernier' : '';
	return `${capital([first, last].filter(Boolean).join(`${FINE}; `))}.`;
}

/**
 * Title of the list of territories: it only says urgent what stands in it as such.
 * in     `urgents`: the quartiers each of them names at once, by its code
 */
export function homeListTitle(
	all: readonly HomeTerritory[],
	urgents: ReadonlyMap<string, readonly QuartierDoor[]>
): string {
	const own = all.filter((t) => !t.fictif);
	if (all.length > 0 && own.length === 0) return 'Pour essayer\u00a0: un territoire fictif';
	if (own.every((t) => t.quartiers === 0)) return 'Les territoires';
	const named = own.some((t) => (urgents.get(t.code) ?? []).length > 0);
	return named ? 'Territoires et leurs quartiers urgents' : 'Territoires et leurs quartiers';
}

/** What is still read where no quartier is; null where there are some. */
export const stillReads = ({ quartiers }: HomeTerritory): string | null =>
	quartiers
		? null
		: 'Aucun quartier prioritaire chargé\u00a0: ses actions, ses financements et ses recoupements se lisent\u202f; la matrice, non.';

/** Why no quartier of a territory is named as urgent; null where some are, and where none is counted. */
export function unrankedWords({ plans }: Pick<HomeTerritory, 'plans'>, doors: readonly QuartierDoor[]): string | null {
	if (doors.length === 0 || doors.some((d) => d.urgent)) return null;
	return plans === 1
		? 'Quartiers non classés\u00a0: un seul plan lu, un second permettra de conclure.'
		: 'Aucun quartier n’a de lacune critique ni haute.';
}

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
		.map(({ quartier: { code, nom }, gaps }) => ({ code, nom, urgent: isUrgent({ gaps }) }));

/** How many quartiers of a territory the home page names. */
const FIRST = 3;

/** The quartiers to open first. */
export const firstDoors = (doors: readonly QuartierDoor[]): QuartierDoor[] =>
	doors.filter((d) => d.urgent).slice(0, FIRST);

/** Those that are not named at once: by name, as one looks for one of them. */
export function otherDoors(doors: readonly QuartierDoor[]): QuartierDoor[] {
	const first = firstDoors(doors);
	return doors.filter((d) => !first.includes(d)).sort((a, b) => a.nom.localeCompare(b.nom, 'fr', { numeric: true }));
}
