import { changesIn, group, groupedBy, type Groups } from '../memory';
import type { Verdict } from './eligibility';
import type { GapView } from './gap-context';

/* What funding is told of each action, and of which ones it is no longer told the same. */

/** Verdicts of each action that has some: a list of one list. */
export const verdictsByAction = ({ verdicts, memoire }: GapView): Groups<readonly Verdict[]> =>
	memoire ? groupedBy(memoire, 'verdicts par action', [], verdicts, toldOf) : group(verdicts, toldOf);

const toldOf = (own: readonly Verdict[]): readonly string[] => (own.length > 0 ? [own[0]!.action] : []);

/** Actions whose verdicts are no longer the same; null when they are in another order. */
export function retold(before: GapView['verdicts'], { verdicts }: GapView): ReadonlySet<string> | null {
	const changes = changesIn(before, verdicts);
	return changes && new Set([...changes.gone, ...changes.come].flatMap(toldOf));
}
