import { reaches } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import { count, date, quoted } from '../french';
import {
	actionsByCode,
	activeIn,
	documentSaid,
	heldBy,
	keepFound,
	listOf,
	monthsLater,
	niveauOf,
	NO_ACTION,
	numberOf,
	reachedBy,
	sortedBy,
	type Finding,
	type GapDocument,
	type GapView
} from './gap-context';
import { dateOf, deadlines, endOf, type Deadline } from './deadlines';
import { aboutEach, type AboutOne, type Concerned } from './gap-each-action';
import { about, request, requestsFor } from './gap-findings';
import { CONTRACT, isOver, isReplaced } from './gap-plans-read';
import { whyNoted } from './gap-why';
import { changesIn, keepFor, sameList, type OwnMemory } from '../memory';
import type { GapRule, PlanType } from './referentiel';

/* Rules about time: an action that no longer moves, a document whose deadline comes. */

/**
 * G12: an action blocked, paused or late for more than `mois` months, or whose own dates are past by as much.
 * in     'maj-ancienne' when it is its last update, as its file says it, that is as old
 * out    'seule-action' when nothing else answers a crossing in a quartier it reaches; one finding for a document not read
 *        again for as long; one request for data per document for the stopped actions that give no date; one per plan that has
 *        no column of status, 'sans-colonne-statut', or that ended without a word of it, 'periode-echue-sans-statut'
 */
export function actionArretee(view: GapView, rule: GapRule): readonly Finding[] {
	const months = numberOf(rule, 'mois', 12);
	const limit = monthsLater(view.asOf, -months);
	const stopped = listOf(rule, 'statuts');
	const old = view.documents.filter((d) => d.importeLe && d.importeLe.slice(0, 10) < limit);
	const past = old.map((d) => d.id).join();
	const isOld = new Set(old.map((d) => d.id));
	const halted = ({ action }: PlacedAction): boolean => action.statut !== null && stopped.includes(action.statut);
	/** The day it should have ended or begun, when that is past. */
	const since = (placed: PlacedAction): string | null => {
		const { statut, dates, document } = placed.action;
		if (statut === null || isOld.has(document)) return null;
		const ends = halted(placed) || statut === 'en-cours';
		const expected = ends ? dates?.fin : dates?.debut;
		return expected && expected < view.asOf ? expected : null;
	};
	/** Nothing was to say where its actions stand; a plan that another replaces is told by that one. */
	const isAsked = (document: GapDocument): boolean =>
		!document.liste &&
		!isOld.has(document.id) &&
		(isOver(document, view.asOf) ? !isReplaced(document, view.documents) : !document.champs.includes('statut'));
	const isLate = (day: string | null): boolean => day !== null && day < limit;
	/** The day its file says it was last gone over, when that is long ago: nobody knows where it is. */
	const unseen = ({ action, liste }: PlacedAction): string | null =>
		liste === undefined && isLate(action.misAJourLe) && !isOld.has(action.document) ? action.misAJourLe : null;
	const isStuck = (placed: PlacedAction): boolean => isLate(since(placed)) || unseen(placed) !== null;
	// Whether it is alone comes from the other actions, and is asked of the late ones only.
	const late = sortedBy(view, `en retard ${rule.id}`, (p) => (isStuck(p) ? ['oui'] : []), [rule, view.asOf, past]);
	const lonely = lonelyAmong(view, late.get('oui') ?? NO_ACTION);
	const ask = ({ placed, document }: Concerned): AboutOne | null => {
		const { statut } = placed.action;
		const manque = statut === null && isAsked(document) ? 'statut' : null;
		const day = since(placed);
		// An end that is still to come is known: nothing is asked.
		const last = unseen(placed);
		const untold = halted(placed) && !placed.action.dates?.fin && !isOld.has(document.id);
		// Gone over not long ago, its halt is known to be so.
		if (untold && placed.action.misAJourLe === null) return { constats: [], manque: 'date_fin' };
		const cas = lonely.includes(placed) ? ['seule-action'] : [];
		const pourquoi = `Elle compte encore ${answers(view, placed)}.`;
		if (!isLate(day) && last !== null) {
			const valeurs = { mois: String(monthsBetween(last, view.asOf)), depuis: date(last) };
			const said = `mise à jour le ${date(last)}`;
			const found = about(view, placed, ['maj-ancienne', ...cas], valeurs, ['mise_a_jour', 'statut'], [said]);
			return { constats: [{ ...found, pourquoi }], manque };
		}
		if (day === null || !isLate(day)) return manque && { constats: [], manque };
		const label = view.statuts.get(statut!) ?? statut!;
		const prevue = halted(placed) || statut === 'en-cours' ? 's’achever' : 'démarrer';
		const valeurs = {
			mois: String(monthsBetween(day, view.asOf)),
			statut: label.toLocaleLowerCase('fr'),
			depuis: date(day),
			prevue
		};
		const said = `statut «\u00a0${label}\u00a0», ${prevue === 'démarrer' ? 'début prévu' : 'fin prévue'} le ${date(day)}`;
		const found = about(view, placed, cas, valeurs, ['statut', 'dates'], [said]);
		return { constats: [{ ...found, pourquoi }] };
	};
	const of = (one: Concerned) => {
		const day = since(one.placed);
		const late = isLate(day) ? day : unseen(one.placed);
		const asked = one.placed.action.statut === null && isAsked(one.document);
		return late === null ? [day, asked] : [day, asked, monthsBetween(late, view.asOf), lonely.includes(one.placed)];
	};
	const { constats, manques } = aboutEach(view, rule, ask, {
		scope: 'territoire',
		read: [view.asOf, past, lonely],
		of,
		moved: ([asOf, old, alone]) =>
			asOf === view.asOf && old === past ? otherThan(alone as readonly PlacedAction[], lonely) : null
	});
	const withoutStatus = view.documents.flatMap((document) => {
		const actions = manques.get(document.id)?.get('statut');
		if (!actions) return [];
		return isOver(document, view.asOf)
			? request(view, rule, document, 'statut', ['periode-echue-sans-statut'], actions)
			: request(view, rule, document, 'statut', ['sans-colonne-statut']);
	});
	return [
		...old.map((document) => stale(view, document)),
		...withoutStatus,
		...requestsFor(view, rule, manques, ['date_fin']).map((found) => ({ ...found, ...whyNoted(view, found) })),
		...constats
	];
}

