import type { Champ } from '../action';
import { bestReach, isActive, reaches } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import { isOverdue } from '../crossing/past-end';
import { inQuartier } from '../crossing/quartier-story';
import { count, inner, list, quoted } from '../french';
import { keep, keepFor, sameFacts, type OwnMemory } from '../memory';
import {
	fact,
	NO_ACTION,
	reachedBy,
	saying,
	sortedBy,
	theDocument,
	type Finding,
	type GapDocument,
	type GapView
} from './gap-context';
import { askedOf, askedOfAll, whoCarries } from './gap-people';
import { facts, factsOf } from './gap-facts';
import type { GapRule } from './referentiel';

/* Findings about one action, or about what a whole document does not say. */

export interface Concerned {
	readonly placed: PlacedAction;
	readonly document: GapDocument;
}
/** Where the actions come that a rule is asked of: to a quartier, or anywhere in the territory. */
type Scope = 'quartier' | 'territoire';
type ByDocument = readonly (readonly Concerned[])[];
const known: Readonly<Record<Scope, WeakMap<GapView, ByDocument>>> = {
	quartier: new WeakMap(),
	territoire: new WeakMap()
};

const alone: OwnMemory<PlacedAction> = new WeakMap();

/** Actions under way, by document; the very same list for as long as it holds the same actions. */
function concerned(view: GapView, scope: Scope): ByDocument {
	const before = known[scope].get(view);
	if (before) return before;
	const own = sortedBy(view, `concernées ${scope}`, (placed) =>
		isUnderWay(placed) && (scope === 'territoire' || reaches(bestReach(placed))) ? [`${placed.action.document}`] : []
	);
	const found = view.documents.map((document) => {
		const actions = own.get(`${document.id}`) ?? NO_ACTION;
		const make = () =>
			actions.map((placed) => keepFor(alone, placed, [document], (): Concerned => ({ placed, document })));
		return view.memoire ? keep(view.memoire, `concernées ${scope} ${document.id}`, [document, actions], make) : make();
	});
	known[scope].set(view, found);
	return found;
}

/** Neither dropped nor done. */
export const isUnderWay = (placed: PlacedAction): boolean => isActive(placed) && placed.action.statut !== 'realise';

export function about(
	view: GapView,
	placed: PlacedAction,
	cas: readonly string[],
	valeurs: Readonly<Record<string, string>>,
	champs: readonly string[],
	said: readonly string[]
): Finding {
	const reached = reachedBy(placed);
	return {
		objet: placed.action.id,
		quartier: reached.length === 1 ? reached[0]! : null,
		enjeu: null,
		reponse: 'alerte',
		cas,
		valeurs: {
			action: inner(placed.action.titre),
			porteur: whoCarries([placed], view.territoire),
			...askedOf(placed, theDocument(view, placed), view.territoire),
			fin_passee: pastWords(placed, view.asOf),
			...(reached.length > 0 && { dans: inPlaces(view, reached) }),
			...valeurs
		},
		preuves: { actions: [placed.action.id], champs, faits: facts(said.map((words) => fact(view, placed, words))) }
	};
}

/** « Sa fin était prévue en 2019 : demandez d’abord si elle est terminée. »; '' for an action that is not past. */
const pastWords = ({ action }: PlacedAction, asOf: string): string =>
	isOverdue(action, asOf)
		? `Sa fin était prévue en ${action.dates!.fin!.slice(0, 4)}\u00a0: demandez d’abord si elle est terminée. `
		: '';

/** What a rule says of one action: what it found, and the field it would need to say more. */
export interface AboutOne {
	readonly constats: readonly Finding[];
	readonly manque?: Champ | null;
}

const NOTHING: AboutOne = { constats: [] };

/** What was said of the actions of one document at an earlier reading. */
interface Answered {
	readonly from: readonly unknown[];
	readonly answer: {
		readonly all: readonly Concerned[];
		readonly read: readonly unknown[];
		readonly beside: readonly unknown[];
		readonly said: readonly AboutOne[];
		readonly told: ReturnType<typeof gather>;
	};
}

/** What a rule looks at beyond an action, its document and the names of the view. */
interface Beside {
	/** Everything `of` reads but the action and its document. */
	readonly read: readonly unknown[];
	/** What it says of one of them, all that the day decides included. */
	readonly of: (one: Concerned) => unknown;
	/** Of the whole territory: an action that reaches no quartier is asked about too, and its finding names none. */
	readonly scope?: Scope;
}
const ALONE: Beside = { read: [], of: () => null };
/** Asked of every action under way of the territory. */
export const EVERYWHERE: Beside = { ...ALONE, scope: 'territoire' };

/**
 * Asks a rule the same question of each action under way, those that reach a quartier unless told otherwise. An action that is still the same, in the
 * same document, gets the same answer; so does a document none of whose actions changed.
 * in     `ask`: reads nothing but the action, its document, the names of the view, and what `of` says of it; null: nothing to
 *        say
 * out    what was found, document after document, and the actions that lack a field, by document then field
 */
