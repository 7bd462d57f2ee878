import type { PlanKind } from '../action';
import { capital, FINE, inWords, list, quoted } from '../french';
import { once } from '../memory';
import type { PlacedAction } from '../crossing/place';
import { thePlan } from '../crossing/referents';
import { endOf } from './deadlines';
import type { PlanType } from './referentiel';
import { documentKind, planName, type Finding, type GapDocument, type GapView } from './gap-context';

/* Which documents a conclusion stands on, and in what state: a list of grants is no plan, and a plan may be over. */

export const CONTRACT = 'contrat-de-ville';

/** Kinds of plans read; lists of grants are none of them. */
export const cadresRead = ({ coverage }: GapView): number => coverage.documentsCadres ?? coverage.plansSaisis;

/** Its period is past. */
export const isOver = (document: GapDocument, asOf: string): boolean => (endOf(document) ?? asOf) < asOf;

/** The plan ended, and nothing says whether the action is done, dropped or goes on. */
export const hasNoNews = (
	{ placed, document }: { readonly placed: PlacedAction; readonly document: GapDocument },
	asOf: string
): boolean => !document.liste && isOver(document, asOf) && placed.action.statut === null;

/** Ids of the documents whose period ends by a day. */
export const endedBy = ({ documents }: Pick<GapView, 'documents'>, day: string): string =>
	documents.flatMap((d) => ((endOf(d) ?? '9999') <= day ? `(${d.id})` : [])).join('');

/**
 * Does an action start by a day?
 * in     `ended`: documents over by then, whose actions have started
 * out    null when neither its dates, its state nor the period of its document tell
 */
export function startsBy({ action }: PlacedAction, day: string, ended: string): boolean | null {
	const { debut, fin, exercice } = action.dates ?? {};
	if (debut) return debut <= day;
	if (action.statut === 'en-cours' || action.statut === 'realise' || (fin && fin <= day)) return true;
	return (exercice !== undefined && `${exercice}` <= day) || ended.includes(`(${action.document})`) ? true : null;
}

/** Another plan of its kind goes on after it. */
export const isReplaced = (document: GapDocument, documents: readonly GapDocument[]): boolean =>
	documents.some((d) => !d.liste && d.plan === document.plan && (endOf(d) ?? '') > (endOf(document) ?? ''));

/** What a rule reads of an action of the territory beside itself, when it asks nothing of a document that ended. */
export const untilItsEnd = (asOf: string) => ({
	scope: 'territoire' as const,
	read: [asOf],
	of: ({ document }: { readonly document: GapDocument }) => isOver(document, asOf)
});

/** Documents that are over, which the day decides. */
export const overOn = once(({ documents, asOf }: GapView): string =>
	documents
		.filter((d) => isOver(d, asOf))
		.map((d) => d.id)
		.join()
);

/** « PCAET et PLH 2014-2020, achevé »: those that are over come last. */
function named(view: GapView, documents: readonly GapDocument[]): string {
	const [over, running] = [true, false].map((end) => documents.filter((d) => isOver(d, view.asOf) === end));
	const past = (d: GapDocument) =>
		d.liste ? documentKind(view, d) : `${documentKind(view, d)}${d.periode ? ` ${d.periode}` : ''}, achevé`;
	return list([...new Set([...running!.map((d) => documentKind(view, d)), ...over!.map(past)])]);
}

/** Is the contract itself read, and not only lists of what it funded? */
export const contractRead = ({ documents }: GapView): boolean => documents.some((d) => d.plan === CONTRACT && !d.liste);

/**
 * « Demander le contrat de ville signé au référent politique de la ville ou au délégué du préfet, et le PLH au service habitat ; puis les importer »
 * in     the crossing asked about, if any: the plans about it that are not read, or that are over, are asked for by their name
 */
export function askForPlan(view: GapView, croise: string | null = null): string {
	const others = kindsAbout(view, croise)
		.filter((plan) => !isRead(view, plan))
		.map((plan) => askedOf(view, plan));
	if (contractRead(view))
		return others.length > 0
			? `Demander ${list(others, 'ou')}, puis l’importer par « Apporter des fichiers »`
			: 'Demander au service qui le tient un second document-cadre (plan climat, programme de l’habitat, plan de mobilité…), puis l’importer par « Apporter des fichiers »';
	const contract = `Demander ${wantedPlan(view)} ${CITY_REFERENT} ou au délégué du préfet`;
	return others.length > 0
		? `${contract}, ${others.length > 1 ? '' : 'et '}${list(others)}${FINE}; puis les importer par « Apporter des fichiers »`
		: `${contract}, puis l’importer par « Apporter des fichiers »`;
}

/** One of its kind is read; once none that is read is in force, it has to be replaced. */
const isRead = (view: GapView, plan: PlanKind): boolean =>
	!allOver(view) && view.documents.some((d) => d.plan === plan && !d.liste);

/** Kinds of plans that are about a crossing, those of nothing else first. */
const kindsAbout = ({ sujets }: GapView, croise: string | null): readonly PlanKind[] =>
	[...sujets]
		.filter(([, s]) => isAbout(s, croise))
		.sort(([, a], [, b]) => Number(a.croisements === 'tous') - Number(b.croisements === 'tous'))
		.map(([plan]) => plan);

type Subject = NonNullable<PlanType['sujet']>;

const isAbout = ({ croisements }: Subject, croise: string | null): boolean =>
	croisements === 'tous' || (croise !== null && croisements.includes(croise));

