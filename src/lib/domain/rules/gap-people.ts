import { bodyOf, type Named } from '../bodies';
import { distinct } from '../crossing/leads';
import type { PlacedAction } from '../crossing/place';
import { count, list } from '../french';
import { keepFor, once, type OwnMemory } from '../memory';
import { plain } from '../text';
import { marked, markedBoth, setApart } from './gap-called';
import { heldBy, theDocument, type GapView } from './gap-context';
import { areOfOtherTowns, ofTown } from './gap-towns';

/* Whom a gap says to call: pilots, carriers, and the référent of a plan. */

/** « Lys Habitat (bailleur social) » beside « Lys Habitat » is the same one; so is « CA » beside « CA – Direction de l’habitat ». */
const plainest = (names: readonly string[]): readonly string[] => {
	const all = new Set(names.map(plain));
	const whole = new Set(names.flatMap((name) => (PART_OF.test(name) ? [plain(name.split(PART_OF)[0]!)] : [])));
	return names.filter((name) => {
		const bare = name.replace(/\s*\([^()]*\)/g, '');
		return (bare === name || !all.has(plain(bare))) && !whole.has(plain(name));
	});
};
/** « CA – Direction de l’habitat »: a body, then the part of it that answers. */
const PART_OF = /\s+[-–—]\s+/;

/** « Direction de l’habitat, Mme Delattre » → « Direction de l’habitat (Mme Delattre) »: a comma would open another name. */
const withPerson = (name: string): string =>
	name.replace(/^([^,()]+), ((?:M\.|Mr|Mme|Mlle|Monsieur|Madame)\s[^,()]+)$/, '$1 ($2)');

/** More names than that are no longer heard. */
const MOST = 2;

/** What those nobody knows the article of are to the action: « au porteur, Brisse Nature, ». */
type Role = 'porteur' | 'pilote';

/**
 * Several bodies in a sentence: « à la Mission locale et au CCAS », « au porteur, Brisse Nature, ».
 * out    ends with a comma when a name is set apart, which the sentence drops before another sign
 */
function called(all: readonly string[], role: Role): Named {
	const names = plainest(distinct(all.map(withPerson)));
	const shown = names.length > MOST + 1 ? names.slice(0, MOST) : names;
	const more = names.length - shown.length;
	const known = shown.flatMap((name) => bodyOf(name) ?? []);
	const rest = more > 0 ? [count(more, 'autre')] : [];
	if (known.length === shown.length)
		return {
			a: list([...known.map(({ a }) => a), ...rest.map((others) => `à ${others}`)]),
			le: list([...known.map(({ le }) => le), ...rest])
		};
	const unknown = shown.filter((name) => bodyOf(name) === null);
	// One beside one that is known: « à la Mission locale et à l’autre porteur, Cyclo-Récup’, ».
	const [one] = known;
	if (one && shown.length === 2 && more === 0)
		return { a: `${one.a} et à l’autre ${role}, ${unknown[0]},`, le: `${one.le} et l’autre ${role}, ${unknown[0]},` };
	const others = shown.map((name) => bodyOf(name)?.le ?? name);
	// « CCI et CCNS »: one cell, two bodies.
	const many = shown.length === 1 && / et /.test(others[0]!);
	if (shown.length === 1 && !many) return { a: `au ${role}, ${others[0]},`, le: `le ${role}, ${others[0]},` };
	const said = `${role}s, ${list([...others, ...rest])},`;
	return { a: `aux ${said}`, le: `les ${said}` };
}

const named = once((placed: PlacedAction): readonly string[] => townHalls(placed, placed.meneurs.noms));

function carriersOf({ action, meneurs: { noms, porteurs } }: PlacedAction, territoire: string): readonly string[] {
	if (action.pilote === null) return otherThan(noms, territoire);
	return porteurs?.every((name) => isSame(name, territoire)) && noms.length > 0
		? noms
		: otherThan(porteurs ?? [], territoire);
}

/** However its apostrophe or its capitals are written. */
const isSame = (name: string, territoire: string): boolean => name === territoire || plain(name) === plain(territoire);

/** Beside « Service mobilités », the intercommunality of whoever reads is nobody to call. */
function otherThan(names: readonly string[], territoire: string): readonly string[] {
	const others = names.filter((name) => !isSame(name, territoire));
	return others.length > 0 && others.length < names.length ? others : names;
}

