import * as fr from '../french';
import { endWords, isOverdue } from '../crossing/past-end';
import { planOf } from '../crossing/grant-list';
import type { PlacedAction } from '../crossing/place';
import { measureName } from '../funding/measure-name';
import type { Unasked } from '../funding/no-request';
import { financingPlan, heldOf, type FinancingPlan } from '../funding/plan';
import type { Reason, Verdict } from '../rules/eligibility';
import { criteriaOf, type Measure } from '../rules/funding';
import { remainder } from '../rules/gap-predicates-action';
import type { Gap } from '../rules/gaps';
import { boundsAt } from '../rules/in-force';
import { byAction } from './by-action';
import { SeverityLevel, type Referentiel } from '../rules/referentiel';
import { questionsOf } from '../rules/questions';
import { STILL_TO_DO } from '../rules/still-to-do';
import type { IsoDate } from '../source';
import { scopeOf, type Scope } from './request-scope';

/* What each possible request lacks, by name, and which to look at first. */

/** Something nobody has said yet, as a question: « Quel gain les travaux apportent-ils ? (il faut : au moins 40 %) ». */
export interface Lack {
	readonly cle: string;
	readonly dit: string;
	/** False when not knowing it does not hold the request back. */
	readonly bloquant: boolean;
}

/** Money at stake, in euros: what is left to find when the plan tells it, else the cost. */
export interface Stake {
	readonly euros: number;
	readonly quoi: 'reste' | 'reste-suppose' | 'cout';
}

export interface UnaskedLine extends Unasked {
	readonly titre: string;
	readonly plan: string;
	/** « fin prévue en 2019, passée »; null for an action that is not past. */
	readonly finie: string | null;
	readonly dispositifNom: string;
	/** The nearest first: the one whose lacks are told. */
	readonly mesuresNoms: readonly string[];
	/** Other measures of the stream, which an answer or two would open. */
	readonly aCompleter: readonly string[];
	readonly manque: readonly Lack[];
	/** Last day known to file the nearest measure; null: not known. */
	readonly depot: IsoDate | null;
	/** True when it is lent: what is given comes first. */
	readonly pret: boolean;
	/** « Arrive au quartier Bellevue »; null: it aims at no quartier, and answers no gap of any. */
	readonly portee: string | null;
	/** Worst alert about the money of the action; null: none. */
	readonly gravite: SeverityLevel | null;
	/** The same, with what it finds: « Lacune haute : financement possible non sollicité ». */
	readonly lacune: string | null;
	/** null: no amount is stated. */
	readonly enjeu: Stake | null;
}

export interface RequestFacts {
	readonly placed: readonly PlacedAction[];
	readonly verdicts: readonly Verdict[];
	readonly gaps: readonly Gap[];
	readonly asOf: IsoDate;
	/** Names of the quartiers, by code; without them the reach of an action ranks it and is not told. */
	readonly noms?: ReadonlyMap<string, string>;
}

/**
 * Lines of the streams not asked for, grouped by action.
 * out    actions that may be over last; then by their nearest deadline, those that reach a quartier, their worst alert about
 *        money, what they would answer in quartiers if aimed, the money at stake (largest first), the fewest
 *        blocking lacks, their title; what is not known comes last each time. Within an action, by deadline, aids before loans,
 *        then lacks
 */
export function requestLines(streams: readonly Unasked[], facts: RequestFacts, ref: Referentiel): UnaskedLine[] {
	const { placed, verdicts, gaps, asOf } = facts;
	const measures = new Map(ref.financements.flatMap((f) => f.mesures.map((m) => [m.id, m] as const)));
	const own = new Map(placed.map((p) => [p.action.id, p]));
	const worst = worstOnMoney(gaps);
	const rules = new Map(ref.lacunes.regles.map((r) => [r.id, r.libelle] as const));
	const scopes = new Map<string, Scope>();
	const scope = (id: string): Scope => {
		const known = scopes.get(id) ?? scopeOf(own.get(id)!, gaps, ref, facts.noms);
		scopes.set(id, known);
		return known;
	};
	const found = new Map(verdicts.map((v) => [`${v.action} ${v.mesure}`, v]));
	const toComplete = new Map<string, string[]>();
	const plans = new Map(placed.map((p) => [p.action.id, financingPlan(p, ref)]));
	for (const v of verdicts)
		if (v.verdict === 'indetermine' && !isHeld(plans.get(v.action), v)) {
			const key = `${v.action} ${v.dispositif}`;
			toComplete.set(key, [...(toComplete.get(key) ?? []), v.mesure]);
		}
	// A loan is said to be one, on the line where it is proposed.
	const named = (id: string): string => {
		const measure = measures.get(id);
		return measure ? measureName(measure) : id;
	};
	const lines = streams.map((u): UnaskedLine => {
		const one = own.get(u.action)!;
		const { action } = one;
		const [nearest, ...others] = u.mesures
			.map((mesure) => ({ mesure, manque: lacksOf(found.get(`${u.action} ${mesure}`)?.manquants ?? []) }))
			.sort((a, b) => blocking(a) - blocking(b) || a.manque.length - b.manque.length);
		const left = remainder(action);
		const over = isOverdue(action, asOf);
		return {
			...u,
			titre: [action.reference, action.titre].filter(Boolean).join(' '),
			plan: planOf(one, ref.plans.types),
			finie: over ? endWords(action, asOf) : null,
			pret: measures.get(nearest!.mesure)?.forme.includes('prêt') ?? false,
			portee: scope(u.action).dit,
			dispositifNom: ref.financements.find((f) => f.id === u.dispositif)!.titre,
			mesuresNoms: [nearest!, ...others].map(({ mesure }) => named(mesure)),
			aCompleter: (toComplete.get(`${u.action} ${u.dispositif}`) ?? [])
				.filter((mesure) => !u.mesures.includes(mesure))
				.map(named),
			manque: nearest!.manque,
			depot: depositDay(measures.get(nearest!.mesure), asOf),
			gravite: worst.get(u.action)?.gravite ?? null,
			lacune: lackWords(worst.get(u.action), rules),
			enjeu: left
				? { euros: left.reste, quoi: left.reserve ? 'reste-suppose' : 'reste' }
				: action.budget && { euros: action.budget.euros, quoi: 'cout' }
		};
	});
	return byAction(lines)
		.map((group) => ({ group: nearestFirst(group), key: keyOf(group, scope(group[0]!.action)), nom: group[0]!.titre }))
		.sort((a, b) => compare(a.key, b.key) || a.nom.localeCompare(b.nom, 'fr', { numeric: true }))
		.flatMap(({ group }) => group);
}

