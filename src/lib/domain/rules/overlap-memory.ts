import type { PlacedAction } from '../crossing/place';
import { keep, sameFacts, sameList, type Memory } from '../memory';
import { candidatesAgain, candidatesOf, type Candidates } from './overlap-candidates';
import type { Mark, WatchedPair } from './markers';
import { CROWD, featuresOf, type Features } from './overlap-features';
import type { Weighing } from './overlap-kinships';
import { weighPairs, type Pair } from './overlap-pairs';
import type { GapRule } from './referentiel';
import { reworded, titleIndex, type TitleIndex } from './title-likeness';

/* What brings two actions together outlives a reading, and what they score too; but a title that changes weighs on all others. */

/** Candidates as they were last looked for and pairs as they were weighed, of which actions, by which titles. */
interface Held {
	readonly placed: readonly PlacedAction[];
	readonly titles: TitleIndex;
	readonly candidates: Candidates;
	readonly pairs: readonly Pair[];
}

/** What is read of each action, of which only the few that changed are read again. */
export function heldFeatures(
	placed: readonly PlacedAction[],
	marksOf: (placed: PlacedAction) => readonly Mark[],
	watched: readonly WatchedPair[],
	memory: Memory
): Features {
	const read = (some: readonly PlacedAction[]) => featuresOf(some, some.map(marksOf), watched);
	const from = [marksOf, watched];
	const known = memory.get('traits');
	const before = known && sameFacts(known.from, from) ? (known.answer as Read) : null;
	const changed = before && changedSince(before.placed, placed);
	const features = changed ? readAgain(before.features, changed, read(changed.map((i) => placed[i]!))) : read(placed);
	memory.set('traits', { from, answer: { placed, features } satisfies Read });
	return features;
}

interface Read {
	readonly placed: readonly PlacedAction[];
	readonly features: Features;
}

function readAgain(before: Features, changed: readonly number[], now: Features): Features {
	const [profiles, sides] = [[...before.profiles], [...before.sides]];
	for (const [k, i] of changed.entries()) [profiles[i], sides[i]] = [now.profiles[k]!, now.sides[k]!];
	return { ...now, profiles, sides };
}

/** Titles ready to be compared, of which only the few that changed are read again. */
export function heldTitles(placed: readonly PlacedAction[], memory: Memory): TitleIndex {
	const list = sameList(
		memory,
		'titres',
		placed.map((p) => p.action.titre)
	);
	const before = memory.get('index des titres')?.answer as TitleIndex | undefined;
	return keep(memory, 'index des titres', [list], () => titleIndex(list, before));
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
	const changed = before && changedSince(before.placed, placed);
	const candidates = changed
		? candidatesAgain(before.candidates, features, titles, weighing, {
				changed,
				reworded: before.titles === titles ? changed : reworded(before.titles, titles, changed)
			})
		: candidatesOf(features, titles, weighing);
	const again = changed && before.titles === titles ? new Set(changed) : null;
	const pairs = again
		? [
				...before!.pairs.filter(({ i, j }) => !again.has(i) && !again.has(j)),
				...weighPairs(features, titles, weighing, candidates, again)
			]
		: weighPairs(features, titles, weighing, candidates);
	memory.set('candidates', { from: rules, answer: { placed, titles, candidates, pairs } satisfies Held });
	return pairs;
}

/** Positions of the few actions that are no longer the same; null when there are many. */
function changedSince(before: readonly PlacedAction[], now: readonly PlacedAction[]): number[] | null {
	if (before.length !== now.length) return null;
	const changed = now.flatMap((p, i) => (p === before[i] ? [] : [i]));
	return changed.length <= now.length / 8 ? changed : null;
}