/** « le PLH au service habitat », « le PCAET en vigueur au référent transition » when one that is over is read */
function askedOf({ plans, sujets, documents }: GapView, plan: PlanKind): string {
	const isAnother = documents.some((d) => d.plan === plan && !d.liste);
	return `${thePlan(plans.get(plan) ?? plan)}${isAnother ? ' en vigueur' : ''} ${sujets.get(plan)!.tenu}`;
}

/** Plans are read, and none of them is in force any more. */
function allOver({ documents, asOf }: GapView): boolean {
	const plans = documents.filter((d) => !d.liste);
	return plans.length > 0 && plans.every((d) => isOver(d, asOf));
}

/** Who reads works in that territory: it is not named again. */
export const CITY_REFERENT = 'au référent politique de la ville';

/** What to import first. */
export const wantedPlan = (view: GapView): string =>
	contractRead(view) ? 'un second document-cadre du territoire' : 'le contrat de ville signé';

/** The same as a kind of plan, for a form to open on it: a second document has none, whoever brings it chooses. */
export const planToBring = (view: GapView): Pick<Finding, 'apporter'> =>
	contractRead(view) ? {} : { apporter: CONTRACT };

/** « PCAET et Subventions DPV\u202f; aucun contrat de ville lu »; '' when nothing is read. */
export const plansRead = once((view: GapView): string => {
	const names = named(view, view.documents);
	return names && !contractRead(view) ? `${names}\u202f; aucun contrat de ville lu` : names;
});

/** « PCAET et PLH », whether they are over or not; '' when nothing is read. */
export const kindsRead = once((view: GapView): string =>
	list([...new Set(view.documents.map((d) => documentKind(view, d)))])
);

/** The documents some actions stand in. */
export function plansOf(view: GapView, actions: readonly PlacedAction[]): string {
	const known = new Map(view.documents.map((d) => [d.id, d]));
	const own = [...new Set(actions.map((a) => known.get(a.action.document)))];
	return own.includes(undefined)
		? list([...new Set(actions.map((a) => planName(view, a)))])
		: named(view, own as GapDocument[]);
}

/** What keeps from concluding, on the first screen: « Un seul plan lu », « le contrat de ville signé ». */
export function leftToRead(view: GapView): NonNullable<Finding['conclure']> {
	const count = cadresRead(view);
	const lu = count === 0 ? 'aucun plan lu' : count === 1 ? 'un seul plan lu' : `${inWords(count)} plans lus`;
	return { lu: capital(lu), importez: wantedPlan(view) };
}

/** « le seul plan lu est le PLH, et le contrat de ville n’est pas chargé »: a list of grants is no plan. */
export function tooFewPlans(view: GapView, needed: number): string {
	const said = tooFewSaid(view);
	return said.get(needed) ?? said.set(needed, newTooFew(view, needed)).get(needed)!;
}

/**
 * What the plans read are about, when none of them may speak of a crossing.
 * out    « le PLH traite de l’habitat »; null when one of them may, or when none is read
 */
export function elsewhereAbout({ documents, plans, sujets }: GapView, croise: string): string | null {
	const kinds = [...new Set(documents.filter((d) => !d.liste).map((d) => d.plan))];
	const about = kinds.flatMap((plan) => sujets.get(plan) ?? []);
	if (kinds.length === 0 || about.length < kinds.length || about.some((s) => isAbout(s, croise))) return null;
	return list(kinds.map((plan) => `${thePlan(plans.get(plan) ?? plan)} traite de ${sujets.get(plan)!.dit}`));
}

/** After a sentence that names the plan: « c’est le seul plan lu, et le contrat de ville n’est pas chargé ». */
export const onlyPlan = (view: GapView, needed: number): string =>
	cadresRead(view) === 1 ? `c’est le seul plan lu${contractLacks(view)}` : tooFewPlans(view, needed);

/** Do some actions all stand in the one plan that is read? A list of grants beside it says nothing of the quartier either. */
export const isOnlyPlan = (view: GapView, actions: readonly PlacedAction[]): boolean =>
	cadresRead(view) === 1 && actions.every((a) => view.documents.some((d) => d.id === a.action.document && !d.liste));

/**
 * What is read is not all: « Contrat de ville non chargé. » after why a gap counts.
 * in     `enough`: plans are read enough to conclude; the sentence says itself what lacks when they are not
 */
export const withoutContract = (
	view: GapView,
	{ pourquoi }: Pick<Finding, 'pourquoi'>,
	enough: boolean
): Pick<Finding, 'pourquoi'> =>
	contractRead(view) || !enough
		? { pourquoi }
		: {
				pourquoi: [pourquoi, 'Contrat de ville non chargé.'].filter(Boolean).join(' ')
			};

const contractLacks = (view: GapView): string =>
	contractRead(view) ? '' : ', et le contrat de ville n’est pas chargé';

/** Asked for every cell of the matrix. */
const tooFewSaid = once((_: GapView) => new Map<number, string>());

function newTooFew(view: GapView, needed: number): string {
	const names = named(
		view,
		view.documents.filter((d) => !d.liste)
	);
	const count = cadresRead(view);
	const lacking = contractLacks(view);
	if (count === 0) {
		// A file was brought all the same: it is said why it does not count.
		const lists = [...new Set(view.documents.flatMap((d) => (d.liste ? [documentKind(view, d)] : [])))];
		if (lists.length === 0) return 'aucun plan n’est lu';
		return `seule${lists.length > 1 ? 's' : ''} ${list(lists.map(quoted))} ${lists.length > 1 ? 'sont lues, des listes' : 'est lue, une liste'} de subventions et non un plan`;
	}
	if (count === 1) return `le seul plan lu est ${thePlan(names)}${lacking}`;
	return `${inWords(count)} plans sont lus sur ${inWords(needed)} (${names})${lacking}`;
}
