import type { PlanKind } from '../action';
import { documentNames, placeInDocument, readable } from '../document-names';
import { saysWords, stepDates } from '../import/steps';
import { dateOf, deadlines, type Deadline } from '../rules/deadlines';
import type { GapDocument } from '../rules/gap-context';
import type { PlanType } from '../rules/referentiel';
import { bestReach, isActive } from './coverage';
import type { PlacedAction } from './place';

/* What happens when, for one quartier: deadlines of its documents, and dates of the actions that name or aim at it. */

/** `a-confirmer`: the day is past, and nothing says it was done. */
export const MILESTONE_STATES = ['fait', 'a-confirmer', 'a-venir'] as const;

export interface Milestone {
	readonly plan: PlanKind;
	/** What its document is, when that is no plan. */
	readonly liste?: string;
	/** A day, or the last of the year when only the year is known. */
	readonly le: string;
	/** « fin 2027 », « le 30/06/2028 » */
	readonly ecrit: string;
	readonly objet: string;
	/** null: the deadline of a document. */
	readonly action: string | null;
	readonly etat: (typeof MILESTONE_STATES)[number];
	/** Title of the document, or document and row of the action. */
	readonly source: string;
}

interface Asked {
	readonly quartier: string;
	readonly asOf: string;
	readonly actions: readonly PlacedAction[];
	readonly documents: readonly GapDocument[];
	readonly types: readonly Pick<PlanType, 'code' | 'court' | 'echeances'>[];
}

/**
 * out    in order of date; the end of each active action that names or aims at the quartier, its dated steps, and its start
 *        when it is to come; two documents of one plan that share a deadline say it once
 * never  says done what only its date says past: an action is done by its status, a deadline by nothing
 */
export function milestones({ quartier, asOf, actions, documents, types }: Asked): Milestone[] {
	const near = actions.filter((p) => isActive(p) && ['cible', 'explicite'].includes(bestReach(p, [quartier])));
	const names = documentNames(documents);
	const all = [
		...documents
			// The dates of the contract itself, once it is read, are those that hold.
			.filter((d) => d.liste === undefined || !documents.some((o) => o.plan === d.plan && o.liste === undefined))
			.flatMap((d) => ofDocument(d, types.find((t) => t.code === d.plan) ?? null, asOf)),
		...near.flatMap((p) => ofAction(p, names, asOf))
	];
	const said = new Map(all.map((m) => [[m.plan, m.le, m.objet, m.action].join('|'), m]));
	return [...said.values()].sort((a, b) => (a.le < b.le ? -1 : a.le > b.le ? 1 : 0));
}

function ofDocument(document: GapDocument, type: Asked['types'][number] | null, asOf: string): Milestone[] {
	// A list of grants sets no deadline: those of its kind of plan hold all the same, and it is not said to be read.
	const common = document.liste !== undefined;
	const adoption = common ? null : (document.echeances?.adoption ?? document.adopteLe);
	const source = common ? 'calendrier commun à ce genre de plan' : readable(document.titre);
	const liste = common && type ? { liste: `${type.court}\u00a0: dates nationales, document non importé` } : {};
	const told: Deadline[] = [
		...(adoption ? [dateOf(adoption, 'adoption')] : []),
		...deadlines(document, adoption, type?.echeances ?? [])
	];
	return told.map(({ le, ecrit, objet }) => ({
		...{ plan: document.plan, ...liste, le, ecrit, objet, action: null, source },
		etat: le > asOf ? 'a-venir' : objet === 'adoption' ? 'fait' : 'a-confirmer'
	}));
}

function ofAction({ action, liste }: PlacedAction, names: ReadonlyMap<number, string>, asOf: string): Milestone[] {
	const { plan, id, titre, dates, etapes, statut } = action;
	const source = placeInDocument(action, names);
	const done = statut === 'realise';
	const at = (le: string, objet: string): Milestone => ({
		...{ plan, ...(liste !== undefined && { liste }), le, ecrit: dateOf(le, objet).ecrit, objet, action: id, source },
		etat: done ? 'fait' : le > asOf ? 'a-venir' : 'a-confirmer'
	});
	return [
		...(dates?.debut && dates.debut > asOf ? [at(dates.debut, `début\u00a0: ${titre}`)] : []),
		...etapes.flatMap((etape) =>
			stepDates(etape).map((le) => at(le, saysWords(etape) ? etape : `étape\u00a0: ${titre}`))
		),
		...(dates?.fin ? [at(dates.fin, `fin\u00a0: ${titre}`)] : [])
	];
}
