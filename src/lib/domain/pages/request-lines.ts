import * as fr from '../french';
import { endWords, isOverdue } from '../crossing/past-end';
import { planOf } from '../crossing/grant-list';
import type { PlacedAction } from '../crossing/place';
import { isGuess } from '../crossing/weak-match';
import { excessOf } from '../funding/cumul';
import { isLoan, measureName } from '../funding/measure-name';
import { excessWords } from '../funding/plan-words';
import type { Unasked } from '../funding/no-request';
import { openMeasures, type OpenMeasure } from '../funding/open-measures';
import type { Lack } from '../funding/open-order';
import type { Clues } from '../funding/received';
import { readyWords } from '../funding/ready-words';
import { leftToFinance } from '../funding/rest';
import { group } from '../memory';
import type { Verdict } from '../rules/eligibility';
import type { Gap } from '../rules/gaps';
import type { PlanKind } from '../action';
import { bestReach, reaches } from '../crossing/coverage';
import { askRank, compareKeys, FULL, isFull, type AskPlace } from './ask-order';
import { byAction } from './by-action';
import type { Call } from './who-to-call';
import { SeverityLevel, type Referentiel } from '../rules/referentiel';
import { endedPlans, type Dated } from '../rules/plan-ended';
import { STILL_TO_DO } from '../rules/still-to-do';
import type { IsoDate } from '../source';
import { scopeOf, type Scope } from './request-scope';

/* What each possible request lacks, by name, and which to look at first. */

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
	/** « son plan est achevé (2020) », and nothing says that it goes on. */
	readonly achevee?: string;
	/** The nearest first: the one whose lacks are told. */
	readonly mesuresNoms: readonly string[];
	/** Other measures of the stream, which an answer or two would open. */
	readonly aCompleter: readonly string[];
	readonly manque: readonly Lack[];
	/** What a request ready to be looked at will ask all the same. */
	readonly aSavoir: readonly string[];
	/** « rien de connu n’y fait obstacle ; avant dépôt : écrire le coût »; null: an answer is missing. */
	readonly pretDit: string | null;
	/** Why in the quartier chosen: « fermerait ici : Écoles rénovées (haute) »; null: none is. */
	readonly ici?: string | null;
	/** What it shares with the actions after it, when the one before did not say it. */
	readonly entete?: string | null;
	/** What aiming it at a quartier would change: see `addedWords`. Said once, on the first line of the action. */
	readonly ajout?: string | null;
	/** Whom to call about it; said once, on the first line of the action. */
	readonly appeler?: Call;
	/** Who gives the nearest measure. */
	readonly financeur: string;
	/** That the plan may already count on it: see `maybeWords`. Absent: no line may be about it. */
	readonly peutEtre?: string;
	/** Last day known to file the nearest measure; null: not known. */
	readonly depot: IsoDate | null;
	/** True when it is lent: what is given comes first. */
	readonly pret: boolean;
	/** « le contrat de ville »: it is shared by a document that nobody read, and the action is not ready for it; null: it waits for none. */
	readonly attend: string | null;
	/** Where it stands for the quartier chosen; « ici » when none is. */
	readonly place: AskPlace;
	/** That its plan is full; null: something is left to finance, or nobody knows. */
	readonly boucle: string | null;
	/** « aides déjà au-delà du plafond : revoir le plan de financement d’abord »; null: they are not, or nobody can say. */
	readonly exces: string | null;
	/** Not every condition of it has been read in a text. */
	readonly partielle: boolean;
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
	/** The quartier it is asked for; null or absent: the whole territory. */
	readonly quartier?: string | null;
	/** Documents read: measures shared by another kind wait for it. */
	readonly documents?: readonly ReadDocument[];
	/** What published lists suggest of an action. */
	readonly indices?: Clues;
}

/** As a list of documents tells it: a list of grants is no document of its kind. */
export interface ReadDocument extends Dated {
	readonly plan?: PlanKind;
}

