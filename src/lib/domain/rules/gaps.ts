import type { Decision } from '../action';
import { capital, date } from '../french';
import { type Evidence, type Finding, type GapView, type Predicate } from './gap-context';
import { sensibilisationSeule } from './gap-predicates';
import { droitCommunNArrivePas } from './gap-predicates-common';
import { enjeuSansReponse } from './gap-predicates-unanswered';
import { dismissals, printOf, readDismissal, TUNED, type SetAside, type ToReview } from './gap-decisions';
import { spoken } from './gap-called';
import { joinedFacts } from './gap-facts';
import { fillIn, sentenceOf } from './gap-sentence';
import { financementIncomplet, sansJalon } from './gap-predicates-action';
import { financementNonSollicite } from './gap-predicates-funds';
import { vulnerabiliteSansReponse } from './gap-predicates-indicator';
import { cumulAuDelaDuPlafond, financementFerme } from './gap-predicates-money';
import { injonctionsContradictoires, recoupementAMutualiser } from './gap-predicates-pair';
import { coursNonVegetalisees, urgenceSansFond } from './gap-predicates-quartier';
import { partSousLaCible } from './gap-predicates-share';
import { pilotageIncomplet } from './gap-predicates-steering';
import { actionArretee, calendrierDesaligne } from './gap-predicates-time';
import { habitantsNonAssocies, mesureInegalitaire, renovationSansAdaptation } from './gap-predicates-works';
import { byGenre } from '../decisions-by-genre';
import { changesIn, keep, once, readEach, sameList, type Changes, type Memory } from '../memory';
import { parameterName, parameterValues } from './parameter-words';
import { parameterText, type Tuned } from './tuning';
import { SeverityLevel, type AnswerPlace, type GapRule } from './referentiel';

export type GapEvidence = Evidence;
export type { GapView } from './gap-context';

/** A finding, its place, its rule, its evidence. `donnee-manquante` asks for data; it is never an alert. */
export interface Gap {
	/** Stable: rule, place and object; the same gap keeps its id from one day to the next. */
	readonly id: string;
	readonly regle: string;
	readonly gravite: SeverityLevel;
	readonly reponse: 'alerte' | 'donnee-manquante' | 'opportunite';
	readonly quartier: string | null;
	/** T, P or X code, or null when the rule is about an action or a plan. */
	readonly enjeu: string | null;
	readonly message: string;
	readonly aFaire: string;
	/** Whom it says to call, as it says it: « à la Mission locale »; absent where it names nobody. */
	readonly appeler?: readonly string[];
	/** The figure, or the fact, that says why it counts, with where it was read; absent where nothing is. */
	readonly pourquoi?: string;
	/** What its case is called, when its rule has several: « Personne pour rendre compte de l’action ». */
	readonly titre?: string;
	/** Page where it is answered, when one page answers it. */
	readonly ou?: AnswerPlace | null;
	readonly preuves: GapEvidence;
	/** What was read and what to import before an absence can be told. */
	readonly conclure?: NonNullable<Finding['conclure']>;
	/** Kind of plan it asks to bring, when it asks for one. */
	readonly apporter?: string;
	/** Treated, postponed or set aside by a person, with the reason; still readable. */
	readonly ecartee: SetAside | null;
	/** The same, on facts that changed since: the gap is open again. */
	readonly aRevoir: ToReview | null;
}

/** Functions a rule of data/lacunes.yaml may name. */
export const PREDICATES: Readonly<Record<string, Predicate>> = {
	enjeuSansReponse,
	droitCommunNArrivePas,
	sensibilisationSeule,
	financementNonSollicite,
	sansJalon,
	pilotageIncomplet,
	financementIncomplet,
	vulnerabiliteSansReponse,
	partSousLaCible,
	injonctionsContradictoires,
	recoupementAMutualiser,
	actionArretee,
	calendrierDesaligne,
	financementFerme,
	cumulAuDelaDuPlafond,
	urgenceSansFond,
	habitantsNonAssocies,
	renovationSansAdaptation,
	coursNonVegetalisees,
	mesureInegalitaire
};

const LEVELS = SeverityLevel.options;

/** Gaps of one rule, a list for each level of severity. */
export type GapsOfRule = readonly (readonly Gap[])[];

/**
 * What is missing, where, by which rule, on what evidence.
 * in     a territory ready to be looked at; the rules of data/lacunes.yaml; decisions of the territory
 * out    most severe first, then by rule, then by place; a gap set aside keeps its line, with who, when and why
 * never  an alert on a blank: what is unknown is asked for, as `donnee-manquante`
 * ref    data/lacunes.yaml, rulings « A blank », « G01 and G02 »
 */
