import { reachIn, reaches } from '../crossing/coverage';
import { byId, type Niveau, type PlacedAction } from '../crossing/place';
import { changesIn, once, readEach, sameList, type Memory } from '../memory';
import { reachedBy } from './gap-context';
import type { Gap, GapsOfRule } from './gaps';
import { SeverityLevel } from './referentiel';

/* Which quartiers a gap is about, and how many each has. */

/** Gaps of a quartier: its own, and those of actions that reach it among others. Requests about a whole document are not its own. */
export function gapsOfQuartier(gaps: readonly Gap[], quartier: string, placed: readonly PlacedAction[]): Gap[] {
	const known = byId(placed);
	return gaps.filter((gap) => quartiersOf(gap, known).includes(quartier));
}

/** Ids of those a page reads from one quartier; null where it reads them all. */
export const idsHere = (
	{ gaps, actions }: { readonly gaps: readonly Gap[]; readonly actions: readonly PlacedAction[] },
	quartier: string | null
): ReadonlySet<string> | null =>
	quartier === null ? null : new Set(gapsOfQuartier(gaps, quartier, actions).map((gap) => gap.id));

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

type Counts = Record<SeverityLevel, number>;

/**
 * Gaps of a territory, each counted once however many quartiers it is about: as many open alerts, and opportunities, as its list holds.
 * out    `dedans`: those that a quartier counts; `dehors`: about a whole document, a fund, or an action that reaches none;
 *        `partagees`: alerts that several quartiers count. An opportunity counts as such, whatever its severity
 */
export function countOnce(
	gaps: readonly Gap[],
	placed: readonly PlacedAction[]
): { readonly dedans: Counts; readonly dehors: Counts; readonly partagees: number } {
	const known = byId(placed);
	const [dedans, dehors] = [noGap(), noGap()];
	let partagees = 0;
	for (const gap of gaps) {
		if (gap.ecartee || gap.reponse === 'donnee-manquante') continue;
		const places = quartiersOf(gap, known).length;
		(places === 0 ? dehors : dedans)[gap.reponse === 'alerte' ? gap.gravite : 'opportunite'] += 1;
		if (places > 1 && gap.reponse === 'alerte') partagees += 1;
	}
	return { dedans, dehors, partagees };
}

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
	const reach = readEach(memory, 'qui atteint quoi', [], placed, reachWords);
	const places = sameList(memory, 'codes des quartiers', quartiers);
	const tallies = ofRules.map((own, at) => {
		const name = `comptes ${at}`;
		const known = memory.get(name);
		const before = known && known.from[0] === places ? (known.answer as Tally) : null;
		const found = tally({ own, placed, reach }, places, before);
		memory.set(name, { from: [places], answer: found });
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

/** Gaps of one rule, of which actions, and the quartiers these reach. */
interface Counted {
	readonly own: GapsOfRule;
	readonly placed: readonly PlacedAction[];
	readonly reach: readonly string[];
}

/** The same, counted by quartier then severity. */
interface Tally extends Counted {
	readonly counts: readonly (readonly number[])[];
}

/** in     `before`: counted in the same quartiers; only what came or went, or is about actions that moved, is counted */
function tally(now: Counted, quartiers: readonly string[], before: Tally | null): Tally {
	if (before?.own === now.own && before.reach === now.reach) return { ...before, placed: now.placed };
	const moved = before && (before.reach === now.reach ? NONE : movedIn(before.placed, now.placed));
	const changes = now.own.map((gaps, level) => moved && changesIn(before!.own[level]!, gaps));
	const ranks = new Map(quartiers.map((code, at) => [code, at]));
	const counts = quartiers.map((_, at) => LEVELS.map((_, level) => (changes[level] ? before!.counts[at]![level]! : 0)));
	const count = (gap: Gap, level: number, placed: readonly PlacedAction[], by: number): void => {
		if (!isCounted(gap)) return;
		for (const code of quartiersOf(gap, byId(placed))) {
			const at = ranks.get(code);
			if (at !== undefined) counts[at]![level]! += by;
		}
	};
	for (const [level, gaps] of now.own.entries()) {
		const { gone, come } = changes[level] ?? { gone: [], come: gaps };
		for (const gap of gone) count(gap, level, before!.placed, -1);
		for (const gap of come) count(gap, level, now.placed, 1);
		if (!changes[level] || moved!.size === 0) continue;
		const fresh = new Set(come);
		for (const gap of gaps) {
			if (!isCounted(gap) || fresh.has(gap) || !gap.preuves.actions.some((id) => moved!.has(id))) continue;
			count(gap, level, before!.placed, -1);
			count(gap, level, now.placed, 1);
		}
	}
	return { ...now, counts };
}

const NONE: ReadonlySet<string> = new Set();

/** Ids of the actions that are no longer the same; null when they are in another order. */
function movedIn(before: readonly PlacedAction[], now: readonly PlacedAction[]): ReadonlySet<string> | null {
	const changes = changesIn(before, now);
	return changes && new Set([...changes.gone, ...changes.come].map((p) => p.action.id));
}
