import { unreadCost } from '../written-money';
import type { Action, Champ } from '../action';
import type { PlacedAction } from '../crossing/place';
import { isOverdue } from '../crossing/past-end';
import { inQuartier } from '../crossing/quartier-story';
import { deThe } from '../crossing/referents';
import { cut, list, quoted } from '../french';
import { keep } from '../memory';
import {
	activeIn,
	comesToOne,
	documentSaid,
	fact,
	heldBy,
	reachedBy,
	saying,
	theDocument,
	type Finding,
	type GapDocument,
	type GapView
} from './gap-context';
import type { Lacking } from './gap-each-action';
import { oneOfWithin } from './gap-common-words';
import { askedOf, askedOfAll, askedOfEach, withThem } from './gap-people';
import { facts, factsOf } from './gap-facts';
import { endOf } from './deadlines';
import { hasNoNews } from './gap-plans-read';
import { withPrecision } from './gap-same-titles';
import { WHOLE_TITLE } from './gap-sentence';
import { whyMoney } from './gap-why';
import type { GapRule } from './referentiel';

/* Findings about one action, or about what a whole document does not say. */

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
		...whyMoney(view, placed),
		objet: placed.action.id,
		quartier: reached.length === 1 ? reached[0]! : null,
		enjeu: null,
		reponse: 'alerte',
		cas,
		valeurs: {
			action: withPrecision(cut(placed.action.titre, WHOLE_TITLE), placed.action.id, view.precisions),
			le_plan: theDocument(view, placed),
			du_plan: deThe(theDocument(view, placed)),
			...askedOf(placed, theDocument(view, placed), view.territoire),
			fin_passee: pastWords(placed, view),
			...(reached.length > 0 && { dans: inPlaces(view, reached) }),
			...valeurs
		},
		preuves: { actions: [placed.action.id], champs, faits: facts(said.map((words) => fact(view, placed, words))) }
	};
}

/** « Vérifier que l’action n’est pas finie (prévue en 2019). »; '' for an action that is not past. */
function pastWords(placed: PlacedAction, { documents, asOf }: GapView): string {
	const { action } = placed;
	const ask = (since: string) => `Vérifier que l’action n’est pas finie (${since}). `;
	if (isOverdue(action, asOf)) return ask(plannedSaid(action.dates!));
	const document = documents.find((d) => d.id === action.document);
	return document && hasNoNews({ placed, document }, asOf)
		? ask(`son plan s’est achevé en ${endOf(document)!.slice(0, 4)}`)
		: '';
}

/** « prévue en 2023 », « prévue en 2021-2023 », « son calendrier : « 2023 Perception » », « subventionnée en 2019 » */
function plannedSaid({ debut, fin, texte, exercice }: NonNullable<Action['dates']>): string {
	if (!fin) return `subventionnée en ${exercice}`;
	// A calendar in words says more than the years read in it.
	if (texte && /\p{L}{4}/u.test(texte)) return `son calendrier\u00a0: ${quoted(cut(texte, 60))}`;
	const [from, to] = [debut?.slice(0, 4), fin.slice(0, 4)];
	return `prévue en ${from && from < to ? `${from}-${to}` : to}`;
}

/** One request per document and field for the actions that lack it; documents in their order, fields in the order given. */
export const requestsFor = (
	view: GapView,
	rule: GapRule,
	manques: Lacking,
	champs: readonly Champ[],
	cas: readonly string[] = []
): Finding[] => {
	const found: Finding[] = [];
	for (const document of view.documents) {
		const own = manques.get(document.id);
		for (const champ of own ? champs : NO_FIELD) {
			const actions = own!.get(champ);
			if (actions) found.push(request(view, rule, document, champ, cas, actions));
		}
	}
	return found;
};
const NO_FIELD: readonly Champ[] = [];

/** « aux Pyramides et à la Gare », « dans 5 quartiers » */
export function inPlaces(view: GapView, codes: readonly string[]): string {
	const names = view.quartiers.filter((q) => codes.includes(q.code)).map((q) => q.nom);
	if (names.length === 0) return 'dans l’ensemble du territoire';
	if (names.length <= 3) return list(names.map(inQuartier));
	if (names.length === view.quartiers.length) return `dans les ${names.length} quartiers`;
	return `dans ${names.length} quartiers (dont ${names[0]} et ${names[1]})`;
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
		? keep(
				view.memoire,
				name,
				[
					document,
					view.champs,
					view.noms,
					view.territoire,
					view.precisions,
					...actions,
					...(document.liste ? activeIn(view, document) : [])
				],
				make
			)
		: make();
}

