import { ABOUT_ACTION, ABOUT_MONEY, EnjeuDecision, type Action, type Decision } from '../action';
import { classify, type Classification, type Declared, type Lexicon } from './classify';
import { bestReach } from './coverage';
import { date } from '../french';
import { isHalf, isNever } from './half-crossing';
import { enteredOf } from '../funding/entered';
import { NIVEAUX, type CroiseTag, type Niveau, type PlacedAction, type Reach, type Tag } from './place';
import { leadsOf, type LeadWords } from './leads';
import { localPriorities, prioritiesOf, type LocalPriorities } from './local-priorities';
import { byGenre } from '../decisions-by-genre';
import { changesIn, groupedBy, inTheirPlace, keep, sameFacts, type Groups, type Memory } from '../memory';
import { withParts } from './part-qpv';
import { resolvePlaces, type Places } from '../places/reach';
import type { EnjeuCroise } from '../rules/referentiel';

export interface PlaceContext {
	readonly places: Places;
	readonly lexicon: Lexicon;
	readonly croises: readonly EnjeuCroise[];
	readonly meneurs: LeadWords;
	readonly decisions: readonly Decision[];
}

/**
 * Gives each action its reach per quartier, its enjeux and its nature, each with its proof.
 * in     actions of one territory; decisions of that territory: the last one holds; `memory`: of an earlier reading
 * out    same order; a decision beats a declaration, a declaration beats an inference
 * never  drops an action: one that nothing places has an unknown reach, one that nothing tags has no tag
 * ref    data/enjeux.yaml, data/lexique.yaml, rulings « Reach »
 */
export function placeActions(
	actions: readonly Action[],
	{ decisions, ...context }: PlaceContext,
	memory: Memory = new Map()
): readonly PlacedAction[] {
	const last = memory.get('placements')?.answer as Placements | undefined;
	const decided = groupedBy(memory, 'décisions par action', [], inOrder(decisions), saidOf);
	const mapped = byGenre(memory, decisions)('priorite');
	const local = keep(memory, 'priorités locales', [mapped], () => localPriorities(mapped));
	const still = last && isSameContext(last.context, context) && last.local === local ? last : null;
	/** Still where it was, under the same decisions. */
	const stands = (action: Action, at: number): boolean =>
		action === still?.actions[at] &&
		(decided === still.decided || decided.get(action.id) === still.decided.get(action.id));
	const changes = still && decided === still.decided ? changesIn(still.actions, actions) : null;
	const now =
		(changes && inTheirPlace(still!.placed, changes, () => changes.come.map(placedNow))) ??
		actions.map((action, i) => (stands(action, i) ? still!.placed[i]! : placedNow(action)));
	const placed = still && sameFacts(still.placed, now) ? still.placed : now;
	memory.set('placements', { from: [], answer: { actions, decided, local, context, placed } satisfies Placements });
	return placed;

	function placedNow(action: Action): PlacedAction {
		const about = decided.get(action.id) ?? NOTHING;
		const declared = prioritiesOf(action, local);
		const mapped = declared.length ? JSON.stringify(declared) : '';
		const known = placings.get(action);
		if (known && known.mapped === mapped && isSameContext(known.context, context) && sameFacts(known.about, about))
			return known.placed;
		const placed = placeAction(action, context, about, declared);
		placings.set(action, { context, mapped, about, placed });
		return placed;
	}
}

/** A whole reading: an action still where it was, under the same decisions, is placed as it was. */
interface Placements {
	readonly actions: readonly Action[];
	readonly decided: Groups<Decision>;
	readonly local: LocalPriorities;
	readonly context: Placing['context'];
	readonly placed: readonly PlacedAction[];
}

const SAID_OF_ACTIONS: ReadonlySet<string> = new Set([...ABOUT_ACTION, ...ABOUT_MONEY]);
/** The action a decision is about. */
const saidOf = ({ sujet }: Decision): readonly string[] => (SAID_OF_ACTIONS.has(sujet.genre) ? [sujet.id] : NOTHING);

