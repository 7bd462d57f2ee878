import type { Champ, PlanDocument, PlanKind } from '../action';
import { isActive, reaches, reachIn, type CoverageContext } from '../crossing/coverage';
import { placeInDocument } from '../document-names';
import { list, quoted } from '../french';
import type { IndicatorReading } from '../indicator';
import { deThe, thePlan } from '../crossing/referents';
import type { PlacedAction } from '../crossing/place';
import type { SetAside } from './gap-decisions';
import { group, groupedBy, keep, once, type Groups, type Memory } from '../memory';
import type { Mark } from './markers';
import type { MeasureFacts } from '../funding/open-order';
import type { PlanRulesFile } from '../funding/plan-rules';
import type { OverlapDecision } from './overlap-decisions';
import type { Overlap } from './overlaps';
import type { EnjeuxFile, GapRule, LexiconFile, PlanType } from './referentiel';
import type { Tuned } from './tuning';
import type { PlacedGrant } from '../ledger/shares';
import type { SchoolYard, PlanDates, UnplacedSchool } from '../local-facts';
import type { Quartier } from '../territory';
import type { Verdict } from './eligibility';

export interface Evidence {
	readonly actions: readonly string[];
	/** Fields that were looked at: « budget », « pilote »… */
	readonly champs: readonly string[];
	/** Facts in French, each with its value and place: « Contrat de ville 2.1 (ligne 14) : nature N3 ». */
	readonly faits: readonly string[];
	/** About two actions together: it is of the quartiers where both come, not of those that one of them reaches. */
	readonly paire?: true;
}

/** A measure of data/financements as it stands on the day. */
export interface MeasureToday {
	readonly libelle: string;
	/** What of it counts in the order of what is left to ask. */
	readonly faits: MeasureFacts;
	/** « prêt et ingénierie »; absent for what is no loan. */
	readonly pret?: string;
	readonly operateur: string;
	readonly famille: string;
	/** Closed: it existed and no longer does. */
	readonly etat: 'ouverte' | 'fermee' | 'pas-encore-ouverte';
	/** Title of the source read last, and the day it was read. */
	readonly source: string;
	readonly luLe: string;
}

/** A fund with the share it should bring to quartiers, if any. */
/** Share of a fund that must reach the quartiers, the years it holds for, and who says so. */
export interface Target {
	readonly part: number;
	readonly annees: readonly number[];
	readonly references?: readonly { readonly titre: string; readonly date?: string | null | undefined }[];
}

export interface Flux {
	readonly id: string;
	readonly titre: string;
	readonly cible: Target | null;
	/** Where what it granted is published. */
	readonly liste?: { readonly titre: string; readonly site: string };
}

/** A document, when it was last read, and the dates a person gave it. */
export type GapDocument = PlanDocument & {
	readonly importeLe?: string;
	readonly echeances?: PlanDates;
	/** Name of a list of grants read under that of a contract: it has no pilots nor deadlines of its own. */
	readonly liste?: string;
};