/** Fields as one says them: « le coût ». */
const CALLED: Partial<Readonly<Record<Champ, string>>> = {
	porteur_type: 'le statut juridique du porteur',
	natures: 'la nature (travaux, service, aide ou étude)',
	cout_investissement: 'le coût'
};

/** What nobody knows of the actions of a document without that column: « on ne sait pas qui pilote ses actions ». */
const UNTOLD: Partial<Readonly<Record<Champ, string>>> = {
	pilote: 'qui pilote ses actions',
	elu: 'quel élu répond de ses actions',
	instance: 'quelle instance suit ses actions'
};

/** A cost that is written is not « missing »: it could not be read. null: none of them writes one. */
function unreadAmong(champ: Champ, actions: readonly PlacedAction[]): string | null {
	const written = champ === 'cout_investissement' ? actions.filter((a) => unreadCost(a.action) !== null).length : 0;
	if (written === 0) return null;
	return written === actions.length ? 'est écrit sans pouvoir être lu' : 'n’est pas renseigné, ou ne se lit pas,';
}

/** Beyond that, nobody asks it of each at once. */
const MANY = 10;

const isOnlyPiloted = ({ action: { porteur, pilote } }: PlacedAction): boolean => porteur === null && pilote !== null;

function newRequest(
	view: GapView,
	document: GapDocument,
	champ: Champ,
	cas: readonly string[],
	actions: readonly PlacedAction[]
): Finding {
	const label = view.champs.get(champ) ?? champ;
	const name = view.noms.get(document.id) ?? document.titre;
	const service = heldBy([documentSaid(view, document)]);
	// A list names who got the money: that is who knows, and not whoever keeps the list.
	const those = document.liste && actions.length === 0 ? activeIn(view, document) : actions;
	const asked = askedOfAll(those, service, view.territoire);
	// « Demander le statut juridique du porteur au porteur »: it is asked of itself.
	const asksItself = champ === 'porteur_type' && asked !== service;
	// Whoever pilots it may not be who has the works done: it is that which is not said.
	const isPiloted = champ === 'porteur_type' && actions.length > 0 && actions.every(isOnlyPiloted);
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
			// They are named: nobody looks for « 1 action ».
			n: oneOfWithin(actions, view.precisions),
			ces_actions: actions.length === 1 ? 'cette action' : 'ces actions',
			ce_qui_manque: isPiloted ? 'le maître d’ouvrage' : (CALLED[champ] ?? quoted(label)),
			renseigne: isPiloted
				? 'n’est pas écrit, seul le pilote l’est,'
				: (unreadAmong(champ, actions) ?? (champ === 'natures' ? 'n’est pas renseignée' : 'n’est pas renseigné')),
			// Who reads often knows that it is a landlord or an association.
			l_ecrire:
				asksItself && !isPiloted
					? `Choisir le statut juridique (bailleur, association, collectivité…) pour ${withThem(asked)}`
					: `Demander ${isPiloted ? 'qui est maître d’ouvrage' : (CALLED[champ] ?? quoted(label))} ${asked}, puis l’écrire`,
			leur_avancement: actions.length === 1 ? 'son avancement' : 'leur avancement',
			pour_chaque:
				actions.length > MANY && actions.some(comesToOne)
					? 'pour chaque action, d’abord celles qui visent un quartier'
					: actions.length === 1
						? 'pour l’action'
						: 'pour chaque action',
			au_service: service,
			on_ignore: UNTOLD[champ] ?? 'qui répond',
			a_qui: askedOfEach(those, service, view.territoire),
			que_prevoit:
				actions.length === 1 ? 'que prévoit le cahier des charges' : 'que prévoient leurs cahiers des charges',
			chaque_action: actions.length === 1 ? 'l’action' : 'chaque action',
			les_operations: actions.length === 1 ? 'l’opération est finie' : 'les opérations sont finies'
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
