import type { PlanKind } from '../action';
import { capital, FINE, inWords, list, quoted } from '../french';
import { once } from '../memory';
import type { PlacedAction } from '../crossing/place';
import { thePlan } from '../crossing/referents';
import { endOf } from './deadlines';
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
 * « Demander le contrat de ville signé au référent politique de la ville, puis l’importer »
 * in     the crossing asked about, if any: a plan about it that is not read is asked for too
 */
export const askForPlan = (view: GapView, croise: string | null = null): string =>
	contractRead(view)
		? 'Demander au service qui le tient un second document-cadre (plan climat, programme de l’habitat, plan de mobilité…), puis l’importer par « Apporter des fichiers »'
		: allOver(view)
			? `Demander ${wantedPlan(view)} ${CITY_REFERENT} ou au délégué du préfet, et ${inForce(view, croise)}${FINE}; puis les importer par « Apporter des fichiers »`
			: `Demander ${wantedPlan(view)} ${CITY_REFERENT} ou au délégué du préfet, ${andAbout(view, croise)} par « Apporter des fichiers »`;

/** « et le PLH au service habitat ; puis les importer »; « puis l’importer » when no other plan is about it, or it is read. */
function andAbout(view: GapView, croise: string | null): string {
	const read = (plan: PlanKind) => view.documents.some((d) => d.plan === plan && !d.liste);
	const about = kindsAbout(view, croise).filter((plan) => !read(plan));
	if (about.length === 0) return 'puis l’importer';
	return `et ${list(about.map((plan) => askedOf(view, plan)))}${FINE}; puis les importer`;
}

/** « le PLH au service habitat, les autres plans en vigueur aux services qui les tiennent »: the one about it is named. */
function inForce(view: GapView, croise: string | null): string {
	const about = kindsAbout(view, croise).map((plan) => askedOf(view, plan));
	return about.length > 0
		? `${list(about)}, les autres plans en vigueur aux services qui les tiennent`
		: 'les plans en vigueur aux services qui les tiennent';
}

/** Kinds of plans that are about a crossing. */
const kindsAbout = ({ sujets }: GapView, croise: string | null): readonly PlanKind[] =>
	[...sujets].flatMap(([plan, s]) => (croise !== null && s.croisements.includes(croise) ? [plan] : []));

/** « le PLH au service habitat » */
const askedOf = ({ plans, sujets }: GapView, plan: PlanKind): string =>
	`${thePlan(plans.get(plan) ?? plan)} ${sujets.get(plan)!.tenu}`;

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
	if (kinds.length === 0 || about.length < kinds.length || about.some((s) => s.croisements.includes(croise)))
		return null;
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
