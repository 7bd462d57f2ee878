import { INSECABLE, inWords, list } from '../french';
import { bestReach, coverageOf, type CoverageContext } from './coverage';
import { isPast, pastAnswer } from './past-end';
import type { PlacedAction } from './place';

/* How sure an answer is: it may rest on actions that are perhaps not for the quartier, or that should be over. */

export interface AnswerReserve {
	/** One of the two below. */
	readonly aConfirmer: boolean;
	/** Without the actions of the commune, which nobody said are for the quartier, the answer would be weaker. */
	readonly probable: boolean;
	/** Every action that gives the answer has a planned end, and it is past. */
	readonly passee: boolean;
	/** « fin prévue passée pour une action sur trois », of the actions that give the answer. */
	readonly fins: string | null;
}

/**
 * in     the active actions that carry an enjeu; `context`: of one quartier
 * out    only an answer of substance is to be confirmed; the end of actions is told for the others too
 */
export function reserveOf(own: readonly PlacedAction[], context: CoverageContext, asOf: string): AnswerReserve {
	const coverage = coverageOf(own, context);
	const substance = coverage === 'structurante' || coverage === 'de-service';
	const sure = own.filter((a) => bestReach(a, context.quartiers) !== 'probable');
	const probable = substance && coverageOf(sure, context) !== coverage;
	const carriers = own.filter((a) => coverageOf([a], context) === coverage);
	const passee = substance && carriers.every((a) => isPast(a.action.dates?.fin, asOf));
	return { aConfirmer: probable || passee, probable, passee, fins: pastAnswer(own, context, asOf) };
}

type Reserve = Pick<AnswerReserve, 'probable' | 'passee'>;

/**
 * Why some answers are to be confirmed.
 * in     the reserves of those answers
 * out    « fin prévue passée » when it holds for all, « fin prévue passée (deux), atteinte probable (une) » else; null without any
 */
export function reasonsOf(reserves: readonly Reserve[]): string | null {
	const share = (words: string, n: number): string[] =>
		n === 0 ? [] : [n === reserves.length ? words : `${words} (${inWords(n, true)})`];
	const reasons = [
		...share('fin prévue passée', reserves.filter((r) => r.passee).length),
		...share('atteinte seulement probable', reserves.filter((r) => r.probable).length)
	];
	return reasons.length ? list(reasons) : null;
}

/**
 * in     the reserves of every answer counted, sure ones too
 * out    « dont deux à confirmer : … », « toutes à confirmer : … », « à confirmer : … » for one alone; null when all are sure
 */
export function toConfirm(counted: readonly AnswerReserve[]): string | null {
	const some = counted.filter((r) => r.aConfirmer);
	if (some.length === 0) return null;
	const how =
		some.length < counted.length ? `dont ${inWords(some.length, true)} ` : counted.length > 1 ? 'toutes ' : '';
	return `${how}à confirmer${INSECABLE}: ${reasonsOf(some)}`;
}
