import type { ActionDraft, PlanKind } from '../action';
import { list, quoted } from '../french';
import type { Issue } from '../issue';
import type { Places } from '../places/places';
import { resolvePlaces } from '../places/reach';
import { rowIssue } from './row-values';

/**
 * Rows whose words name a quartier that their geometry does not touch: both are kept, a person decides.
 * in     drafts as read; those without a geometry say nothing here
 * out    one issue per row
 */
export function contraryPlaces(drafts: readonly ActionDraft[], places: Places, plan: PlanKind): Issue[] {
	return drafts.flatMap((draft) => {
		if (draft.geometrie === null) return [];
		const { contraires } = resolvePlaces({ ...draft, plan }, places);
		if (contraires.length === 0) return [];
		const { feuille, ligne } = draft.origine;
		const names = list(contraires.map(({ quartier }) => quoted(places.byCode.get(quartier)?.nom ?? quartier)));
		const message = `Ligne ${ligne}\u00a0: le fichier nomme ${names}, mais ${contraires[0]!.preuve}\u202f; le nom est gardé.`;
		return [
			rowIssue('geometrie-contraire', 'a-verifier', { feuille, ligne }, message, {
				found: draft.quartiers.join(', ') || draft.titre,
				expected: 'un nom et un lieu qui disent le même quartier',
				hint: 'Corrigez le quartier ou le lieu dans le fichier, ou décidez de l’atteinte sur la page du quartier.'
			})
		];
	});
}