export const detectGaps = (view: GapView, rules: readonly GapRule[], decisions: readonly Decision[]): Gap[] =>
	mostSevereFirst(gapsByRule(view, rules, decisions));

export function mostSevereFirst(ofRules: readonly GapsOfRule[]): Gap[] {
	const all: Gap[] = [];
	return all.concat(...LEVELS.flatMap((_, level) => ofRules.map((own) => own[level]!)));
}

/** The same, rule after rule; the very same list as at the last reading for a rule that finds the same things. */
export function gapsByRule(view: GapView, rules: readonly GapRule[], decisions: readonly Decision[]): GapsOfRule[] {
	const ofGaps = view.memoire ? byGenre(view.memoire, decisions)('lacune') : decisions;
	const setAside = dismissals(ofGaps);
	const settled = new Map<string, Decision[]>();
	for (const [id, decision] of setAside) {
		const rule = id.slice(0, id.indexOf(':'));
		settled.set(rule, [...(settled.get(rule) ?? []), decision]);
	}
	const place = new Map(view.quartiers.map((q, i) => [q.code as string, i]));
	return [...rules]
		.sort((a, b) => (a.id < b.id ? -1 : 1))
		.map((rule) => {
			const found = findings(view, rule);
			const told = (view.reglages.get(rule.id) ?? []).map(tunedFact);
			const own = settled.get(rule.id) ?? [];
			// A decision may say until which day it holds.
			const beside = [rule, own.length > 0 ? view.asOf : null, ...own, ...told];
			const say = gapOf(rule, own.length > 0 ? setAside : null, view.asOf, told);
			if (!view.memoire) return byLevel(found.map(say), place);
			const { memoire } = view;
			return keep(memoire, `lacunes ${rule.id}`, [view.quartiers, found, ...beside], () => {
				const gaps = readEach(memoire, `dites ${rule.id}`, beside, found, say);
				return levelledAgain(memoire, rule, gaps, view.quartiers, place);
			});
		});
}

/** What a rule finds; the same as before as long as nothing at all has changed that rules may look at. */
function findings(view: GapView, rule: GapRule): readonly Finding[] {
	if (rule.predicat === null) return [];
	const predicate = PREDICATES[rule.predicat];
	if (!predicate) throw new Error(`bug: prédicat ${rule.predicat} inconnu (${rule.id})`);
	if (!view.memoire) return predicate(view, rule);
	const { memoire } = view;
	return keep(memoire, `constats ${rule.id}`, [rule, looked(view)], () =>
		sameList(memoire, `mêmes constats ${rule.id}`, predicate(view, rule))
	);
}

/** A mark of all that rules may look at: the same as at the last reading when nothing at all has changed. */
const looked = once((view: GapView): unknown => {
	const seen = Object.values(view);
	return keep(view.memoire!, 'ce que voient les règles', seen, () => seen);
});

const gapOf = (
	rule: GapRule,
	setAside: ReadonlyMap<string, Decision> | null,
	asOf: string,
	told: readonly string[]
): ((finding: Finding) => Gap) => {
	const own = said.get(rule) ?? said.set(rule, new WeakMap()).get(rule)!;
	return (finding) => {
		const decision = setAside?.get(`${rule.id}:${finding.objet}`);
		// Nobody has settled it, and it is the very finding of another reading: so is what is said of it.
		const free = told.length === 0 && !finding.reglee && !decision;
		const before = free ? own.get(finding) : undefined;
		if (before) return before;
		const gap = toGap(finding, rule, decision, asOf, told);
		if (free) own.set(finding, gap);
		return gap;
	};
};

/** By place then id. */
const byLevel = (gaps: readonly Gap[], place: ReadonlyMap<string, number>): GapsOfRule =>
	LEVELS.map((level) => gaps.filter((gap) => gap.gravite === level).sort(inPlace(place)));