const isHeld = (plan: FinancingPlan | undefined, { mesure, dispositif }: Verdict): boolean =>
	plan !== undefined && heldOf(plan, mesure, dispositif) !== null;

const blocking = ({ manque }: Pick<UnaskedLine, 'manque'>): number => manque.filter((m) => m.bloquant).length;

/** Each thing once, blocking ones first; words of a title only guess what a question asks. */
function lacksOf(reasons: readonly Reason[]): Lack[] {
	const asked = reasons.filter((r) => r.cle !== 'mots');
	const told = asked.some((r) => r.bloquant) ? asked : reasons;
	const of = (bloquant: boolean): Lack[] =>
		questionsOf(told.filter((r) => r.bloquant === bloquant)).map((q) => ({ ...q, bloquant }));
	const must = of(true);
	return [...must, ...of(false).filter(({ cle }) => must.every((m) => m.cle !== cle))];
}

/** Last day to file, when the rule knows one that is not past. */
function depositDay(measure: Measure | undefined, asOf: IsoDate): IsoDate | null {
	if (!measure?.applicable_si) return null;
	const days = criteriaOf(measure.applicable_si)
		.filter((c) => c.critere === 'depot')
		.flatMap((c) => boundsAt(c, measure.references, asOf).bornes.avant ?? []);
	return days.filter((day) => day >= asOf).sort()[0] ?? null;
}

/** Action id → worst alert that the financing page of an action answers. */
function worstOnMoney(gaps: readonly Gap[]): Map<string, Gap> {
	const worst = new Map<string, Gap>();
	for (const gap of gaps) {
		const { ou, reponse, ecartee, gravite, preuves } = gap;
		if (ou !== 'financement' || reponse !== 'alerte' || ecartee) continue;
		for (const action of preuves.actions) {
			const before = worst.get(action);
			if (before === undefined || rank(gravite) < rank(before.gravite)) worst.set(action, gap);
		}
	}
	return worst;
}

function lackWords(gap: Gap | undefined, rules: ReadonlyMap<string, string>): string | null {
	if (gap === undefined) return null;
	const found = rules.get(gap.regle) ?? gap.regle;
	return `Lacune ${gap.gravite}${fr.INSECABLE}: ${found.charAt(0).toLocaleLowerCase('fr')}${found.slice(1)}`;
}

const rank = (gravite: SeverityLevel): number => SeverityLevel.options.indexOf(gravite);

const LAST_DAY = '9999-12-31';

const nearestFirst = (lines: readonly UnaskedLine[]): UnaskedLine[] => {
	const key = (l: UnaskedLine) => [l.depot ?? LAST_DAY, Number(l.pret), blocking(l)];
	return [...lines].sort((a, b) => compare(key(a), key(b)));
};

/** Its planned end is past, and nobody has said whether there is something left to do. */
export const maybeOver = ({ manque }: Pick<UnaskedLine, 'manque'>): boolean =>
	manque.some(({ cle }) => cle === STILL_TO_DO);

/** The order of an action, smallest first. */
function keyOf(lines: readonly UnaskedLine[], { proche, rangs }: Scope): readonly (string | number)[] {
	const { gravite, enjeu } = lines[0]!;
	const first = lines.map((l) => l.depot ?? LAST_DAY).sort()[0]!;
	const least = Math.min(...lines.map(blocking));
	return [
		Number(lines.every(maybeOver)),
		first,
		proche ? 0 : 1,
		gravite ? rank(gravite) : SeverityLevel.options.length,
		...rangs,
		enjeu ? -enjeu.euros : Infinity,
		least
	];
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
	const at = a.findIndex((value, i) => value !== b[i]);
	return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
}
