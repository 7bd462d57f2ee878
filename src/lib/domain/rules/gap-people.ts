import { distinct } from '../crossing/leads';
import type { PlacedAction } from '../crossing/place';
import { count, FINE, list, ofThe, quoted } from '../french';
import { keepFor, once, type OwnMemory } from '../memory';
import { plain } from '../text';
import { heldBy } from './gap-context';

/* Whom a gap says to call: pilots, carriers, and the référent of a plan. */

/**
 * Whom to call about some actions: « Service habitat, Ville de Lys et 2 autres »; where no pilot is named, the référent of their
 * plan, else their carrier.
 */
export const whoLeads = (actions: readonly PlacedAction[]): string => peopleOf(actions, named);

/**
 * Who carries some actions, beside whoever pilots them, and the référent of their plan when no pilot is named: « Ville de Lys ; à
 * défaut, chargée de mission, référent du PCAET, 01 99 00 12 34 »; where no carrier is named, whom to call.
 * in     `territoire`: its own name says nobody to call, so its pilot is named instead when there is one
 */
export const whoCarries = (actions: readonly PlacedAction[], territoire: string): string =>
	actions.length === 1
		? keepFor(oneCarries, actions[0]!, [territoire], () => whoTheyAre(actions, territoire))
		: whoTheyAre(actions, territoire);

/** Each rule says it of the same action. */
const oneCarries: OwnMemory<PlacedAction> = new WeakMap();

function whoTheyAre(actions: readonly PlacedAction[], territoire: string): string {
	const people = peopleOf(actions, (a) => carriers(a, territoire));
	// Several carriers are enough to call.
	const [beside] =
		actions.length > 1 ? [] : actions.flatMap((a) => (carriersOf(a, territoire).length > 0 ? referentOf(a) : []));
	return beside ? `${people}${FINE}; à défaut, ${beside}` : people;
}

/** « Lys Habitat (bailleur social) » beside « Lys Habitat » is the same one. */
const plainest = (names: readonly string[]): readonly string[] => {
	const all = new Set(names.map(plain));
	return names.filter((name) => {
		const bare = name.replace(/\s*\([^()]*\)/g, '');
		return bare === name || !all.has(plain(bare));
	});
};

/** More names than that are no longer heard. */
const MOST = 2;

function peopleOf(actions: readonly PlacedAction[], of: (placed: PlacedAction) => readonly string[]): string {
	const people = plainest(distinct(actions.flatMap(of)));
	const [kind] = actions.flatMap((a) => a.meneurs.genres);
	if (people.length === 0) return kind ? `le fichier dit seulement ${quoted(kind)}` : 'personne n’est nommé';
	const more = people.length - MOST;
	// One more name is no longer than « et 1 autre ».
	return more > 1 ? `${people.slice(0, MOST).join(', ')} et ${count(more, 'autre')}` : list(people);
}

const named = once((placed: PlacedAction): readonly string[] => townHalls(placed, calledFor(placed)));

function carriersOf({ action, meneurs: { noms, porteurs } }: PlacedAction, territoire: string): readonly string[] {
	if (action.pilote === null) return noms;
	return porteurs?.every((name) => name === territoire) && noms.length > 0 ? noms : (porteurs ?? []);
}

const carriers = (placed: PlacedAction, territoire: string): readonly string[] =>
	keepFor(carrying, placed, [territoire], () => {
		const own = carriersOf(placed, territoire);
		return own.length > 0 ? townHalls(placed, own) : named(placed);
	});
const carrying: OwnMemory<PlacedAction> = new WeakMap();

/** A town that carries an action is a town hall to call: « la ville de Lens », « la ville du Quesnoy ». */
function townHalls(placed: PlacedAction, names: readonly string[]): readonly string[] {
	const communes = [...placed.action.communes, ...(placed.meneurs.villes ?? [])].map(plain);
	const town = (name: string) =>
		`la ville ${ofThe(name)
			.replace(/^de Le /, 'du ')
			.replace(/^de Les /, 'des ')}`;
	return names.map((name) => (communes.includes(plain(name)) ? town(name) : name));
}