/** « comme réponse à « Logement et précarité » » */
function answers(view: GapView, placed: PlacedAction): string {
	const code = placed.croises.find((c) => c.complet)?.code ?? placed.transition[0]?.code;
	const label = [...view.enjeux.croises, ...view.enjeux.transition].find((e) => e.code === code)?.libelle;
	return label ? `comme réponse à ${quoted(label)}` : 'parmi les actions en cours';
}

/** Those of some actions that nothing else stands for somewhere; the very same list for as long as it holds the same ones. */
function lonelyAmong(view: GapView, late: readonly PlacedAction[]): readonly PlacedAction[] {
	const index = actionsByCode(view);
	const whole = ({ croises }: PlacedAction) => croises.filter((c) => c.complet);
	const lonely = late.filter((placed) =>
		keepFor(
			known,
			placed,
			whole(placed).map((c) => index.get(c.code)),
			() => alone(view, placed)
		)
	);
	return view.memoire ? sameList(view.memoire, 'seules à répondre', lonely) : lonely;
}

/** Ids of what either list alone holds; null when they are in another order. */
function otherThan(before: readonly PlacedAction[], now: readonly PlacedAction[]): ReadonlySet<string> | null {
	const changes = changesIn(before, now);
	return changes && new Set([...changes.gone, ...changes.come].map((p) => p.action.id));
}

const known: OwnMemory<PlacedAction> = new WeakMap();

function alone(view: GapView, placed: PlacedAction): boolean {
	const index = actionsByCode(view);
	return placed.croises.some(
		({ code, complet }) =>
			complet &&
			reachedBy(placed).some(
				(quartier) =>
					!(index.get(code) ?? []).some(
						(other) =>
							other !== placed &&
							reaches(niveauOf(other, quartier)) &&
							other.croises.some((c) => c.code === code && c.complet)
					)
			)
	);
}

function stale(view: GapView, document: GapDocument): Finding {
	const own = activeIn(view, document);
	const day = document.importeLe!.slice(0, 10);
	const name = view.noms.get(document.id) ?? document.titre;
	return {
		objet: `doc${document.id}`,
		quartier: null,
		enjeu: null,
		reponse: 'alerte',
		cas: ['document-ancien'],
		valeurs: {
			document: name,
			depuis: date(day),
			mois: String(monthsBetween(day, view.asOf)),
			n: count(own.length, 'action'),
			au_service: heldBy([documentSaid(view, document)])
		},
		preuves: { actions: [], champs: ['statut'], faits: [`${name}\u00a0: lu le ${date(day)}`] }
	};
}

/** Whole months from one day to a later one. */
function monthsBetween(from: string, to: string): number {
	const month = (iso: string) => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7));
	return month(to) - month(from) - (to.slice(8, 10) < from.slice(8, 10) ? 1 : 0);
}

/**
 * G13: the next deadline of a document comes within `horizon_mois`, or its period is over and nothing replaces it.
 * in     deadlines of its type (data/plans.yaml), counted from its adoption, and the dates a person gave
 * out    'moins-de-douze-mois', 'periode-echue'; a request for data when deadlines run from an adoption nobody gave
 */