interface Carriers {
	readonly noms: readonly string[];
	readonly role: Role;
}

/** Who carries an action, beside whoever pilots it; its pilot when no carrier is named, or when it is the territory itself. */
const carriers = (placed: PlacedAction, territoire: string): Carriers =>
	keepFor(carrying, placed, [territoire], () => {
		const own = carriersOf(placed, territoire);
		if (own.length === 0) return { noms: named(placed), role: 'pilote' };
		const isPilot = placed.action.pilote !== null && own === placed.meneurs.noms;
		return { noms: townHalls(placed, own), role: isPilot ? 'pilote' : 'porteur' };
	});
const carrying: OwnMemory<PlacedAction> = new WeakMap();

/** A town that carries an action is a town hall to call: « la ville de Lens », « la ville du Quesnoy ». */
function townHalls(placed: PlacedAction, names: readonly string[]): readonly string[] {
	const communes = [...placed.action.communes, ...(placed.meneurs.villes ?? [])].map(plain);
	return names.map((name) => (communes.includes(plain(name)) ? `la ville ${ofTown(name)}` : name));
}

/**
 * Whom to ask about an action, in a sentence: « à la Mission locale », « au porteur, Gamme Habitat, », with the référent of its plan
 * beside; its pilot when the territory itself carries it, or whoever holds its document when nobody is named.
 */
export const askedOf = (placed: PlacedAction, document: string, territoire: string): Asked =>
	keepFor(askedFor, placed, [document, territoire], () => newAsked(placed, document, territoire));

type Asked = Readonly<Record<'a_qui_porte' | 'qui_porte', string>>;
const askedFor: OwnMemory<PlacedAction> = new WeakMap();

function newAsked(placed: PlacedAction, document: string, territoire: string): Asked {
	const { noms, role } = carriers(placed, territoire);
	const referent = referentSaid(placed);
	if (isNobody(noms, territoire)) {
		const held = heldBy([document]);
		const [a, le] = referent ? [`au ${referent}`, `le ${referent}`] : [held, withThem(held)];
		return { a_qui_porte: a, qui_porte: le };
	}
	const own = called(noms, role);
	const beside = (who: string, to: string) => marked(referent ? `${who.replace(/,$/, '')} ou, à défaut, ${to}` : who);
	return { a_qui_porte: beside(own.a, `au ${referent}`), qui_porte: beside(own.le, `le ${referent}`) };
}

/** « référent du PCAET (chargée de mission, 01 99 00 12 34) »; null when its plan names none. */
export function referentSaid({ meneurs: { referent } }: Pick<PlacedAction, 'meneurs'>): string | null {
	if (!referent) return null;
	const how = [referent.nom, referent.telephone ?? referent.courriel].filter((said) => said !== null);
	return `référent ${referent.de} (${how.join(', ')})`;
}

/** « au responsable du PCAET » → « le responsable du PCAET », to voir avec. */
export const withThem = (asked: string): string =>
	asked.replace(
		BEFORE_ONE,
		(_, before: string, to: string) => before + (to === 'à ' ? '' : to === 'au ' ? 'le ' : 'les ')
	);
const BEFORE_ONE = /(^|\u2063|, | et )(à (?=la |l’|M)|aux? )/g;

/** Whom to ask about several actions: « à la Ville de Lys et au CCAS »; `otherwise` when nobody is named. */
export const askedOfAll = (actions: readonly PlacedAction[], otherwise: string, territoire: string): string =>
	markedOr(carriersTogether(actions, territoire)?.a, otherwise);

/**
 * Of what a whole document leaves unsaid, each of its actions has somebody to ask: « à la Mission locale et, pour les autres actions, au
 * responsable du PCAET, » where nobody carries some of them, or the territory itself does.
 */
export function askedOfEach(actions: readonly PlacedAction[], otherwise: string, territoire: string): string {
	const asked = askedOfAll(actions, otherwise, territoire);
	const alone = actions.filter((placed) => isNobody(carriers(placed, territoire).noms, territoire));
	if (alone.length === 0 || alone.length === actions.length) return asked;
	const named = new Set(actions.flatMap((placed) => (alone.includes(placed) ? [] : carriers(placed, territoire).noms)));
	// Many names of a few actions would hide the one who can answer for most.
	if (alone.length * 2 > actions.length && named.size > 2)
		return setApart(`${askedOfAll(alone, otherwise, territoire)} et, pour celles qui en ont un, à leur porteur`);
	const which = alone.length > 1 ? 'les autres actions' : 'l’autre action';
	return setApart(`${asked} et, pour ${which}, ${askedOfAll(alone, otherwise, territoire)}`);
}

