import type { Champ, PlanDocument } from '../action';
import { bestReach, isActive, reaches } from '../crossing/coverage';
import type { PlacedAction } from '../crossing/place';
import { inQuartier } from '../crossing/quartier-story';
import { count, inner, list } from '../french';
import { fact, facts, reachedBy, whoLeads, type Finding, type GapView } from './gap-context';

/* Findings about one action, or about what a whole document does not say. */

interface Concerned {
	readonly placed: PlacedAction;
	readonly document: PlanDocument;
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

/** « aux Pyramides et à la Gare », « dans 5 quartiers » */
export function inPlaces(view: GapView, codes: readonly string[]): string {
	const names = view.quartiers.filter((q) => codes.includes(q.code)).map((q) => q.nom);
	if (names.length === 0) return 'dans l’ensemble du territoire';
	return names.length > 3 ? `dans ${names.length} quartiers` : list(names.map(inQuartier));
}

/** The document as a whole lacks a field: one request, never an alert per action. */
export function request(
	view: GapView,
	document: PlanDocument,
	champ: Champ,
	cas: readonly string[],
	actions: readonly PlacedAction[] = []
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
				? facts(actions.map((a) => fact(view, a, `${label.toLocaleLowerCase('fr')}\u00a0: non renseigné`)))
				: [`${document.titre}\u00a0: aucune colonne «\u00a0${label}\u00a0»`]
		}
	};
}