/** Everything rules may look at. Built once per territory. */
export interface GapView {
	readonly asOf: string;
	/** What was found at an earlier reading, for as long as it holds. */
	readonly memoire?: Memory;
	readonly territoire: string;
	readonly quartiers: readonly (Pick<Quartier, 'code' | 'nom'> & Partial<Pick<Quartier, 'communes'>>)[];
	readonly actions: readonly PlacedAction[];
	readonly documents: readonly GapDocument[];
	readonly enjeux: Pick<EnjeuxFile, 'croises' | 'transition' | 'ville' | 'natures'>;
	/** Short label and calendar of each plan type. */
	readonly plans: ReadonlyMap<PlanKind, string>;
	/** What a plan of one subject is about; without those that may speak of every crossing. */
	readonly sujets: ReadonlyMap<PlanKind, NonNullable<PlanType['sujet']>>;
	/** What each document is called in a proof. */
	readonly noms: ReadonlyMap<number, string>;
	readonly calendriers: ReadonlyMap<PlanKind, PlanType['echeances']>;
	readonly champs: ReadonlyMap<Champ, string>;
	readonly statuts: ReadonlyMap<string, string>;
	readonly droitCommun: readonly PlanKind[];
	/** Plain words of a cell that names nobody yet: « a definir ». */
	readonly pasEncoreDit: ReadonlySet<string>;
	/** From which weight a proposal of the tool is solid. */
	readonly confiance: LexiconFile['confiance'];
	readonly coverage: Omit<CoverageContext, 'croise'>;
	/** Per quartier; empty when no indicator is imported. */
	readonly indicateurs: ReadonlyMap<string, readonly IndicatorReading[]>;
	/** Share of its reference by which an indicator is bad, as this territory set it. */
	readonly ecartDefavorable: number;
	/** Of each action that funding is assessed for; empty until it is. */
	readonly verdicts: readonly (readonly Verdict[])[];
	readonly mesures: ReadonlyMap<string, MeasureToday>;
	readonly flux: readonly Flux[];
	/** Money granted to the territory, from published lists; empty until one is loaded. */
	readonly attributions: readonly PlacedGrant[];
	/** Lists that speak for the territory, whether it got anything or not: « fonds-vert:2024 », « fonds-vert: » when the year is not said. */
	readonly listesLues: readonly string[];
	/** What an action does that may pull against another, by the words of data/marqueurs.yaml. */
	readonly marques: (placed: PlacedAction) => readonly Mark[];
	/** Pairs of actions, best first, and what was said of them on the facts of today. */
	readonly recoupements: readonly Overlap[];
	readonly tranches: ReadonlyMap<string, OverlapDecision>;
	/** School yards of each quartier, as people entered them. */
	readonly ecoles: ReadonlyMap<string, readonly SchoolYard[]>;
	/** What tells apart the actions of a document that share their title, by id. */
	readonly precisions?: ReadonlyMap<string, string>;
	/** Lines of the list of schools whose quartier is not settled. */
	readonly ecolesSansQuartier?: readonly UnplacedSchool[];
	/** Parameters this territory changed, by rule. */
	readonly reglages: ReadonlyMap<string, readonly Tuned[]>;
	/** What is public money, and how far aids add up. */
	readonly planDeFinancement: PlanRulesFile;
}

/** What a predicate found; the rule gives the sentence and the severity. */
export interface Finding {
	/** After the rule's code: « QN05962M:X04 », an action id, « doc3:pilote ». */
	readonly objet: string;
	readonly quartier: string | null;
	readonly enjeu: string | null;
	readonly reponse: 'alerte' | 'donnee-manquante' | 'opportunite';
	/** Cases of the rule that hold; the most severe wins, the first that has a sentence gives it. */
	readonly cas?: readonly string[];
	/** Fills the `{…}` of the sentence. */
	readonly valeurs: Readonly<Record<string, string>>;
	/** Said before the sentence, for a request that is about one document and one field. */
	readonly sujet?: string;
	/** What was read and what to import before an absence can be told: « Un seul plan lu », « le contrat de ville signé ». */
	readonly conclure?: { readonly lu: string; readonly importez: string };
	/** Kind of plan that what is to be done asks to bring; absent where it is for people to choose. */
	readonly apporter?: string;
	/** A figure, or a fact, that says why it counts: « 5 822 habitants (ANCT, 2024). »; absent where nothing is read. */
	readonly pourquoi?: string;
	/** Already settled elsewhere, as a pair is: it keeps its line and no longer counts. */
	readonly reglee?: SetAside;
	readonly preuves: Evidence;
}

export type Predicate = (view: GapView, rule: GapRule) => readonly Finding[];

/** What a rule found last time, about one thing of that name if it looks at several, as long as all it reads is the same. */
export const keepFound = <T>(
	view: GapView,
	rule: GapRule,
	reads: readonly unknown[],
	find: () => readonly T[],
	about = ''
): readonly T[] =>
	view.memoire
		? keep(
				view.memoire,
				`trouvé ${rule.id} ${about}`,
				[rule, view.enjeux, view.plans, view.noms, view.marques, ...reads],
				find
			)
		: find();

/** Active actions by the codes they carry (T, P and X), read once. */
export const actionsByCode = once((view: GapView) =>
	sortedBy(view, 'actives par code', (placed) => (isActive(placed) ? codesOf(placed) : []))
);

const codesOf = once(({ transition, ville, croises }: PlacedAction): readonly string[] => {
	const codes: string[] = [];
	for (const tags of [transition, ville, croises])
		for (const { code } of tags) if (!codes.includes(code)) codes.push(code);
	return codes;
});

/**
 * Actions by the keys each falls under; the very same list as at the last reading where none came or went.
 * in     `keysOf` reads nothing but the action and what `from` holds; always the same for one name
 */
export const sortedBy = (
	{ memoire, actions }: GapView,
	name: string,
	keysOf: (placed: PlacedAction) => readonly string[],
	from: readonly unknown[] = []
): Groups<PlacedAction> => (memoire ? groupedBy(memoire, name, from, actions, keysOf) : group(actions, keysOf));

export const NO_ACTION: readonly PlacedAction[] = [];

