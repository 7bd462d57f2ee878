import type { QuartierSummary } from '../crossing/overview';
import { byUrgency } from '../crossing/urgency';
import { capital, count, FINE, number, plural } from '../french';

/* The page the tool opens with: which territory comes first, and in what words. */

export interface HomeTerritory {
	readonly code: string;
	readonly fictif: boolean;
	readonly quartiers: number;
	readonly plans: number;
}

/** Those where somebody decided something, then those with most quartiers; the demonstration last. `worked`: codes. */
export const inHomeOrder = <T extends HomeTerritory>(all: readonly T[], worked: ReadonlySet<string>): T[] =>
	[...all].sort(
		(a, b) =>
			Number(a.fictif) - Number(b.fictif) ||
			Number(worked.has(b.code)) - Number(worked.has(a.code)) ||
			b.quartiers - a.quartiers ||
			b.plans - a.plans
	);

/** « D’abord ceux où une décision est gardée, puis ceux qui ont le plus de quartiers. »; null for one alone. */
export function homeOrderWords(all: readonly HomeTerritory[], worked: ReadonlySet<string>): string | null {
	const mine = all.filter((t) => !t.fictif);
	if (all.length < 2) return null;
	const some = mine.some((t) => worked.has(t.code)) && mine.some((t) => !worked.has(t.code));
	const parts = [
		...(some ? ['ceux où une décision est gardée', 'puis ceux qui ont le plus de quartiers'] : []),
		...(!some && mine.length > 1 ? ['ceux qui ont le plus de quartiers'] : [])
	];
	const last = all.some((t) => t.fictif) ? 'le territoire fictif, en dernier' : '';
	const first = parts.length ? `d’abord ${parts.join(', ')}` : '';
	return `${capital([first, last].filter(Boolean).join(`${FINE}; `))}.`;
}

/** « 15 quartiers, 3 documents lus, 1 055 actions »; none loaded is said in words, as no figure is known. */
export const holdsWords = (t: HomeTerritory & { readonly actions: number }): string =>
	[
		t.quartiers ? count(t.quartiers, 'quartier') : 'Aucun quartier prioritaire chargé',
		count(t.plans, 'document lu', 'documents lus'),
		count(t.actions, 'action')
	].join(', ');

/** What is still read where no quartier is; null where there are some. */
export const stillReads = ({ quartiers }: HomeTerritory): string | null =>
	quartiers ? null : 'Sans quartier, ses actions, ses financements et ses recoupements se lisent ; la matrice, non.';

export interface UrgentQuartier {
	readonly code: string;
	readonly nom: string;
	/** « 10 lacunes critiques ou hautes, sur 20 »: as the page of the quartier counts them. */
	readonly dit: string;
}

/** How many quartiers of a territory the home page names. */
const FIRST = 3;

/**
 * The quartiers to open first.
 * in     all those of a territory
 * out    in the order of their list; one with no critical or high gap is not urgent
 */
export const urgentQuartiers = (
	quartiers: readonly Pick<QuartierSummary, 'quartier' | 'gaps' | 'population' | 'couvertures'>[]
): UrgentQuartier[] =>
	[...quartiers]
		.filter(({ gaps }) => gaps.critique + gaps.haute > 0)
		.sort(byUrgency)
		.slice(0, FIRST)
		.map(({ quartier: { code, nom }, gaps }) => {
			const [grave, all] = [gaps.critique + gaps.haute, gaps.critique + gaps.haute + gaps.moyenne];
			const words = gaps.critique ? (gaps.haute ? 'critiques ou hautes' : 'critiques') : 'hautes';
			const one = gaps.critique ? 'critique' : 'haute';
			return { code, nom, dit: `${count(grave, 'lacune')} ${plural(grave, one, words)} sur ${number(all)}` };
		});
