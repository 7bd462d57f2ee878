import type { PlacedAction } from '../crossing/place';
import { changesIn, readEach, sameFacts, type Memory } from '../memory';
import { candidatesAgain, candidatesOf, movedTo, type Candidates } from './overlap-candidates';
import type { Mark, WatchedPair } from './markers';
import { CROWD, profileOf, kindsOf, sidesOf, type Features } from './overlap-features';
import type { Weighing } from './overlap-kinships';
import { weighPairs, type Pair } from './overlap-pairs';
import type { GapRule } from './referentiel';
import { reworded, titleIndex, weighsOtherwise, type TitleIndex } from './title-likeness';

/* What brings two actions together outlives a reading, and what they score too; but a title that changes weighs on all others. */

/** Candidates as they were last looked for and pairs as they were weighed, of which actions, by which titles. */
interface Held {
	readonly placed: readonly PlacedAction[];
	readonly titles: TitleIndex;
	readonly candidates: Candidates;
	readonly pairs: readonly Pair[];
}

/** What is read of each action, of which only the few that changed are read again. */
export const heldFeatures = (
	placed: readonly PlacedAction[],
	marksOf: (placed: PlacedAction) => readonly Mark[],
	watched: readonly WatchedPair[],
	memory: Memory
): Features => ({
	profiles: readEach(memory, 'traits', [], placed, profileOf),
	sides: readEach(memory, 'côtés', [marksOf, watched], placed, (p) => sidesOf(p, marksOf(p), watched)),
	...kindsOf(watched)
});

interface Indexed {
	readonly placed: readonly PlacedAction[];
	readonly list: readonly string[];
	readonly titles: TitleIndex;
}

/** Titles ready to be compared, of which only the few that changed are read again. */
export function heldTitles(placed: readonly PlacedAction[], memory: Memory): TitleIndex {
	const list = readEach(memory, 'titres', [], placed, (p) => p.action.titre);
	const before = memory.get('index des titres')?.answer as Indexed | undefined;
	const titles =
		before?.list === list
			? before.titles
			: titleIndex(list, before && { titles: before.titles, was: stoodAt(before.placed, placed)?.was });
	memory.set('index des titres', { from: [], answer: { placed, list, titles } satisfies Indexed });
	return titles;
}

/** Pairs above the threshold. Those of actions that have not changed are not looked for again, nor weighed unless a title changed. */
export function weighedPairs(
	placed: readonly PlacedAction[],
	features: Features,
	titles: TitleIndex,
	rules: readonly GapRule[],
	weighing: Weighing,
	memory: Memory
): readonly Pair[] {
	// Candidates of a crowd are too many to be held.
	if (placed.length > CROWD) return weighPairs(features, titles, weighing);
	const known = memory.get('candidates');
	const before = known && sameFacts(known.from, rules) ? (known.answer as Held) : null;
	const stood = before && stoodAt(before.placed, placed);
	const candidates = stood
		? candidatesAgain(movedTo(before.candidates, stood.to), features, titles, weighing, {
				changed: stood.come,
				reworded: before.titles === titles ? stood.come : reworded(before.titles, titles, stood.gone, stood.come)
			})
		: candidatesOf(features, titles, weighing);
	const same = before?.titles === titles;
	const again = stood && (same ? stood.come : otherwiseAlike(before!.titles, titles, stood));
	const { near, far, fresh } = candidates;
	const pairs = again
		? weighedAgain(before!.pairs, new Set(again), (only) =>
				weighPairs(features, titles, weighing, same ? [fresh] : [near, far], only)
			)
		: weighPairs(features, titles, weighing, [near, far]);
	memory.set('candidates', { from: rules, answer: { placed, titles, candidates, pairs } satisfies Held });
	return pairs;
}

/** The pairs of before, but those of actions that are weighed again. */
function weighedAgain(
	before: readonly Pair[],
	again: ReadonlySet<number>,
	weigh: (only: ReadonlySet<number>) => readonly Pair[]
): readonly Pair[] {
	const pairs = before.filter(({ i, j }) => !again.has(i) && !again.has(j));
	for (const pair of weigh(again)) pairs.push(pair);
	return pairs;
}

/** Positions of the titles that are not as alike to others as they were; null: any of them. */
const otherwiseAlike = (before: TitleIndex, now: TitleIndex, { to, gone, come }: Stood): readonly number[] | null =>
	to === null ? reworded(before, now, gone, come, weighsOtherwise) : null;

/** Where actions stood, and where they now do. */
interface Stood {
	/** Position before, of each; -1: it was not there. */
	readonly was: Int32Array;
	/** Position now, of each that was there; -1: it is gone. null: all that are left stand where they did. */
	readonly to: Int32Array | null;
	/** Positions of those that went, before, and of those that came, now. */
	readonly gone: readonly number[];
	readonly come: readonly number[];
}

/** null when many came or went. */
function stoodAt(before: readonly PlacedAction[], now: readonly PlacedAction[]): Stood | null {
	const changes = changesIn(before, now);
	if (!changes || Math.max(changes.gone.length, changes.come.length) > now.length / 8) return null;
	const was = new Int32Array(now.length);
	const to = new Int32Array(before.length);
	const [gone, come]: number[][] = [[], []];
	let [i, j] = [0, 0];
	while (i < before.length || j < now.length) {
		if (before[i] === changes.gone[gone!.length] && i < before.length) {
			gone!.push(i);
			to[i++] = -1;
		} else if (now[j] === changes.come[come!.length] && j < now.length) {
			come!.push(j);
			was[j++] = -1;
		} else {
			to[i] = j;
			was[j++] = i++;
		}
	}
	return { was, to: changes.inPlace ? null : to, gone: gone!, come: come! };
}