/** Oldest first, as the database gives them. */
const inOrder = (decisions: readonly Decision[]): readonly Decision[] =>
	decisions.every((d, i) => i === 0 || decisions[i - 1]!.id <= d.id)
		? decisions
		: [...decisions].sort((a, b) => a.id - b.id);
const NOTHING: readonly never[] = [];

interface Placing {
	readonly context: Omit<PlaceContext, 'decisions'>;
	readonly mapped: string;
	readonly about: readonly Decision[];
	readonly placed: PlacedAction;
}
const placings = new WeakMap<Action, Placing>();
const isSameContext = (a: Placing['context'], b: Placing['context']): boolean =>
	a.places === b.places && a.lexicon === b.lexicon && a.croises === b.croises && a.meneurs === b.meneurs;

function placeAction(
	action: Action,
	context: Placing['context'],
	decisions: readonly Decision[],
	declared: readonly Declared[]
): PlacedAction {
	const found = resolvePlaces(action, context.places);
	const tags = classified(action, context.lexicon, declared);
	const nature = decidedNature(
		decisions.findLast((d) => d.sujet.genre === 'nature'),
		tags.nature
	);
	const saisies = enteredOf(decisions);
	const placed: PlacedAction = {
		action,
		reach: withParts(
			action,
			found.reach.map((r) => decidedReach(r, decisions)),
			decisions
		),
		transition: decidedTags(tags.transition, decisions, 'T'),
		ville: decidedTags(tags.ville, decisions, 'P'),
		croises: [],
		nature: nature === undefined ? tags.nature : nature,
		nonRattaches: decisions.some((d) => isCorrection(d, found.reach))
			? []
			: found.nonRattaches.filter((place) => place.raison !== 'ailleurs'),
		meneurs: leadsOf(action, context.meneurs, context.places.communes),
		...(saisies && { saisies })
	};
	return { ...placed, croises: crossings(placed, context.croises) };
}

/** Words do not change between two reads: what they say is worked out once per lexicon. */
const memos = new WeakMap<Lexicon, Map<string, Classification>>();
const MEMO_SIZE = 20_000;

/** What the words of an action say; found again as long as its words are the same. */
export function classified(action: Action, lexicon: Lexicon, prioritesLocales: readonly Declared[]): Classification {
	const { titre, description, secteurs, axe, enjeuxDeclares, natureDeclaree, plan } = action;
	const key = JSON.stringify([
		titre,
		description,
		secteurs,
		axe,
		enjeuxDeclares,
		natureDeclaree,
		plan,
		prioritesLocales
	]);
	const memo = memos.get(lexicon) ?? new Map<string, Classification>();
	const tags = memo.get(key) ?? classify({ ...action, prioritesLocales }, lexicon);
	if (memo.size >= MEMO_SIZE) memo.clear();
	memo.set(key, tags);
	memos.set(lexicon, memo);
	return tags;
}

/**
 * Expected crossings an action carries.
 * out    `complet` when it carries both codes. Not `complet` when it carries the transition code, no code of politique de la
 *        ville at all, and names no quartier: plans of the whole EPCI seldom say the other half
 */
function crossings(placed: PlacedAction, croises: readonly EnjeuCroise[]): CroiseTag[] {
	const best = bestReach(placed);
	const half = placed.ville.length === 0 && best !== 'cible' && best !== 'explicite';
	const found: CroiseTag[] = [];
	if (placed.transition.length === 0) return found;
	for (const croise of croises) {
		const said = tagOf(placed.transition, croise.transition);
		if (!said) continue;
		const other = tagOf(placed.ville, croise.ville);
		const complet = other !== undefined;
		if (isNever(other ? [said, other] : [said], croise, placed.action.titre)) continue;
		if (complet || (half && isHalf(said, croise, placed.action))) found.push({ code: croise.code, complet });
	}
	return found;
}

function tagOf(tags: readonly Tag[], code: string): Tag | undefined {
	for (const tag of tags) if (tag.code === code) return tag;
	return undefined;
}