/** Those of some actions that the day decides of for a rule, looked for again once the actions or the day are others. */
export const dueOn = <T>(
	{ memoire }: GapView,
	rule: GapRule,
	about: string,
	day: string,
	actions: readonly PlacedAction[],
	due: (actions: readonly PlacedAction[]) => readonly T[]
): readonly T[] =>
	memoire ? keep(memoire, `ce jour ${rule.id} ${about}`, [rule, actions, day], () => due(actions)) : due(actions);

export const niveauOf = reachIn;

/** Quartiers an action is for; one gives its gap a place, several leave it to the territory. */
export const reachedBy = once((placed: PlacedAction): readonly string[] =>
	placed.reach.filter((r) => reaches(r.niveau)).map((r) => r.quartier)
);

/** Does it come to one quartier at least, rather than to the whole territory? */
export const comesToOne = (placed: PlacedAction): boolean => reachedBy(placed).length > 0;

/** Actions of a document, those that are dropped left out. */
export const activeIn = (
	{ actions }: Pick<GapView, 'actions'>,
	{ id }: Pick<GapDocument, 'id'>
): readonly PlacedAction[] => actions.filter((p) => isActive(p) && p.action.document === id);

/** « nature investissement » */
export const natureWords = (view: Pick<GapView, 'enjeux'>, code: string): string =>
	`nature ${view.enjeux.natures.find((n) => n.code === code)?.libelle.toLocaleLowerCase('fr') ?? code}`;

export const planName = (view: GapView, { action, liste }: PlacedAction): string =>
	liste ?? view.plans.get(action.plan) ?? action.plan;

/** « le PCAET », « la liste « Subventions DPV » » */
export const theDocument = (view: GapView, placed: PlacedAction): string =>
	placed.liste ? `la liste ${quoted(placed.liste)}` : thePlan(planName(view, placed));

/** « au responsable du PCAET », « aux responsables du PCAET et du PLH », « au service qui tient la liste « Subventions DPV » » */
export function heldBy(names: readonly string[]): string {
	const [lists, plans] = [true, false].map((is) => [...new Set(names)].filter((n) => n.startsWith('la liste') === is));
	return list([
		...(plans!.length > 0
			? [`${plans!.length > 1 ? 'aux responsables' : 'au responsable'} ${list(plans!.map(deThe))}`]
			: []),
		...(lists!.length > 0 ? [`au service qui tient ${list(lists!)}`] : [])
	]);
}

/** Of the documents some actions stand in: « au responsable du PCAET ». */
export const holdersOf = (view: GapView, actions: readonly PlacedAction[]): string =>
	heldBy(actions.map((a) => theDocument(view, a)));

/** Of a document: « le PCAET », « la liste « Subventions DPV » ». */
export const documentSaid = (view: GapView, { plan, liste }: Pick<GapDocument, 'plan' | 'liste'>): string =>
	liste ? `la liste ${quoted(liste)}` : thePlan(view.plans.get(plan) ?? plan);

/** « PCAET », or what the document really is: « Subventions DPV ». */
export const documentKind = (view: GapView, { plan, liste }: Pick<GapDocument, 'plan' | 'liste'>): string =>
	liste ?? view.plans.get(plan) ?? plan;

/** « « Étendre le réseau » (PCAET de Valenciennes Métropole, ligne 14) : nature N3 » */
export function fact({ noms }: Pick<GapView, 'noms'>, { action }: PlacedAction, said: string): string {
	return `${quoted(action.titre)} (${placeInDocument(action, noms)})\u00a0: ${said}`;
}

/** The same thing said of each action; holds nothing but the names of the documents. */
export const saying =
	(noms: GapView['noms'], said: string) =>
	(placed: PlacedAction): string =>
		fact({ noms }, placed, said);

export const numberOf = (rule: GapRule, name: string, otherwise: number): number => {
	const value = rule.parametres[name];
	return typeof value === 'number' ? value : otherwise;
};

export const textOf = (rule: GapRule, name: string, otherwise: string): string => {
	const value = rule.parametres[name];
	return typeof value === 'string' ? value : otherwise;
};

export const listOf = (rule: GapRule, name: string): readonly string[] => {
	const value = rule.parametres[name];
	return Array.isArray(value) ? value : [];
};

/** '2026-11-22' + 14 months → '2028-01-22' */
export function monthsLater(iso: string, months: number): string {
	const total = Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1 + months;
	return `${String(Math.floor(total / 12)).padStart(4, '0')}-${String((total % 12) + 1).padStart(2, '0')}${iso.slice(7)}`;
}
