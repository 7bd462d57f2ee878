import { byId, type PlacedAction } from '../crossing/place';
import { keep, once, sameList, type Memory } from '../memory';
import { reachedBy } from './gap-context';
import type { Gap, GapsOfRule } from './gaps';
import { SeverityLevel } from './referentiel';

/* Which quartiers a gap is about, and how many each has. */

/** Gaps of a quartier: its own, and those of actions that reach it among others. Requests about a whole document are not its own. */
export function gapsOfQuartier(gaps: readonly Gap[], quartier: string, placed: readonly PlacedAction[]): Gap[] {
	const known = byId(placed);
	return gaps.filter((gap) => quartiersOf(gap, known).includes(quartier));
}

/** Quartiers a gap is about: its own, or those that its actions reach, each once. */
function quartiersOf(gap: Gap, known: ReadonlyMap<string, PlacedAction>): readonly string[] {
	if (gap.quartier !== null) return [gap.quartier];
	if (gap.reponse === 'donnee-manquante') return [];
	const [first, ...others] = gap.preuves.actions;
	const own = reachOf(first, known);
	// Most are about one action.
	if (others.length === 0) return own;
	return [...new Set([...own, ...others.flatMap((id) => reachOf(id, known))])];
}

function reachOf(id: string | undefined, known: ReadonlyMap<string, PlacedAction>): readonly string[] {
	const placed = id === undefined ? undefined : known.get(id);
	return placed ? reachedBy(placed) : [];
}

/** Alerts and opportunities in force, by severity; requests for data are not counted. */
export function countGaps(gaps: readonly Gap[]): Record<SeverityLevel, number> {
	const counts = noGap();
	for (const gap of gaps) if (isCounted(gap)) counts[gap.gravite]++;
	return counts;
}

const isCounted = (gap: Gap): boolean => gap.reponse !== 'donnee-manquante' && !gap.ecartee;
const noGap = () => Object.fromEntries(SeverityLevel.options.map((s) => [s, 0])) as Record<SeverityLevel, number>;

/**
 * The gaps of each quartier, counted, in their order.
 * in     gaps of each rule; `memory`: a rule that finds the same things, of actions that reach the same quartiers, is not counted again
 */
export function countByQuartier(
	ofRules: readonly GapsOfRule[],
	quartiers: readonly string[],
	placed: readonly PlacedAction[],
	memory: Memory
): Record<SeverityLevel, number>[] {
	const reach = sameList(memory, 'qui atteint quoi', placed.map(reachWords));
	const places = sameList(memory, 'codes des quartiers', quartiers);
	const tallies = ofRules.map((own, at) =>
		keep(memory, `comptes ${at}`, [own, places, reach], () => tally(own, places, byId(placed)))
	);
	return quartiers.map((_, q) =>
		Object.fromEntries(LEVELS.map((s, level) => [s, tallies.reduce((sum, own) => sum + own[q]![level]!, 0)]))
	) as Record<SeverityLevel, number>[];
}

const LEVELS = SeverityLevel.options;
const reachWords = once((placed: PlacedAction): string => [placed.action.id, ...reachedBy(placed)].join(' '));

/** Gaps of one rule, by quartier then severity. */
function tally(own: GapsOfRule, quartiers: readonly string[], known: ReadonlyMap<string, PlacedAction>): number[][] {
	const counts = new Map(quartiers.map((code) => [code, LEVELS.map(() => 0)]));
	for (const gaps of own)
		for (const gap of gaps) {
			if (!isCounted(gap)) continue;
			const level = LEVELS.indexOf(gap.gravite);
			for (const code of quartiersOf(gap, known)) {
				const count = counts.get(code);
				if (count) count[level]!++;
			}
		}
	return quartiers.map((code) => counts.get(code)!);
}
