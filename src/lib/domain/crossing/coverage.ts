import type { LexiconFile } from '../rules/referentiel';
import type { Niveau, PlacedAction } from './place';

/** How an enjeu is answered in a place, strongest first; `saisie-incomplete` is « we do not know », never a zero. */
export const COVERAGES = [
	'structurante',
	'de-service',
	'sensibilisation-seule',
	'diffuse',
	'aucune',
	'saisie-incomplete'
] as const;
export type Coverage = (typeof COVERAGES)[number];
/** A coverage that was really assessed. */
export type Answer = Exclude<Coverage, 'saisie-incomplete'>;

/** What coverage is concluded from; states add up, conclusions do not. */
export interface CoverageState {
	/** Best answer that is certain. */
	readonly connu: Answer;
	/** Best answer there could be if everything unknown turned out well; never less than `connu`. */
	readonly possible: Answer;
	/** Enough plans are entered for « aucune » to mean something. */
	readonly suffisant: boolean;
}

export interface CoverageContext {
	/** Codes of the quartiers asked about; [] : perimeters not loaded, nothing can be assessed. */
	readonly quartiers: readonly string[];
	/** What each nature is worth as an answer (`natures` of data/enjeux.yaml). */
	readonly natures: ReadonlyMap<string, Answer>;
	/** Plans entered for the territory, and how many it takes (`min_plans` of G01). */
	readonly plansSaisis: number;
	/** The same without lists of grants, which are no plans; as many when not told. */
	readonly documentsCadres?: number;
	readonly minPlans: number;
	/** X code when the question is a crossing: an action that carries only its transition half counts as « diffuse ». */
	readonly croise?: string | null;
	/** What is read on little (`confiance` of data/lexique.yaml); without it no answer is doubted for its words. */
	readonly confiance?: LexiconFile['confiance'];
}

const ANSWERS: readonly Answer[] = ['structurante', 'de-service', 'sensibilisation-seule', 'diffuse', 'aucune'];
const NIVEAU_RANK: Record<Niveau, number> = { cible: 5, explicite: 4, probable: 3, diffuse: 2, inconnu: 1, aucune: 0 };

const strongest = (a: Answer, b: Answer): Answer => (ANSWERS.indexOf(a) <= ANSWERS.indexOf(b) ? a : b);

/** Reach « probable » or better: the action is for these inhabitants. */
export const reaches = (niveau: Niveau): boolean => NIVEAU_RANK[niveau] >= NIVEAU_RANK.probable;

/** Strongest reach of an action over some quartiers (all of its territory when not said); `inconnu` beats `aucune`. */
export function bestReach(placed: PlacedAction, quartiers?: readonly string[]): Niveau {
	const { all, byQuartier } = reachOf(placed);
	if (!quartiers) return all;
	let best: Niveau = 'aucune';
	for (const code of quartiers) {
		const niveau = byQuartier.get(code);
		if (niveau !== undefined && NIVEAU_RANK[niveau] > NIVEAU_RANK[best]) best = niveau;
	}
	return best;
}

/** Reach of an action on one quartier; « aucune » on a quartier it says nothing of. */
export const reachIn = (placed: PlacedAction, quartier: string): Niveau =>
	reachOf(placed).byQuartier.get(quartier) ?? 'aucune';

interface ReachIndex {
	readonly all: Niveau;
	readonly byQuartier: ReadonlyMap<string, Niveau>;
}
const reachIndexes = new WeakMap<PlacedAction['reach'], ReachIndex>();

/** Asked for every action, crossing and quartier: read once. */
function reachOf({ reach }: PlacedAction): ReachIndex {
	const known = reachIndexes.get(reach);
	if (known) return known;
	let all: Niveau = 'aucune';
	const byQuartier = new Map<string, Niveau>();
	for (const { quartier, niveau } of reach) {
		const before = byQuartier.get(quartier);
		if (before === undefined || NIVEAU_RANK[niveau] > NIVEAU_RANK[before]) byQuartier.set(quartier, niveau);
		if (NIVEAU_RANK[niveau] > NIVEAU_RANK[all]) all = niveau;
	}
	const index = { all, byQuartier };
	reachIndexes.set(reach, index);
	return index;
}

/** Dropped actions answer nothing; those that left the file count until a person decides. */
export const isActive = (placed: PlacedAction): boolean => placed.action.statut !== 'abandonne';

/**
 * How an enjeu is answered in a place: the best of its actions, as far as anything certain can be said.
 * in     actions that carry the enjeu (dropped ones are left out here)
 * out    with a reach of at least « probable », the worth of the nature: N1 structurante, N2 and N5 de-service, N3 and N4
 *        sensibilisation-seule; with a diffuse reach, or carrying half of a crossing, diffuse; else aucune.
 *        `saisie-incomplete` when nothing better than awareness is certain and an action of unknown nature or unknown
 *        reach could do better; when nothing answers and too few plans are entered; when no quartier is loaded
 * ref    data/enjeux.yaml (natures), data/lacunes.yaml (G01 min_plans), rulings « G01 and G02 »
 */
export function coverageOf(actions: readonly PlacedAction[], context: CoverageContext): Coverage {
	return coverageFrom(coverageState(actions, context));
}

export function coverageState(actions: readonly PlacedAction[], context: CoverageContext): CoverageState {
	const suffisant = context.quartiers.length > 0 && context.plansSaisis >= context.minPlans;
	let connu: Answer = 'aucune';
	let possible: Answer = 'aucune';
	for (const placed of actions) {
		if (!isActive(placed)) continue;
		const half = context.croise ? placed.croises.some((c) => c.code === context.croise && !c.complet) : false;
		const niveau = bestReach(placed, context.quartiers);
		if (niveau === 'aucune') continue;
		const worth = placed.nature ? (context.natures.get(placed.nature.code) ?? null) : null;
		const hoped = half ? 'diffuse' : (worth ?? 'structurante');
		if (niveau === 'inconnu') possible = strongest(possible, hoped);
		else if (niveau === 'diffuse' || half) connu = strongest(connu, 'diffuse');
		else if (worth) connu = strongest(connu, worth);
		// It does reach the place: whatever its nature, this is no longer « nothing ».
		else [connu, possible] = [strongest(connu, 'sensibilisation-seule'), 'structurante'];
	}
	return { connu, possible: strongest(connu, possible), suffisant };
}

/** The conclusion a state allows. */
export function coverageFrom({ connu, possible, suffisant }: CoverageState): Coverage {
	if (connu === 'structurante' || connu === 'de-service') return connu;
	if (possible !== connu) return 'saisie-incomplete';
	return connu === 'aucune' && !suffisant ? 'saisie-incomplete' : connu;
}

/** Two sets of actions, or two places, taken together. Associative and commutative. */
export const mergeStates = (a: CoverageState, b: CoverageState): CoverageState => ({
	connu: strongest(a.connu, b.connu),
	possible: strongest(a.possible, b.possible),
	suffisant: a.suffisant && b.suffisant
});