export function calendrierDesaligne(view: GapView, rule: GapRule): readonly Finding[] {
	const reads = [view.documents, view.calendriers, view.quartiers, view.territoire, view.asOf];
	return keepFound(view, rule, reads, () => ofCalendar(view, rule));
}

function ofCalendar(view: GapView, rule: GapRule): readonly Finding[] {
	const horizon = monthsLater(view.asOf, numberOf(rule, 'horizon_mois', 24));
	const soon = monthsLater(view.asOf, numberOf(rule, 'bientot_mois', 12));
	// A list of grants ends nothing: the contract it stands beside does.
	const own = view.documents.filter((d) => !d.liste);
	const found = own.flatMap((document): Finding[] => {
		const adoption = document.echeances?.adoption ?? document.adopteLe;
		const calendar = view.calendriers.get(document.plan) ?? [];
		const dates = deadlines(document, adoption, calendar);
		const over = endOf(document);
		if (over !== null && over < view.asOf)
			return isReplaced(document, own)
				? []
				: [deadline(view, document, ['periode-echue'], dateOf(over, 'fin de la période'), calendar)];
		const next = dates.filter((d) => d.le >= view.asOf).sort((a, b) => a.le.localeCompare(b.le))[0];
		if (next && next.le <= horizon)
			return [deadline(view, document, next.le < soon ? ['moins-de-douze-mois'] : [], next, calendar)];
		const blind = adoption === null && calendar.some((e) => e.a_ans !== null);
		if (!blind && (next || dates.length > 0)) return [];
		return [
			{ ...deadline(view, document, [], null, calendar), objet: `doc${document.id}:dates`, reponse: 'donnee-manquante' }
		];
	});
	// Two documents of one contract share its deadlines: they are said once.
	return [...new Map(found.map((f) => [f.objet, f])).values()];
}

/** « des 7 quartiers », « du quartier »; a territory may hold none. */
const ofQuartiers = (n: number): string =>
	n === 0 ? 'des habitants' : n === 1 ? 'du quartier' : `des ${count(n, 'quartier')}`;

/** Does a document of the same kind already run, and last longer? */
const goesOn = (document: GapDocument, end: string): boolean =>
	(endOf(document) ?? '') > end && (document.periode?.match(/\b20\d{2}\b/)?.[0] ?? '9') <= end.slice(0, 4);

/** « , et ses échéances en dépendent (« rapport public de mise en œuvre »…) » */
function dependent(calendar: Calendar): string {
	const [first] = calendar.filter((e) => e.a_ans !== null);
	return first ? `, et ses échéances en dépendent (${quoted(first.objet)}…)` : '';
}

type Calendar = PlanType['echeances'];

function deadline(
	view: GapView,
	document: GapDocument,
	cas: readonly string[],
	next: Deadline | null,
	calendar: Calendar
): Finding {
	const name = view.noms.get(document.id) ?? document.titre;
	// The end may be known from the period of the plan: it is not asked again.
	const end = endOf(document);
	// The programming of one year ends beside the contract it belongs to.
	const isEnd = /^fin\b/.test(next?.objet ?? '');
	const beyond = view.documents.find(
		(d) => isEnd && end !== null && !d.liste && d.plan === document.plan && goesOn(d, end)
	);
	const longer = beyond && (view.noms.get(beyond.id) ?? beyond.titre);
	return {
		objet: `${document.plan}:${next?.le ?? ''}`,
		quartier: null,
		enjeu: null,
		reponse: 'alerte',
		cas,
		valeurs: {
			document: name,
			echeance: next?.objet ?? '',
			ou_entrer: longer ? 'dans la programmation suivante' : isEnd ? 'dans le suivant' : 'à cette occasion',
			suite: longer ? `, ${quoted(longer)} continue` : '',
			date: next?.ecrit ?? '',
			des_quartiers: ofQuartiers(view.quartiers.length),
			manque: end
				? `la date d’adoption n’est pas connue${dependent(calendar)}`
				: 'les dates d’adoption et de fin ne sont pas connues',
			quelles_dates: end ? 'la date d’adoption' : 'les dates d’adoption et de fin',
			pronom: end ? 'l’écrire' : 'les écrire',
			// The call for projects of the next year is the State's.
			au_service: document.plan === CONTRACT && next ? 'au délégué du préfet' : heldBy([documentSaid(view, document)])
		},
		preuves: {
			actions: [],
			champs: ['dates du document'],
			faits: [next ? `${name}\u00a0: ${next.fait}` : `${name}\u00a0: date d’adoption non renseignée`]
		}
	};
}