/**
 * Lines of the streams not asked for, grouped by action.
 * out    actions whose plan is full last, before them those that may be over, then those whose plan may count on all there is to ask for; the others as `askRank` says, then those whose enjeux and nature are read on little
 *        after the others; then by their nearest deadline, those that reach a quartier, their worst alert about money, what they would answer in quartiers if aimed, the money at stake (largest first), the fewest
 *        blocking lacks, their title; what is not known comes last each time. Within an action, as `inOpenOrder` says
 */
export function requestLines(streams: readonly Unasked[], facts: RequestFacts, ref: Referentiel): UnaskedLine[] {
	const { placed, verdicts, gaps, asOf } = facts;
	const measures = new Map(ref.financements.flatMap((f) => f.mesures.map((m) => [m.id, m] as const)));
	const own = new Map(placed.map((p) => [p.action.id, p]));
	const worst = worstOnMoney(gaps);
	const rules = new Map(ref.lacunes.regles.map((r) => [r.id, r.libelle] as const));
	const scopes = new Map<string, Scope>();
	const placedOf = (id: string): PlacedAction => own.get(id)!;
	const scope = (id: string): Scope => {
		const known = scopes.get(id) ?? scopeOf(placedOf(id), gaps, ref, facts.noms);
		scopes.set(id, known);
		return known;
	};
	const byId = group(verdicts, (v) => [v.action]);
	const told = new Map<string, readonly OpenMeasure[]>();
	const openOf = (id: string): readonly OpenMeasure[] => {
		const known = told.get(id) ?? openMeasures(own.get(id)!, byId.get(id) ?? [], ref, asOf);
		told.set(id, known);
		return known;
	};
	const over = new Map<string, string | null>();
	const excess = (one: PlacedAction): string | null => {
		const { id } = one.action;
		if (!over.has(id)) over.set(id, excessIn(one, ref, asOf));
		return over.get(id)!;
	};
	// A loan is said to be one, on the line where it is proposed.
	const named = (id: string): string => {
		const measure = measures.get(id);
		return measure ? measureName(measure) : id;
	};
	const waits = ({ mesure, verdict }: OpenMeasure): string | null => {
		const plan = measures.get(mesure)!.enveloppe;
		const read = facts.documents?.some((d) => d.plan === plan && d.liste === undefined) ?? true;
		if (plan === null || read || verdict === 'a-instruire') return null;
		return `le ${fr.lower(ref.plans.types.find((t) => t.code === plan)?.court ?? plan)}`;
	};
	const ended = endedPlans(facts.documents ?? [], asOf);
	const lines = streams.map((u): UnaskedLine => {
		const one = own.get(u.action)!;
		const { action } = one;
		const here = openOf(u.action).filter((m) => m.dispositif === u.dispositif);
		const [nearest, ...others] = here.filter((m) => u.mesures.includes(m.mesure));
		const left = leftToFinance(one);
		return {
			...u,
			titre: [action.reference, action.titre].filter(Boolean).join(' '),
			plan: planOf(one, ref.plans.types),
			finie: isOverdue(action, asOf) ? endWords(action, asOf) : null,
			...(ended(action) && { achevee: ended(action)! }),
			pret: isLoan(measures.get(nearest!.mesure)!),
			attend: waits(nearest!),
			place: placeIn(one, facts.quartier ?? null),
			boucle: isFunded(one) ? FULL : null,
			exces: excess(one),
			partielle: nearest!.partielle,
			portee: scope(u.action).dit,
			mesures: [nearest!, ...others].map(({ mesure }) => mesure),
			mesuresNoms: [nearest!, ...others].map(({ mesure }) => named(mesure)),
			aCompleter: here.filter((m) => !u.mesures.includes(m.mesure)).map((m) => m.nom),
			manque: withClues(nearest!.manque, facts.indices?.(one)),
			aSavoir: nearest!.aSavoir,
			pretDit: nearest!.manque.some((m) => m.bloquant) ? null : readyWords(nearest!.aSavoir),
			financeur: nearest!.financeur,
			...(nearest!.peutEtre && { peutEtre: nearest!.peutEtre }),
			depot: nearest!.depot,
			gravite: worst.get(u.action)?.gravite ?? null,
			lacune: lackWords(worst.get(u.action), rules),
			enjeu:
				left.genre === 'connu'
					? { euros: left.euros, quoi: left.suppose.length ? 'reste-suppose' : 'reste' }
					: action.budget && { euros: action.budget.euros, quoi: 'cout' }
		};
	});
	return byAction(lines)
		.map((own) => inOrderOf(openOf(own[0]!.action), own))
		.map((own) => ({
			own,
			key: keyOf(own, scope(own[0]!.action), isGuess(placedOf(own[0]!.action), ref.lexique.confiance)),
			nom: own[0]!.titre
		}))
		.sort((a, b) => compareKeys(a.key, b.key) || a.nom.localeCompare(b.nom, 'fr', { numeric: true }))
		.flatMap(({ own }) => own);
}

