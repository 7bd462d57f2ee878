import type { PlacedAction } from '../crossing/place';
import { sameFacts, type Memory } from '../memory';
import { candidatesAgain, candidatesOf, type Candidates } from './overlap-candidates';
import { CROWD, type Features } from './overlap-features';
import type { Weighing } from './overlap-kinships';
import { weighPairs, type Pair } from './overlap-pairs';
import type { GapRule } from './referentiel';
import { reworded, type TitleIndex } from './title-likeness';

/* What brings two actions together outlives a reading, and what they score too; but a title that changes weighs on all others. */

/** Candidates as they were last looked for and pairs as they were weighed, of which actions, by which titles. */
interface Held {
	readonly placed: readonly PlacedAction[];
	readonly titles: TitleIndex;
	readonly candidates: Candidates;
	readonly pairs: readonly Pair[];
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