function decidedReach(reach: Reach, decisions: readonly Decision[]): Reach {
	if (decisions.length === 0) return reach;
	const last = decisions.findLast(
		(d) => d.sujet.genre === 'atteinte' && (d.quartier === null || d.quartier === reach.quartier)
	);
	const niveau = field(last?.valeur, 'niveau');
	return last && isNiveau(niveau)
		? {
				quartier: reach.quartier,
				niveau,
				par: 'decision',
				preuve: last.motif ?? `${last.par}, ${last.le.slice(0, 10)}`,
				qui: `${last.par}, le ${date(last.le)}`,
				lu: { niveau: reach.niveau, par: reach.par, preuve: reach.preuve },
				...(isConfirmed(last, reach) && { confirme: true }),
				...(reach.part && { part: reach.part })
			}
		: reach;
}

/** Said to be right as it was shown; decisions of before that word are, when they say what the file says. */
const isConfirmed = ({ valeur }: Decision, read: Reach): boolean =>
	field(valeur, 'niveau') === read.niveau || (isObject(valeur) && valeur['verdict'] === 'confirme');

/** A person said where the action is, otherwise than was shown: what its file left to ask is answered. */
const isCorrection = (decision: Decision, read: readonly Reach[]): boolean =>
	decision.sujet.genre === 'atteinte' &&
	!read.some((r) => r.quartier === decision.quartier && isConfirmed(decision, r));

/**
 * Enjeux as people left them, in the order they decided: `enjeux` settles the whole list, `enjeu` one of them.
 * A confirmed tag keeps its words, and weighs no more than they do; so does one left as it was in a list (`gardes`).
 */
function decidedTags(tags: readonly Tag[], decisions: readonly Decision[], family: string): Tag[] {
	let kept = [...tags];
	const settled = (code: string, isKept: boolean): Tag => ({
		...(tags.find((t) => t.code === code) ?? { code, score: 1, mots: [] }),
		par: 'decision',
		...(isKept && { confirme: true })
	});
	for (const decision of decisions) {
		const all = decision.sujet.genre === 'enjeux' ? decidedCodes(decision) : undefined;
		const left = all ? listed(field(decision.valeur, 'gardes')) : [];
		if (all)
			kept = all
				.filter((c) => c.startsWith(family))
				.map((c) => (left.includes(c) ? settled(c, true) : { code: c, score: 1, mots: [], par: 'decision' }));
		const one = decision.sujet.genre === 'enjeu' ? EnjeuDecision.safeParse(decision.valeur).data : undefined;
		if (!one?.code.startsWith(family)) continue;
		const now = kept.map((t) => t.code);
		const becomes = one.verdict === 'refuse' ? [] : [one.verdict === 'corrige' ? one.remplace : one.code];
		const added = becomes.filter((code) => !now.includes(code) || code === one.code);
		const at = now.indexOf(one.code);
		kept = kept.filter((t) => t.code !== one.code);
		kept.splice(at < 0 ? kept.length : at, 0, ...added.map((code) => settled(code, one.verdict === 'confirme')));
	}
	return kept;
}

/** Codes a person kept, as a list or as `{ transition, ville }`; undefined when nobody decided. */
function decidedCodes({ valeur }: Decision): string[] | undefined {
	if (Array.isArray(valeur)) return listed(valeur);
	if (!isObject(valeur)) return undefined;
	const lists = [valeur['transition'], valeur['ville'], valeur['codes']].filter(Array.isArray);
	return lists.length ? listed(lists.flat()) : undefined;
}

const listed = (value: unknown): string[] =>
	Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [];

/**
 * in     `read`: what the words say, kept when a person says the same
 * out    null: a person says that none of the natures fits; undefined: nobody decided
 */
function decidedNature(decision: Decision | undefined, read: Tag | null): Tag | null | undefined {
	if (!decision) return undefined;
	const code = field(decision.valeur, 'code');
	if (typeof code !== 'string') return null;
	if (read?.code !== code) return { code, score: 1, mots: [], par: 'decision' };
	const { contredit: _, ...own } = read;
	return { ...own, par: 'decision', confirme: true };
}

/** A decision holds a bare value, or an object with that field. */
const field = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : value);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isNiveau = (value: unknown): value is Niveau => (NIVEAUX as readonly unknown[]).includes(value);
