import type { Action, PlanKind } from '../action';
import { capital } from '../french';
import type { OfficialFacts } from '../funding/official-facts';
import type { PlaceFacts } from '../funding/place-facts';
import { distinct } from './leads';
import type { PlacedAction } from './place';

/* A published list of grants, read under the name of a contract: every row is an operation that one fund paid for. */

type Granted = Pick<Action, 'financements' | 'pilote' | 'elu' | 'instance' | 'publics' | 'statut' | 'etapes'>;

/**
 * What to say of a contrat de ville all of whose rows are funded by one same family of dispositifs, with nobody to lead them; null otherwise.
 * never  refuses anything: the rows count as they did
 */
export const grantsNote = (plan: PlanKind, actions: readonly Granted[]): string | null =>
	fundOf(plan, actions) === null ? null : 'Liste de subventions accordées, pas le contrat de ville signé.';

/** Is every row an operation that one fund paid for? */
export const isGrantList = (plan: PlanKind, actions: readonly Granted[]): boolean => fundOf(plan, actions) !== null;

/** What an import was of: « Contrat de ville », or the list of grants it turned out to be. */
export const importedAs = (
	{ plan, note }: { readonly plan: string; readonly note?: string | null },
	types: readonly { readonly code: PlanKind; readonly court: string }[]
): string => (note ? 'Liste de subventions' : (types.find((t) => t.code === plan)?.court ?? plan));

/** Longest name of a fund that still reads as one. */
const SHORT = 30;

/**
 * What such a list is called instead of its kind of plan: « Subventions DPV »; null for what is none.
 * in     titles of the families of data/financements; the words of the file come first, when all rows have the same
 */
export function grantListName(
	plan: PlanKind,
	actions: readonly Granted[],
	families: readonly { readonly id: string; readonly titre: string }[]
): string | null {
	const fund = fundOf(plan, actions);
	if (fund === null) return null;
	const said = distinct(actions.flatMap((a) => a.financements.map((f) => f.libelle)));
	const name = said.length === 1 && said[0]!.length <= SHORT ? said[0]! : families.find((f) => f.id === fund)?.titre;
	if (name === undefined) return 'Subventions';
	return /^(?:subvention|aide)/i.test(name) ? capital(name) : `Subventions ${name}`;
}

/** « Contrat de ville · CA de Lys · 2024 » → « Subventions DPV · CA de Lys · 2024 »; a title somebody chose stays. */
export const retitled = (titre: string, court: string, liste: string): string =>
	titre.startsWith(`${court} · `) ? liste + titre.slice(court.length) : titre;

/**
 * Family all rows are funded by, when nobody leads them.
 * out    null as soon as a row says what only a contract does: whom it is for, where it stands, its steps
 */
function fundOf(plan: PlanKind, actions: readonly Granted[]): string | null {
	if (plan !== 'contrat-de-ville' || actions.length === 0) return null;
	let fund: string | null = null;
	for (const action of actions) {
		const { financements, pilote, elu, instance } = action;
		if (financements.length !== 1 || pilote !== null || elu !== null || instance !== null) return null;
		if (action.publics.length > 0 || action.statut !== null || action.etapes.length > 0) return null;
		const own = financements[0]!.dispositif?.split('.')[0] ?? null;
		if (own === null || (fund !== null && own !== fund)) return null;
		fund = own;
	}
	return fund;
}

const listed = new WeakMap<PlacedAction, PlacedAction>();

/** An action that knows which list, which territory and which answers it stands in; the very same one as long as none has changed. */
export function filed(
	placed: PlacedAction,
	liste: string | undefined,
	officiels: OfficialFacts,
	lieux?: PlaceFacts
): PlacedAction {
	const known = listed.get(placed);
	if (known && known.liste === liste && known.officiels === officiels && known.lieux === lieux) return known;
	const made = { ...placed, ...(liste !== undefined && { liste }), officiels, ...(lieux && { lieux }) };
	listed.set(placed, made);
	return made;
}

/** Short name of where an action stands: « PCAET », or what its document really is. */
export const planOf = (
	{ action, liste }: Pick<PlacedAction, 'action' | 'liste'>,
	plans: readonly { readonly code: PlanKind; readonly court: string }[]
): string => liste ?? plans.find((t) => t.code === action.plan)?.court ?? action.plan;
