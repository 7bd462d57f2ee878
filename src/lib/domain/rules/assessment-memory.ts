import { answerTo } from './criterion-memory';
import type { Labels } from './criteria';
import type { Assessment } from './eligibility';
import { criteriaOf, type Criterion, type Measure, type Situation } from './funding';
import { rememberOf } from '../remember';
import { valueAt, type IsoDate } from '../source';

/* Many actions give a measure the same answers, and few days change what it asks: what is said of it then is written once. */

const written = rememberOf<Labels, Measure, Assessment>(500);

/**
 * What is already written of a measure for those answers on such a day, or what `write` says.
 * in     `standing`: the day it stands at for that situation, see `standingDay`
 */
export function assessedOnce(
	measure: Measure,
	{
		situation,
		standing,
		labels
	}: { readonly situation: Situation; readonly standing: IsoDate; readonly labels: Labels },
	write: () => Assessment
): Assessment {
	// A character no answer holds stands between them.
	let key: string = standing;
	for (const criterion of asked(measure).questions) key += `\u0001${answerTo(criterion, situation)}`;
	return written(labels, measure, key, write);
}

/**
 * The day since which a measure has said the same of a given situation; the day itself when its sentences name it: nothing is
 * filed yet, or nobody knows the value of that day.
 */
export function standingDay(measure: Measure, asOf: IsoDate, filed = false): IsoDate {
	const { days, dated, filing } = asked(measure);
	if (filing && !filed) return asOf;
	if (dated.some((valeurs) => (valueAt(valeurs, asOf) ?? null) === null)) return asOf;
	return days.findLast((day) => day <= asOf) ?? '';
}

interface Asked {
	/** One criterion per question: two that look at the same thing get the same answer. */
	readonly questions: readonly Criterion[];
	readonly dated: readonly Readonly<Record<IsoDate, unknown>>[];
	/** Days from which something in it changes, in order. */
	readonly days: readonly IsoDate[];
	readonly filing: boolean;
}
const known = new WeakMap<Measure, Asked>();

function asked(measure: Measure): Asked {
	const before = known.get(measure);
	if (before) return before;
	const criteria = measure.applicable_si === null ? [] : criteriaOf(measure.applicable_si);
	// The values of a filing day hold on the day of the file.
	const dated = criteria.flatMap((c) => ('valeurs' in c && c.valeurs && c.critere !== 'depot' ? [c.valeurs] : []));
	const name = (c: Criterion) => (c.critere === 'fait' ? `fait ${c.fait}` : c.critere === 'mots' ? c : c.critere);
	const found: Asked = {
		questions: [...new Map(criteria.map((c) => [name(c), c])).values()],
		dated,
		days: [measure.etat, ...dated].flatMap((one) => Object.keys(one)).sort(),
		filing: criteria.some((c) => c.critere === 'depot')
	};
	known.set(measure, found);
	return found;
}
