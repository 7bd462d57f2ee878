import type { Verdict } from '../rules/eligibility';
import { questionsOf } from '../rules/questions';
import type { Reason } from '../rules/criteria';
import type { IsoDate } from '../source';

/* The one order in which the measures still open to an action are told, on every page. */

/** What of a measure counts in the order, whatever the action. */
export interface MeasureFacts {
	readonly pret: boolean;
	/** Its conditions have not all been read in a text: said beside it, never counted in the order. */
	readonly partielle: boolean;
	/** The plan may already count on it: see `maybeAsked`. */
	readonly peutEtre?: boolean;
	/** Last day to file it that a day knows of, when it is not past. */
	readonly depotAt: (asOf: IsoDate) => IsoDate | null;
}

/** Something nobody has said yet, as a question: « Quel gain les travaux apportent-ils ? (il faut : au moins 40 %) ». */
export interface Lack {
	readonly cle: string;
	readonly dit: string;
	/** What it is about, in a few words: « gain d’énergie finale ». */
	readonly sujet: string;
	/** False when not knowing it does not hold the request back. */
	readonly bloquant: boolean;
	/** It is granted against the rule only. */
	readonly exception?: boolean;
	/** Whether the action is of what the measure is for: what is to be known first. */
	readonly objet?: boolean;
	/** What a published list suggests of its answer, in a few words; `dit` has it in full. */
	readonly indique?: string;
}

/** Each thing once, blocking ones first, and among them what the measure is for; words of a title only guess what a question asks. */
export function lacksOf(reasons: readonly Reason[]): Lack[] {
	const asked = reasons.filter((r) => r.cle !== 'mots');
	const told = asked.some((r) => r.bloquant) ? asked : reasons;
	const of = (bloquant: boolean): Lack[] =>
		questionsOf(told.filter((r) => r.bloquant === bloquant)).map((q) => ({
			...{ ...q, bloquant },
			...(told.some((r) => r.cle === q.cle && r.exception) && { exception: true }),
			...(told.some((r) => r.cle === q.cle && r.objet) && { objet: true })
		}));
	const must = of(true).sort((a, b) => Number(b.objet ?? false) - Number(a.objet ?? false));
	return [...must, ...of(false).filter(({ cle }) => must.every((m) => m.cle !== cle))];
}

const LAST_DAY = '9999-12-31';
/** Who bears the action, as the criterion of that name asks. */
const BEARER = 'maitre_ouvrage';

/**
 * Verdicts of one action, those to look at first before the others.
 * out    what no line of the plan may be about; of these and of the others, what is granted against the rule last, aids
 *        before loans, those known to be for such an action, those ready to be asked for; then those whose bearer is known
 *        to be one they accept, those that lack the fewest answers, the nearest day to file, most conditions met; then as
 *        they were given. `OPEN_ORDER` says all of it
 */
export function inOpenOrder<V extends Pick<Verdict, 'verdict' | 'remplis' | 'manquants'>>(
	verdicts: readonly V[],
	factsOf: (verdict: V) => MeasureFacts,
	asOf: IsoDate
): V[] {
	return verdicts
		.map((verdict) => ({ verdict, key: keyOf(verdict, factsOf(verdict), asOf) }))
		.sort((a, b) => {
			const at = a.key.findIndex((value, i) => value !== b.key[i]);
			return at < 0 ? 0 : a.key[at]! < b.key[at]! ? -1 : 1;
		})
		.map(({ verdict }) => verdict);
}

function keyOf(
	{ verdict, remplis, manquants }: Pick<Verdict, 'verdict' | 'remplis' | 'manquants'>,
	facts: MeasureFacts,
	asOf: IsoDate
): readonly (string | number)[] {
	const lacks = lacksOf(manquants).filter((l) => l.bloquant).length;
	return [
		Number(facts.peutEtre ?? false),
		Number(manquants.some((r) => r.exception)),
		Number(facts.pret),
		Number(manquants.some((r) => r.bloquant && r.objet)),
		// Words of a title that prove nothing are no question, and still keep a measure from being ready.
		Number(verdict !== 'a-instruire'),
		Number(manquants.some((r) => r.bloquant && r.cle === BEARER)),
		lacks,
		facts.depotAt(asOf) ?? LAST_DAY,
		-remplis.filter((r) => r.bloquant).length
	];
}

/** The same, in words. */
export const OPEN_ORDER =
	'Pour une même action, partout dans l’outil\u00a0: d’abord ce qui ne s’obtient pas par exception\u202f; puis une aide avant un prêt, ce qui entre dans l’objet de la mesure avant ce dont on ne le sait pas, ce qui est à instruire, un porteur que la mesure accepte, le moins de réponses bloquantes à donner, la date limite la plus proche, le plus de conditions remplies. Ce qui est peut-être déjà demandé vient en dernier.';