const inPlace = (place: ReadonlyMap<string, number>) => {
	const rank = (gap: Gap) => (gap.quartier === null ? place.size : (place.get(gap.quartier) ?? 0));
	return (a: Gap, b: Gap): number => rank(a) - rank(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
};

interface Levelled {
	readonly gaps: readonly Gap[];
	readonly levels: GapsOfRule;
}

/** The same, of which only what came or went since the last reading is put in its place. */
function levelledAgain(
	memory: Memory,
	rule: GapRule,
	gaps: readonly Gap[],
	quartiers: GapView['quartiers'],
	place: ReadonlyMap<string, number>
): GapsOfRule {
	const name = `rangées ${rule.id}`;
	const known = memory.get(name);
	const before = known?.from[0] === quartiers ? (known.answer as Levelled) : null;
	const changes = before && changesIn(before.gaps, gaps);
	const levels = changes
		? before.levels.map((list, at) => putIn(list, changes, LEVELS[at]!, inPlace(place)))
		: byLevel(gaps, place);
	memory.set(name, { from: [quartiers], answer: { gaps, levels } satisfies Levelled });
	return levels;
}

function putIn(
	list: readonly Gap[],
	{ gone, come }: Changes<Gap>,
	level: SeverityLevel,
	order: (a: Gap, b: Gap) => number
): readonly Gap[] {
	const own = (gap: Gap) => gap.gravite === level;
	if (!come.some(own) && !gone.some(own)) return list;
	const left = gone.length > 1 ? list.filter((gap) => !gone.includes(gap)) : [...list];
	if (gone.length === 1 && own(gone[0]!)) left.splice(left.indexOf(gone[0]!), 1);
	for (const gap of come) if (own(gap)) left.splice(placeOf(gap, left, order), 0, gap);
	return left;
}

/** Where a gap goes in a list that is in order: after those that are not to be after it. */
function placeOf(gap: Gap, list: readonly Gap[], order: (a: Gap, b: Gap) => number): number {
	let [from, until] = [0, list.length];
	while (from < until) {
		const middle = (from + until) >> 1;
		if (order(gap, list[middle]!) < 0) until = middle;
		else from = middle + 1;
	}
	return from;
}

const said = new WeakMap<GapRule, WeakMap<Finding, Gap>>();

function toGap(
	finding: Finding,
	rule: GapRule,
	decision: Decision | undefined,
	asOf: string,
	told: readonly string[]
): Gap {
	const id = `${rule.id}:${finding.objet}`;
	const cases = rule.gravite.si.filter((c) => finding.cas?.includes(c.cas));
	const missing = finding.reponse === 'donnee-manquante' ? rule.si_donnee_absente : null;
	const sentence = cases.find((c) => c.message !== null)?.message ?? missing?.message ?? rule.message;
	const message = capital(sentenceOf(sentence, finding.valeurs));
	const toDo = cases.find((c) => c.a_faire !== null)?.a_faire ?? missing?.a_faire ?? rule.a_faire;
	const toAsk = spoken(sentenceOf(toDo, finding.valeurs));
	const titre = cases.find((c) => c.libelle !== null)?.libelle;
	const reponse = finding.reponse;
	const gravite = reponse === 'donnee-manquante' ? 'information' : severity(finding, rule);
	const { preuves } = finding;
	const said = readDismissal(decision, () => printOf({ reponse, gravite, preuves }), asOf);
	return {
		id,
		regle: rule.id,
		gravite,
		reponse,
		quartier: finding.quartier,
		enjeu: finding.enjeu,
		message: finding.sujet
			? `${finding.sujet}\u00a0: ${message.charAt(0).toLocaleLowerCase('fr')}${message.slice(1)}`
			: message,
		aFaire: toAsk.dit,
		...(toAsk.appeler.length > 0 && { appeler: toAsk.appeler }),
		ou: cases.find((c) => c.ou !== null)?.ou ?? (missing ?? rule).ou,
		...(finding.pourquoi && { pourquoi: spoken(fillIn(finding.pourquoi, {})).dit }),
		...(titre && { titre }),
		...(finding.conclure && { conclure: finding.conclure }),
		...(finding.apporter && { apporter: finding.apporter }),
		preuves: told.length ? { ...preuves, faits: joinedFacts(preuves.faits, told) } : preuves,
		ecartee: finding.reglee ?? said.ecartee,
		aRevoir: finding.reglee ? null : said.aRevoir
	};
}

/** Of the cases that hold, the gravest, or the base when none speaks; no graver than those that say « au plus ». */
function severity(finding: Finding, rule: GapRule): SeverityLevel {
	const held = (finding.cas ?? []).flatMap((cas) => rule.gravite.si.find((c) => c.cas === cas) ?? []);
	const levels = (capped: boolean): number[] =>
		held.filter((c) => (c.au_plus ?? false) === capped).map((c) => LEVELS.indexOf(c.gravite));
	const said = levels(false);
	const gravest = said.length ? Math.min(...said) : LEVELS.indexOf(rule.gravite.base);
	return LEVELS[Math.max(gravest, ...levels(true))]!;
}

/** A parameter of the territory is part of the proof. */
function tunedFact({ parametre, valeur, defaut, par, le }: Tuned): string {
	const words = (value: typeof valeur) =>
		(typeof value === 'string' ? parameterText(value) : parameterValues(value, defaut).join(', ')) || 'aucun';
	return `${TUNED}\u00a0: ${parameterName(parametre).toLocaleLowerCase('fr')} ${words(valeur)}, au lieu de ${words(defaut)} (${par}, le ${date(le)})`;
}