export function aboutEach(
	view: GapView,
	rule: GapRule,
	ask: (one: Concerned) => AboutOne | null,
	{ read, of, scope = 'quartier' }: Beside = ALONE
): { readonly constats: Finding[]; readonly manques: Lacking } {
	const facts = [view.quartiers, view.plans, view.noms, view.champs, view.statuts, view.enjeux, view.mesures];
	const names = view.memoire ? keep(view.memoire, 'noms', facts, () => facts) : facts;
	const answers = concerned(view, scope).map((all) => {
		const name = `${rule.id} ${all[0]?.document.id}`;
		const before = view.memoire?.get(name) as Answered | undefined;
		const same = before && before.from[0] === rule && before.from[1] === names ? before.answer : null;
		const stands = same !== null && sameFacts(same.read, read);
		if (stands && same.all === all) return same.told;
		let changed = same?.all.length !== all.length;
		let places: ReadonlyMap<Concerned, number> | undefined;
		const beside: unknown[] = [];
		const said: AboutOne[] = [];
		let at = -1;
		for (const one of all) {
			// Most actions follow the one they followed.
			at++;
			if (same !== null && same.all[at] !== one) {
				changed = true;
				at = (places ??= new Map(same.all.map((known, k) => [known, k]))).get(one) ?? -1;
			}
			const known = same !== null && at >= 0 && at < same.all.length;
			const own = known && stands ? same.beside[at] : of(one);
			beside.push(own);
			if (known && (stands || isSame(same.beside[at], own))) said.push(same.said[at]!);
			else {
				changed = true;
				said.push(ask(one) ?? NOTHING);
			}
		}
		const told = same && !changed ? same.told : gather(said, all);
		view.memoire?.set(name, { from: [rule, names], answer: { all, read, beside, said, told } });
		return told;
	});
	return {
		constats: answers.flatMap((a) => a.constats),
		manques: new Map(answers.flatMap((a) => (a.manques.size > 0 ? [[a.document!, a.manques] as const] : [])))
	};
}

/** The same value, or lists of the same values. */
const isSame = (a: unknown, b: unknown): boolean =>
	Object.is(a, b) ||
	(Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, i) => isSame(one, b[i])));

/** What was said of the actions of one document, put together. */
function gather(said: readonly AboutOne[], all: readonly Concerned[]) {
	const manques = new Map<Champ, PlacedAction[]>();
	said.forEach(({ manque }, i) => {
		if (!manque) return;
		const actions = manques.get(manque) ?? manques.set(manque, []).get(manque)!;
		actions.push(all[i]!.placed);
	});
	return { document: all[0]?.document.id, constats: said.flatMap((one) => one.constats), manques };
}

export type Lacking = ReadonlyMap<number, ReadonlyMap<Champ, readonly PlacedAction[]>>;

/** One request per document and field for the actions that lack it; documents in their order, fields in the order given. */
export const requestsFor = (
	view: GapView,
	rule: GapRule,
	manques: Lacking,
	champs: readonly Champ[],
	cas: readonly string[] = []
): Finding[] =>
	view.documents.flatMap((document) =>
		champs.flatMap((champ) => {
			const actions = manques.get(document.id)?.get(champ);
			return actions ? [request(view, rule, document, champ, cas, actions)] : [];
		})
	);

/** « aux Pyramides et à la Gare », « dans 5 quartiers » */
export function inPlaces(view: GapView, codes: readonly string[]): string {
	const names = view.quartiers.filter((q) => codes.includes(q.code)).map((q) => q.nom);
	if (names.length === 0) return 'dans l’ensemble du territoire';
	return names.length > 3 ? `dans ${names.length} quartiers` : list(names.map(inQuartier));
}

/** The document as a whole lacks a field: one request, never an alert per action. */
export function request(
	view: GapView,
	rule: GapRule,
	document: GapDocument,
	champ: Champ,
	cas: readonly string[],
	actions: readonly PlacedAction[] = []
): Finding {
	const make = () => newRequest(view, document, champ, cas, actions);
	const name = [rule.id, 'demande', document.id, champ, ...cas].join(' ');
	return view.memoire
		? keep(view.memoire, name, [document, view.champs, view.noms, view.territoire, ...actions], make)
		: make();
}

function newRequest(
	view: GapView,
	document: GapDocument,
	champ: Champ,
	cas: readonly string[],
	actions: readonly PlacedAction[]
): Finding {
	const label = view.champs.get(champ) ?? champ;
	const name = view.noms.get(document.id) ?? document.titre;
	return {
		objet: `doc${document.id}:${champ}`,
		quartier: null,
		enjeu: null,
		reponse: 'donnee-manquante',
		cas: document.liste ? ['liste-de-subventions', ...cas] : cas,
		valeurs: {
			action: name,
			champs_manquants: label,
			manque: label,
			// The first is named: nobody looks for « 1 action ».
			n:
				actions.length < 2
					? quoted(actions[0]?.action.titre ?? '')
					: `${count(actions.length, 'action')} (dont ${quoted(actions[0]!.action.titre)})`,
			ces_actions: actions.length === 1 ? 'cette action' : 'ces actions',
			a_qui: askedOfAll(actions, 'au service qui tient le document', view.territoire),
			chaque_action: actions.length === 1 ? 'l’action' : 'chaque action'
		},
		sujet: name,
		preuves: {
			actions: actions.map((a) => a.action.id),
			champs: [champ],
			faits: actions.length
				? factsOf(actions, saying(view.noms, `${label.toLocaleLowerCase('fr')}\u00a0: rien d’écrit`))
				: [`${name}\u00a0: aucune colonne «\u00a0${label}\u00a0»`]
		}
	};
}
