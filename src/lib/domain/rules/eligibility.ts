import { assessedOnce, standingDay } from './assessment-memory';
import { conditionOutcome, type Labels, type Outcome, type Reason } from './criteria';
import { date, FINE, INSECABLE } from '../french';
import type { EnteredFact } from '../funding/entered';
import type { OfficialFacts } from '../funding/official-facts';
import { placeFactsAt } from '../funding/place-facts';
import { criteriaOf, type Measure, type Situation } from './funding';
import { once, sameFacts } from '../memory';
import { NIVEAUX, type Niveau, type PlacedAction } from '../crossing/place';
import { isFragile, type Confidence } from '../crossing/weak-match';
import { carriedBy } from './one-of';
import type { Referentiel } from './referentiel';
import { valueAt, type IsoDate, type Source } from '../source';
import { standingOf, withStanding } from './still-to-do';

export type { Reason } from './criteria';

/** Never « éligible »: nothing fails → `a-instruire`; something surely fails → `ecarte`; something unknown → `indetermine`. */
export type VerdictKind = 'a-instruire' | 'ecarte' | 'indetermine';

export interface Assessment {
	readonly verdict: VerdictKind;
	readonly remplis: readonly Reason[];
	readonly echecs: readonly Reason[];
	readonly manquants: readonly Reason[];
}

/** All reasons, not the first. */
export interface Verdict extends Assessment {
	readonly action: string;
	readonly quartier: string | null;
	readonly mesure: string;
	readonly dispositif: string;
	readonly sources: readonly Source[];
}

/**
 * Holds a measure against what is known of an action.
 * in     a missing key of the situation is « not known », never « no »
 * out    verdict and every reason; closed on that day, or with a blocking criterion surely failed → `ecarte`,
 *        even when something else is unknown; else unknown → `indetermine`; indicative criteria only add reasons
 * never  assesses a measure without conditions (throws 'bug: …': check `applicable_si` first)
 */
export function assess(measure: Measure, situation: Situation, asOf: IsoDate, labels: Labels = {}): Assessment {
	if (measure.applicable_si === null) throw new Error(`bug: ${measure.id} has no condition to assess`);
	const context = { situation, asOf, labels, references: measure.references };
	const opening = openingOutcome(measure, asOf);
	const { vrai, details } = conditionOutcome(measure.applicable_si, context);
	const outcomes = [...opening, ...details];
	const holds = opening.some((o) => o.vrai === false) ? false : vrai;
	const pick = (vrai: boolean | null): readonly Reason[] =>
		distinct(outcomes.filter((o) => o.vrai === vrai).map((o) => o.raison));
	return {
		verdict: holds === false ? 'ecarte' : holds === null ? 'indetermine' : 'a-instruire',
		remplis: pick(true),
		echecs: pick(false),
		manquants: pick(null)
	};
}

/** Closed or not yet open is a sure failure; « to be confirmed » is a question that discards nothing. */
function openingOutcome(measure: Measure, asOf: IsoDate): Outcome[] {
	const state = valueAt(measure.etat, asOf);
	const raison = (trouve: string | null, bloquant: boolean): Reason => ({
		cle: 'ouverture',
		critere: 'ouverture de la mesure',
		attendu: 'ouverte',
		trouve,
		bloquant,
		question: bloquant ? null : `La mesure est-elle ouverte cette année${FINE}?`,
		source: measure.references[0] ?? null,
		vigueur: null
	});
	if (state === undefined) return [{ vrai: false, raison: raison('pas encore ouverte', true) }];
	if (state === null)
		return [{ vrai: false, raison: raison(`close depuis le ${date(closedOn(measure, asOf))}`, true) }];
	return state === 'a-confirmer' ? [{ vrai: null, raison: raison(null, false) }] : [];
}

const closedOn = (measure: Measure, asOf: IsoDate): IsoDate =>
	Object.keys(measure.etat)
		.filter((day) => day <= asOf)
		.sort()
		.at(-1) ?? asOf;

/** Two branches may ask the same thing: it is said once. */
function distinct(reasons: readonly Reason[]): readonly Reason[] {
	if (reasons.length < 2) return reasons;
	return [...new Map(reasons.map((reason) => [`${reason.cle} ${reason.attendu}`, reason])).values()];
}

/**
 * What is known of an action for a quartier, or for the territory as a whole (null: its strongest reach counts).
 * in     `confidence`: from when a nature that words alone say is solid; below it is `nature_lue`, which decides nothing
 * out    only what the file or a person said (a person over the file): no budget → no `cout`; no tag → no `enjeux`; « inconnu » → no `atteinte`
 */
