import { reachIn, reaches } from '../crossing/coverage';
import { byId, type Niveau, type PlacedAction } from '../crossing/place';
import { changesIn, once, sameList, type Memory } from '../memory';
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
export function quartiersOf(gap: Gap, known: ReadonlyMap<string, PlacedAction>): readonly string[] {
	if (gap.preuves.paire && gap.reponse !== 'donnee-manquante') return metIn(gap.preuves.actions, known);
	if (gap.quartier !== null) return [gap.quartier];
	if (gap.reponse === 'donnee-manquante') return [];
	const [first, ...others] = gap.preuves.actions;
	const own = reachOf(first, known);
	// Most are about one action.
	if (others.length === 0) return own;
	return [...new Set([...own, ...others.flatMap((id) => reachOf(id, known))])];
}

/** Do two actions meet in a quartier? Both come to it, and one at least does more than cover the whole territory. */
export const meetIn = (a: PlacedAction, b: PlacedAction, quartier: string): boolean => {
	const both = [reachIn(a, quartier), reachIn(b, quartier)];
	return both.every(comes) && both.some(reaches);
};

const comes = (niveau: Niveau): boolean => niveau !== 'aucune' && niveau !== 'inconnu';

function metIn([first, second]: readonly string[], known: ReadonlyMap<string, PlacedAction>): readonly string[] {
	const [a, b] = [known.get(first ?? ''), known.get(second ?? '')];
	if (!a || !b) return [];
	return [...new Set([...reachedBy(a), ...reachedBy(b)])].filter((code) => meetIn(a, b, code));
}

function reachOf(id: string | undefined, known: ReadonlyMap<string, PlacedAction>): readonly string[] {
	const placed = id === undefined ? undefined : known.get(id);
	return placed ? reachedBy(placed) : [];
}

/** An opportunity is no gap, whatever its severity, nor is a request for data. */
const isCounted = (gap: Gap): boolean => gap.reponse === 'alerte' && !gap.ecartee;
export const noGap = (): Record<SeverityLevel, number> =>
	Object.fromEntries(SeverityLevel.options.map((s) => [s, 0])) as Record<SeverityLevel, number>;

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
	const tallies = ofRules.map((own, at) => {
		const name = `comptes ${at}`;
		const known = memory.get(name);
		const before = known && known.from[0] === places && known.from[1] === reach ? (known.answer as Tally) : null;
		const found = tally(own, places, byId(placed), before);
		memory.set(name, { from: [places, reach], answer: found });
		return found.counts;
	});
	return quartiers.map((_, q) =>
		Object.fromEntries(LEVELS.map((s, level) => [s, tallies.reduce((sum, own) => sum + own[q]![level]!, 0)]))
	) as Record<SeverityLevel, number>[];
}

const LEVELS = SeverityLevel.options;
const reachWords = once((placed: PlacedAction): string => {
	const here = placed.reach.filter((r) => comes(r.niveau));
	return [placed.action.id, ...here.map((r) => `${r.quartier}${reaches(r.niveau) ? '' : ' diffuse'}`)].join(' ');
});

/** Gaps of one rule counted by quartier then severity, and the gaps that were. */
interface Tally {
	readonly own: GapsOfRule;
	readonly counts: readonly (readonly number[])[];
}

/** in     `before`: counted in the same quartiers, of actions that reach the same ones; only what came or went is counted */
function tally(
	own: GapsOfRule,
	quartiers: readonly string[],
	known: ReadonlyMap<string, PlacedAction>,
	before: Tally | null
): Tally {
	if (before?.own === own) return before;
	const changes = own.map((gaps, level) => before && changesIn(before.own[level]!, gaps));
	const ranks = new Map(quartiers.map((code, at) => [code, at]));
	const counts = quartiers.map((_, at) => LEVELS.map((_, level) => (changes[level] ? before!.counts[at]![level]! : 0)));
	const count = (gap: Gap, level: number, by: number): void => {
		if (!isCounted(gap)) return;
		for (const code of quartiersOf(gap, known)) {
			const at = ranks.get(code);
			if (at !== undefined) counts[at]![level]! += by;
		}
	};
	for (const [level, gaps] of own.entries()) {
		for (const gap of changes[level]?.gone ?? []) count(gap, level, -1);
		for (const gap of changes[level]?.come ?? gaps) count(gap, level, 1);
	}
	return { own, counts };
}