/** The territory itself is where who reads works: nobody to call. */
const isNobody = (names: readonly string[], territoire: string): boolean =>
	names.every((name) => isSame(name, territoire));

/** The same, to voir avec: « la Ville de Lys et le CCAS ». */
export const metWith = (actions: readonly PlacedAction[], otherwise: string, territoire: string): string =>
	markedOr(carriersTogether(actions, territoire)?.le, withThem(otherwise));

/** The same, with whoever holds the document of those nobody carries: « la ville de Lys et le responsable du PCAET ». */
export function metWithEach(view: GapView, actions: readonly PlacedAction[]): string {
	const { territoire } = view;
	const alone = actions.filter((placed) => isNobody(carriers(placed, territoire).noms, territoire));
	const others = actions.filter((placed) => !alone.includes(placed));
	const holders = heldBy((alone.length > 0 ? alone : actions).map((a) => theDocument(view, a)));
	const met = metWith(others.length > 0 ? others : actions, holders, territoire);
	return alone.length > 0 && others.length > 0 ? `${met} et ${withThem(holders)}` : met;
}

const markedOr = (who: string | undefined, otherwise: string): string => (who === undefined ? otherwise : marked(who));

const carriersTogether = (actions: readonly PlacedAction[], territoire: string): Named | null =>
	together(actions, territoire, (placed) => carriers(placed, territoire));

/** Whoever leads some actions, pilot first: « le CCAS »; null when nobody is named. */
export function ledBy(actions: readonly PlacedAction[], territoire: string): Named | null {
	const roleOf = ({ action }: PlacedAction) => (action.pilote === null ? 'porteur' : 'pilote');
	const led = together(actions, territoire, (a) => ({ noms: named(a), role: roleOf(a) }));
	return led && markedBoth(led);
}

/**
 * Whom to ask of another action than the one the gap is about, which is said: « à la Régie de quartier, qui porte « Chantier école », »,
 * « au porteur de « Ferme urbaine », Terre de Brisse, ».
 * out    null when nobody is named
 */
export function askedAbout(placed: PlacedAction, what: string, territoire: string): string | null {
	const who = carriersTogether([placed], territoire)?.a;
	if (who === undefined) return null;
	const apart = /^(aux? (?:porteur|pilote)s?), (.*),$/.exec(who);
	// « Les Filaturières, tiers-lieu » says its carrier already.
	if (apart) return marked(`${apart[1]} de ${what},${plain(what).includes(plain(apart[2]!)) ? '' : ` ${apart[2]},`}`);
	const { noms, role } = carriers(placed, territoire);
	const verb = role === 'pilote' ? 'pilote' : 'porte';
	return marked(`${who.replace(/,$/, '')}, qui ${verb}${noms.length > 1 ? 'nt' : ''} ${what},`);
}

/** Those who carry an action, when they are the services of another town than the quartier's; null otherwise. */
export function otherTowns(
	place: GapView['quartiers'][number],
	placed: PlacedAction,
	territoire: string
): string | null {
	const { noms } = carriers(placed, territoire);
	return areOfOtherTowns(place, noms)
		? list(plainest(distinct(noms)).map((nom) => nom.replace(/^la ville /, 'ville ')))
		: null;
}

function together(
	actions: readonly PlacedAction[],
	territoire: string,
	of: (placed: PlacedAction) => Carriers
): Named | null {
	const all = actions.map(of);
	const noms = otherThan(
		all.flatMap((one) => one.noms),
		territoire
	);
	if (isNobody(noms, territoire)) {
		const referents = distinct(actions.flatMap((a) => referentSaid(a) ?? []));
		return referents.length === 1 ? { a: `au ${referents[0]}`, le: `le ${referents[0]}` } : null;
	}
	return called(noms, all.every(({ role }) => role === 'pilote') ? 'pilote' : 'porteur');
}

/** What is asked of whoever carries them: « la nature et le lieu de cette action ». */
export const natureAndPlace = (actions: readonly PlacedAction[]): string =>
	`la nature et le lieu ${actions.length > 1 ? 'des actions citées en preuve' : 'de cette action'}`;
