import type { Champ } from '../action';
import { bestReach, isActive, reaches } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import { changesIn, inTheirPlace, keep, keepFor, readEach, sameFacts, type OwnMemory } from '../memory';
import { NO_ACTION, sortedBy, type Finding, type GapDocument, type GapView } from './gap-context';
import type { GapRule } from './referentiel';

/* The same question asked of each action of the territory: an action that is still the same gets the same answer. */

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
		const one = (placed: PlacedAction) => keepFor(alone, placed, [document], (): Concerned => ({ placed, document }));
		if (!view.memoire) return actions.map(one);
		return readEach(view.memoire, `concernées ${scope} ${document.id}`, [document], actions, one);
	});
	known[scope].set(view, found);
	return found;
}

/** Neither dropped nor done. */
export const isUnderWay = (placed: PlacedAction): boolean => isActive(placed) && placed.action.statut !== 'realise';

/** What a rule says of one action: what it found, and the field it would need to say more. */
export interface AboutOne {
	readonly constats: readonly Finding[];
	readonly manque?: Champ | null;
}

const NOTHING: AboutOne = { constats: [] };

/** What was said of the actions of one document. */
interface Said {
	readonly all: readonly Concerned[];
	readonly read: readonly unknown[];
	readonly beside: readonly unknown[];
	readonly said: readonly AboutOne[];
	readonly told: ReturnType<typeof gather>;
}

/** What a rule looks at beyond an action, its document and the names of the view. */
interface Beside {
	/** Everything `of` reads but the action and its document. */
	readonly read: readonly unknown[];
	/** What it says of one of them, all that the day decides included. */
	readonly of: (one: Concerned) => unknown;
	/** Ids of the actions of which `of` may say something else than when it had read `was`; null: of any. */
	readonly moved?: (was: readonly unknown[]) => ReadonlySet<string> | null;
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
	{ read, of, moved, scope = 'quartier' }: Beside = ALONE
): { readonly constats: Finding[]; readonly manques: Lacking } {
	const facts = [
		view.quartiers,
		view.plans,
		view.noms,
		view.champs,
		view.statuts,
		view.enjeux,
		view.mesures,
		view.precisions
	];
	const names = view.memoire ? keep(view.memoire, 'noms', facts, () => facts) : facts;
	const answers = concerned(view, scope).map((all) => {
		const name = `${rule.id} ${all[0]?.document.id}`;
		const known = view.memoire?.get(name);
		const before = known && known.from[0] === rule && known.from[1] === names ? (known.answer as Said) : null;
		const stands = before !== null && sameFacts(before.read, read);
		if (stands && before.all === all) return before.told;
		const others = before && (stands ? NOBODY : (moved?.(before.read) ?? null));
		const said =
			(others && saidOfFew({ ...before!, read }, all, others, of, ask)) ??
			saidAgain(before, stands, all, read, of, ask);
		view.memoire?.set(name, { from: [rule, names], answer: said });
		return said.told;
	});
	return {
		constats: NO_FINDING.concat(...answers.map((a) => a.constats)),
		manques: new Map(answers.flatMap((a) => (a.manques.size > 0 ? [[a.document!, a.manques] as const] : [])))
	};
}

const NO_FINDING: Finding[] = [];
const NOBODY: ReadonlySet<string> = new Set();

/** What was said, when few actions came or went in one place, and `of` says what it said but of `others`; null otherwise. */
function saidOfFew(
	before: Said,
	all: readonly Concerned[],
	others: ReadonlySet<string>,
	of: Beside['of'],
	ask: (one: Concerned) => AboutOne | null
): Said | null {
	const changes = changesIn(before.all, all);
	if (!changes) return null;
	const answered = (one: Concerned) => ask(one) ?? NOTHING;
	let beside = inTheirPlace(before.beside, changes, () => changes.come.map(of));
	let said = beside && inTheirPlace(before.said, changes, () => changes.come.map(answered));
	if (!beside || !said) return null;
	for (let k = 0; others.size > 0 && k < all.length; k++) {
		const one = all[k]!;
		if (!others.has(one.placed.action.id)) continue;
		const own = of(one);
		if (isSame(beside[k], own)) continue;
		beside = beside.with(k, own);
		said = said.with(k, answered(one));
	}
	const same = said === before.said && all.length > 0;
	return { all, read: before.read, beside, said, told: same ? before.told : gather(said, all) };
}

/** The same, whatever changed: what holds of each action is found again, wherever it stands. */
function saidAgain(
	before: Said | null,
	stands: boolean,
	all: readonly Concerned[],
	read: readonly unknown[],
	of: Beside['of'],
	ask: (one: Concerned) => AboutOne | null
): Said {
	let changed = before?.all.length !== all.length;
	let places: ReadonlyMap<Concerned, number> | undefined;
	const beside: unknown[] = [];
	const said: AboutOne[] = [];
	let at = -1;
	for (const one of all) {
		// Most actions follow the one they followed.
		at++;
		if (before !== null && before.all[at] !== one) {
			changed = true;
			at = (places ??= new Map(before.all.map((known, k) => [known, k]))).get(one) ?? -1;
		}
		const known = before !== null && at >= 0 && at < before.all.length;
		const own = known && stands ? before.beside[at] : of(one);
		beside.push(own);
		if (known && (stands || isSame(before.beside[at], own))) said.push(before.said[at]!);
		else {
			changed = true;
			said.push(ask(one) ?? NOTHING);
		}
	}
	return { all, read, beside, said, told: before && !changed ? before.told : gather(said, all) };
}

/** The same value, or lists of the same values. */
const isSame = (a: unknown, b: unknown): boolean =>
	Object.is(a, b) ||
	(Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, i) => isSame(one, b[i])));

/** What was said of the actions of one document, put together. */
function gather(said: readonly AboutOne[], all: readonly Concerned[]) {
	const manques = new Map<Champ, PlacedAction[]>();
	const found: Finding[] = [];
	for (let i = 0; i < said.length; i++) {
		const { constats, manque } = said[i]!;
		for (const one of constats) found.push(one);
		if (!manque) continue;
		const actions = manques.get(manque) ?? manques.set(manque, []).get(manque)!;
		actions.push(all[i]!.placed);
	}
	return { document: all[0]?.document.id, constats: found, manques };
}

export type Lacking = ReadonlyMap<number, ReadonlyMap<Champ, readonly PlacedAction[]>>;