export function situationOf(placed: PlacedAction, quartier: string | null, confidence?: Confidence): Situation {
	const { action } = placed;
	const enjeux = [...placed.transition, ...placed.ville].map((tag) => tag.code);
	const atteinte = reachOf(placed, quartier);
	return {
		...(enjeux.length > 0 && { enjeux }),
		...natureOf(placed, confidence),
		...carriedBy(placed),
		...(action.budget && { cout: action.budget.euros }),
		...(atteinte && { atteinte }),
		// A list of grants is no plan: what stands in it is not thereby written in a contract.
		...(placed.liste === undefined && { plan: action.plan }),
		titre: [action.titre, action.objectif, action.description].filter(Boolean).join(' — '),
		...typed(placed.saisies?.faits ?? [], { ...placeFactsAt(placed, quartier), ...officially(placed, quartier) })
	};
}

function natureOf(
	{ nature }: PlacedAction,
	confidence: Confidence | undefined
): Pick<Situation, 'nature' | 'nature_lue'> {
	if (nature === null) return {};
	const code = nature.code as Situation['nature'];
	return confidence && isFragile(nature, 'nature', confidence) ? { nature_lue: code } : { nature: code };
}

/** What official codes say: the department of the quartier, else that of the territory when it has but one. */
function officially({ officiels = {}, reach }: PlacedAction, quartier: string | null): OfficialFacts {
	const departement =
		departementOf(quartier ?? '') ?? officiels.departement ?? unanimous(reach.map((r) => departementOf(r.quartier)));
	return { ...officiels, ...(departement && { departement }) };
}

const unanimous = (all: readonly (string | null)[]): string | null =>
	all.every((one) => one === all[0]) ? (all[0] ?? null) : null;

/** Facts of official codes, of places and of people, the nearest to the action last; a cost, a porteur or a filing date that a person gave speaks over the file. */
function typed(
	faits: readonly EnteredFact[],
	officiels: OfficialFacts & Readonly<Record<string, boolean | string>>
): Situation {
	const said = Object.fromEntries(faits.map(({ fait, valeur }) => [fait, valeur]));
	const { cout, maitre_ouvrage, depot, ...others } = said;
	const known = { ...officiels, ...others };
	return {
		...(typeof cout === 'number' && { cout }),
		...(typeof maitre_ouvrage === 'string' && { maitre_ouvrage, maitres_ouvrage: undefined }),
		...(typeof depot === 'string' && { depot }),
		...(Object.keys(known).length > 0 && { faits: known })
	};
}

function reachOf({ reach }: PlacedAction, quartier: string | null): Niveau | null {
	const levels = reach.filter((r) => quartier === null || r.quartier === quartier).map((r) => r.niveau);
	const best = NIVEAUX.find((niveau) => levels.includes(niveau));
	// « aucune » holds for the whole territory only when every quartier says so.
	if (best === 'aucune' && levels.includes('inconnu')) return null;
	return best === undefined || best === 'inconnu' ? null : best;
}

/** The official code of a quartier carries its department: QN05962M → 59. */
const departementOf = (quartier: string): string | null => {
	const digits = /^QN(\d[0-9AB]\d)/.exec(quartier)?.[1];
	return digits ? digits.replace(/^0/, '') : null;
};

/**
 * Verdicts of every assessable measure on the enjeux of each action.
 * out    actions in their order, measures in référentiel order; a measure on other enjeux gives no verdict at all
 */
export const assessAll = (
	placed: readonly PlacedAction[],
	quartier: string | null,
	ref: Referentiel,
	asOf: IsoDate
): Verdict[] => assessEach(placed, quartier, ref, asOf).flat();

