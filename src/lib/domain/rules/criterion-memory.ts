import type { Labels, Outcome } from './criteria';
import type { Criterion, Situation } from './funding';

/* Many actions give a criterion the same answer: what is said of it is written once, for as long as the labels are the same. */

const written = new WeakMap<Labels, WeakMap<Criterion, Map<string, Outcome>>>();
const WRITTEN = 2_000;

/** What is already written for that answer on that day, or what `write` says. */
export function outcomeOnce(
	criterion: Criterion,
	{ labels, situation, asOf }: { readonly labels: Labels; readonly situation: Situation; readonly asOf: string },
	write: () => Outcome
): Outcome {
	const byCriterion = written.get(labels) ?? new WeakMap<Criterion, Map<string, Outcome>>();
	written.set(labels, byCriterion);
	const known = byCriterion.get(criterion) ?? new Map<string, Outcome>();
	byCriterion.set(criterion, known);
	const key = `${asOf} ${answerTo(criterion, situation)}`;
	const outcome = known.get(key) ?? write();
	if (known.size >= WRITTEN) known.clear();
	known.set(key, outcome);
	return outcome;
}

/** All that a criterion looks at in a situation. */
function answerTo(criterion: Criterion, situation: Situation): string {
	switch (criterion.critere) {
		case 'enjeu':
			return String(situation.enjeux?.join());
		case 'mots':
			return String(situation.titre);
		case 'fait': {
			const value = situation.faits?.[criterion.fait];
			return `${typeof value} ${String(value)}`;
		}
		default:
			return String(situation[criterion.critere]);
	}
}