function excessIn(placed: PlacedAction, ref: Referentiel, asOf: IsoDate): string | null {
	const found = excessOf(placed, ref, asOf);
	return found && excessWords(found);
}

/** Its plan is full, as far as both its cost and its lines are known. */
export function isFunded(placed: PlacedAction): boolean {
	const left = leftToFinance(placed);
	return left.genre === 'connu' && left.euros <= 0 && !left.suppose.includes('intervalle');
}

/** The question, then what a list suggests of its answer: it stays a question. */
const withClues = (manque: readonly Lack[], clues?: ReturnType<Clues>): readonly Lack[] =>
	clues?.size
		? manque.map((lack) => {
				const clue = clues.get(lack.cle);
				return clue ? { ...lack, dit: `${lack.dit} (${clue.dit})`, indique: clue.court } : lack;
			})
		: manque;

const blocking = ({ manque }: Pick<UnaskedLine, 'manque'>): number => manque.filter((m) => m.bloquant).length;

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
	return `Lacune ${gap.gravite}${fr.INSECABLE}: ${fr.lower(found)}`;
}

function placeIn(placed: PlacedAction, quartier: string | null): AskPlace {
	if (quartier === null) return 'ici';
	const level = bestReach(placed, [quartier]);
	return !reaches(level) ? 'a-flecher' : level === 'probable' ? 'probable' : 'ici';
}

const rank = (gravite: SeverityLevel): number => SeverityLevel.options.indexOf(gravite);

const LAST_DAY = '9999-12-31';

/** Streams of an action in the order of their best measure. */
function inOrderOf(open: readonly OpenMeasure[], lines: readonly UnaskedLine[]): UnaskedLine[] {
	const rank = ({ dispositif, mesures }: UnaskedLine) =>
		open.findIndex((m) => m.dispositif === dispositif && mesures.includes(m.mesure));
	return [...lines].sort((a, b) => rank(a) - rank(b));
}

/** Its planned end is past, or its plan is over, and nobody has said whether there is something left to do. */
export const maybeOver = ({ manque, achevee }: Pick<UnaskedLine, 'manque' | 'achevee'>): boolean =>
	achevee !== undefined || manque.some(({ cle }) => cle === STILL_TO_DO);

/** The order of an action, smallest first. */
function keyOf(lines: readonly UnaskedLine[], { proche, rangs }: Scope, guess: boolean): readonly (string | number)[] {
	const { gravite, enjeu } = lines[0]!;
	const first = lines.map((l) => l.depot ?? LAST_DAY).sort()[0]!;
	const least = Math.min(...lines.map(blocking));
	return [
		Number(isFull(lines)),
		Number(lines.every(maybeOver)),
		Number(lines.every((l) => l.peutEtre !== undefined)),
		...askRank(lines),
		Number(guess),
		first,
		proche,
		gravite ? rank(gravite) : SeverityLevel.options.length,
		...rangs,
		enjeu ? -enjeu.euros : Infinity,
		least
	];
}
