import type { Action } from '../action';
import { planOf } from '../crossing/grant-list';
import type { TerritoryView } from '../crossing/overview';
import type { Referentiel } from '../rules/referentiel';
import { communeQuestions, placeQuestions, type Naming, type PlaceQuestion } from './place-questions';

/** Every place that the plans of a territory name and that nothing attaches, in the order of the files. */
export function territoryQuestions(
	view: Pick<TerritoryView, 'actions' | 'communesInconnues' | 'quartiers'>,
	ref: Pick<Referentiel, 'plans'>
): PlaceQuestion[] {
	const listes = new Map(view.actions.map((p) => [p.action.id, p.liste]));
	const naming = (action: Action): Naming => {
		const { titre, origine } = action;
		const plan = planOf({ action, liste: listes.get(action.id) }, ref.plans.types);
		return { titre, origine: [plan, origine.ligne && `ligne ${origine.ligne}`].filter(Boolean).join(', ') };
	};
	const named = view.actions.flatMap(({ action, nonRattaches }) =>
		nonRattaches.map((place) => ({ place, actions: [naming(action)] }))
	);
	const communes = view.communesInconnues.map((name) => ({ ...name, actions: name.actions.map(naming) }));
	return [
		...placeQuestions(
			named,
			view.quartiers.map((q) => q.quartier)
		),
		...communeQuestions(communes)
	];
}