/**
 * Whom to ask about an action, in a sentence: « à qui porte l’action (Gamme Habitat) », « au pilote (Direction de l’habitat) » when the
 * territory itself carries it, or the service that holds its document when nobody is named.
 */
export const askedOf = (placed: PlacedAction, document: string, territoire: string): Asked =>
	keepFor(askedFor, placed, [document, territoire], () => newAsked(placed, document, territoire));

type Asked = Readonly<Record<'a_qui_porte' | 'qui_porte' | 'au_maitre', string>>;
const askedFor: OwnMemory<PlacedAction> = new WeakMap();

function newAsked(placed: PlacedAction, document: string, territoire: string): Asked {
	const said = `(${whoCarries([placed], territoire)})`;
	const held = heldBy([document]);
	const ask = (who: string) => ({ a_qui_porte: `au ${who}`, qui_porte: `le ${who}`, au_maitre: `au ${who}` });
	const names = carriers(placed, territoire);
	// The territory itself is where who reads works: nobody to call.
	if (names.length === 0 || said === `(${territoire})`) return ask(referentSaid(placed) ?? held.replace(/^au /, ''));
	const { pilote } = placed.action;
	if (pilote !== null && placed.meneurs.porteurs?.every((name) => name === territoire)) return ask(`pilote ${said}`);
	return {
		a_qui_porte: `à qui porte l’action ${said}`,
		qui_porte: `qui porte l’action ${said}`,
		au_maitre: `au maître d’ouvrage ${said}`
	};
}

/** « référent du PCAET (chargée de mission, 01 99 00 12 34) »; null when its plan names none. */
function referentSaid({ meneurs: { referent } }: PlacedAction): string | null {
	if (!referent) return null;
	const how = [referent.nom, referent.telephone ?? referent.courriel].filter((said) => said !== null);
	return `référent ${referent.de} (${how.join(', ')})`;
}

/** Whom to ask about several actions: « à qui porte ces actions (Ville de Lys) »; `otherwise` when nobody is named. */
export function askedOfAll(actions: readonly PlacedAction[], otherwise: string, territoire: string): string {
	if (actions.every((a) => carriers(a, territoire).length === 0)) return otherwise;
	const said = `(${peopleOf(actions, (a) => carriers(a, territoire))})`;
	if (said === `(${territoire})`) return otherwise;
	return `à qui porte ${actions.length > 1 ? 'ces actions' : 'cette action'} ${said}`;
}

/** What is asked of whoever carries them, named just before: « sa nature et son lieu ». */
export const natureAndPlace = (asked: string, actions: readonly PlacedAction[]): string =>
	actions.length > 1
		? 'la nature et le lieu des actions citées en preuve'
		: asked.startsWith('à qui')
			? 'sa nature et son lieu'
			: 'la nature et le lieu de cette action';

/** « ceux qui les portent (Ville de Lys et SYTRAB) », « qui les porte (Ville de Lys) » */
export const bothCarriers = (actions: readonly PlacedAction[], territoire: string): string =>
	`${distinct(actions.flatMap((a) => carriers(a, territoire))).length === 1 ? 'qui les porte' : 'ceux qui les portent'} (${whoCarries(actions, territoire)})`;

/** « chargée de mission, référent du PCAET, 01 99 00 12 34 », or the names of its file. */
export const calledFor = (placed: Pick<PlacedAction, 'meneurs'>): readonly string[] =>
	placed.meneurs.referent ? referentOf(placed) : placed.meneurs.noms;

const referentOf = ({ meneurs: { referent } }: Pick<PlacedAction, 'meneurs'>): readonly string[] =>
	referent
		? [
				[referent.nom, `référent ${referent.de}`, referent.telephone ?? referent.courriel]
					.filter((said) => said !== null)
					.join(', ')
			]
		: [];