/** The same, a list for each action; the very same list as long as nothing of it has changed. */
export function assessEach(
	placed: readonly PlacedAction[],
	quartier: string | null,
	ref: Referentiel,
	asOf: IsoDate
): (readonly Verdict[])[] {
	const labels = labelsOf(ref);
	const measures = assessable(ref);
	const askedOf = askedAbout(measures);
	const days = standingDays(ref, asOf);
	const over = ref.planDeFinancement.encore_a_faire;
	const tell = (one: PlacedAction, standing: string | null, before: Told | undefined): Told => {
		const situation = situationOf(one, quartier, ref.lexique.confiance);
		const asked = askedOf(situation.enjeux);
		const verdicts = asked.map((k, at): Verdict => {
			const { measure, dispositif } = measures[k]!;
			const day = situation.depot === undefined ? days[k]! : standingDay(measure, asOf, true);
			const alone = assessedOnce(measure, { situation, standing: day, labels }, () =>
				assess(measure, situation, asOf, labels)
			);
			const found = withStanding(alone, standing, over);
			const same = before?.verdicts[at];
			// The very same reasons: nothing that rests on this verdict is to be worked out again.
			if (same?.mesure === measure.id && isSame(same, found)) return same;
			return { action: one.action.id, quartier, mesure: measure.id, dispositif, ...found, sources: measure.references };
		});
		const still = before && sameFacts(before.verdicts, verdicts) ? before.verdicts : verdicts;
		return { days, standing, asked, verdicts: still };
	};
	const known = told.get(ref) ?? told.set(ref, new Map<string, WeakMap<PlacedAction, Told>>()).get(ref)!;
	// One memory per place asked about: the territory as a whole, and each quartier.
	const own = known.get(quartier ?? '') ?? known.set(quartier ?? '', new WeakMap()).get(quartier ?? '')!;
	return placed.map(toldOf);

	function toldOf(one: PlacedAction): readonly Verdict[] {
		const before = own.get(one);
		const standing = standingOf(one, asOf);
		const stands = before?.standing === standing;
		if (before && stands && (before.days === days || before.asked.every((k) => before.days[k] === days[k])))
			return before.verdicts;
		const now = tell(one, standing, before);
		own.set(one, now);
		return now.verdicts;
	}
}

const isSame = (a: Assessment, b: Assessment): boolean =>
	a.remplis === b.remplis && a.manquants === b.manquants && a.echecs === b.echecs;

/** What was said of an action, the measures it was asked of, and the day each of all the measures stood at. */
interface Told {
	readonly days: readonly IsoDate[];
	/** What the action says of its own end. */
	readonly standing: string | null;
	readonly asked: readonly number[];
	readonly verdicts: readonly Verdict[];
}
const told = new WeakMap<Referentiel, Map<string, WeakMap<PlacedAction, Told>>>();

/** The day each measure stands at; the very same list from one day to the next where none of them moves. */
function standingDays(ref: Referentiel, asOf: IsoDate): readonly IsoDate[] {
	const before = standings.get(ref);
	if (before?.asOf === asOf) return before.days;
	const found = assessable(ref).map(({ measure }) => standingDay(measure, asOf));
	const days = before && sameFacts(before.days, found) ? before.days : found;
	standings.set(ref, { asOf, days });
	return days;
}
const standings = new WeakMap<Referentiel, { readonly asOf: IsoDate; readonly days: readonly IsoDate[] }>();

interface Assessable {
	readonly measure: Measure;
	readonly dispositif: string;
	readonly enjeux: ReadonlySet<string>;
}
const ready = new WeakMap<Referentiel, readonly Assessable[]>();

/** Measures that have conditions, in référentiel order. */
function assessable(ref: Referentiel): readonly Assessable[] {
	const before = ready.get(ref);
	if (before) return before;
	const found = ref.financements.flatMap((family) =>
		family.mesures.flatMap((measure) =>
			measure.applicable_si === null ? [] : [{ measure, dispositif: family.id, enjeux: enjeuxOf(measure) }]
		)
	);
	ready.set(ref, found);
	return found;
}

/** Positions of the measures on some enjeux, in order; many actions carry the same few. */
const askedAbout = once((measures: readonly Assessable[]) => {
	const known = new Map<string, readonly number[]>();
	const read = (enjeux: readonly string[]): readonly number[] =>
		measures.flatMap((measure, k) => (enjeux.some((code) => measure.enjeux.has(code)) ? [k] : []));
	return (enjeux: readonly string[] = []): readonly number[] => {
		const key = enjeux.join();
		const found = known.get(key) ?? read(enjeux);
		known.set(key, found);
		return found;
	};
});

const enjeuxOf = (measure: Measure): ReadonlySet<string> =>
	new Set(criteriaOf(measure.applicable_si!).flatMap((c) => (c.critere === 'enjeu' ? c.parmi : [])));

const named = new WeakMap<Referentiel, Labels>();

/** French name of every code a criterion may hold; the same object for the same référentiel. */
export function labelsOf(ref: Referentiel): Labels {
	const known = named.get(ref) ?? namesOf(ref);
	named.set(ref, known);
	return known;
}

function namesOf(ref: Referentiel): Labels {
	return Object.fromEntries([
		...[...ref.enjeux.transition, ...ref.enjeux.ville].map((e) => [e.code, `${e.code}${INSECABLE}${e.court}`]),
		...ref.enjeux.natures.map((n) => [n.code, n.libelle.toLocaleLowerCase('fr')]),
		...ref.plans.porteurs.map((p) => [p.code, p.libelle.toLocaleLowerCase('fr')]),
		...ref.plans.types.map((t) => [`plan:${t.code}`, t.court])
	]);
}
