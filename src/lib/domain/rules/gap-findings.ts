import type { Champ } from '../action';
import { bestReach, isActive, reaches } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import { inQuartier } from '../crossing/quartier-story';
import { count, inner, list } from '../french';
import { keep, keepFor, type OwnMemory } from '../memory';
import { fact, facts, factsOf, reachedBy, whoLeads, type Finding, type GapDocument, type GapView } from './gap-context';
import type { GapRule } from './referentiel';

/* Findings about one action, or about what a whole document does not say. */

export interface Concerned {
	readonly placed: PlacedAction;
	readonly document: GapDocument;
}
const known = new WeakMap<GapView, readonly Concerned[]>();

/** Actions under way that reach a quartier, with their document. */
export function concerned(view: GapView): readonly Concerned[] {
	const before = known.get(view);
	if (before) return before;
	const documents = new Map(view.documents.map((d) => [d.id, d]));
	const found = view.actions.flatMap((placed) => {
		const document = documents.get(placed.action.document);
		const kept = isActive(placed) && placed.action.statut !== 'realise' && reaches(bestReach(placed));
		return document && kept ? [{ placed, document }] : [];
	});
	known.set(view, found);
	return found;
}

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
			pilote: whoLeads([placed]),
			...(reached.length > 0 && { dans: inPlaces(view, reached) }),
			...valeurs
		},
		preuves: { actions: [placed.action.id], champs, faits: facts(said.map((words) => fact(view, placed, words))) }
	};
}

/** What a rule says of one action: what it found, and the field it would need to say more. */
export interface AboutOne {
	readonly constats: readonly Finding[];
	readonly manque?: Champ | null;
}

const NOTHING: AboutOne = { constats: [] };
const remembered = new WeakMap<GapRule, OwnMemory<PlacedAction>>();

/**
 * Asks a rule the same question of each action under way that reaches a quartier. An action that is still the same, in the
 * same document and on the same day, gets the same answer.
 * in     `ask`: reads nothing but the action, its document, the names of the view, and what `others` gives for it; null:
 *        nothing to say
 * out    what was found, in the order of the actions, and the actions that lack a field, by document then field
 */
export function aboutEach(
	view: GapView,
	rule: GapRule,
	ask: (one: Concerned) => AboutOne | null,
	others: (one: Concerned) => readonly unknown[] = () => []
): { readonly constats: Finding[]; readonly manques: Lacking } {
	const own = remembered.get(rule) ?? remembered.set(rule, new WeakMap()).get(rule)!;
	const names = [view.asOf, view.quartiers, view.plans, view.champs, view.statuts, view.enjeux];
	const said = view.memoire ? keep(view.memoire, 'noms', names, () => names) : names;
	const constats: Finding[] = [];
	const manques = new Map<number, Map<Champ, PlacedAction[]>>();
	for (const one of concerned(view)) {
		const from = [said, one.document, ...others(one)];
		const about = keepFor(own, one.placed, from, () => ask(one) ?? NOTHING);
		for (const constat of about.constats) constats.push(constat);
		if (!about.manque) continue;
		const { id } = one.document;
		const fields = manques.get(id) ?? manques.set(id, new Map()).get(id)!;
		const actions = fields.get(about.manque);
		if (actions) actions.push(one.placed);
		else fields.set(about.manque, [one.placed]);
	}
	return { constats, manques };
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
	return view.memoire ? keep(view.memoire, name, [document, view.champs, view.plans, ...actions], make) : make();
}

function newRequest(
	view: GapView,
	document: GapDocument,
	champ: Champ,
	cas: readonly string[],
	actions: readonly PlacedAction[]
): Finding {
	const label = view.champs.get(champ) ?? champ;
	return {
		objet: `doc${document.id}:${champ}`,
		quartier: null,
		enjeu: null,
		reponse: 'donnee-manquante',
		cas,
		valeurs: { action: document.titre, champs_manquants: label, manque: label, n: count(actions.length, 'action') },
		sujet: document.titre,
		preuves: {
			actions: actions.map((a) => a.action.id),
			champs: [champ],
			faits: actions.length
				? factsOf(actions, (a) => fact(view, a, `${label.toLocaleLowerCase('fr')}\u00a0: non renseigné`))
				: [`${document.titre}\u00a0: aucune colonne «\u00a0${label}\u00a0»`]
		}
	};
}
