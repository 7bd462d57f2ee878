import { inQuartier } from '../crossing/quartier-story';
import type { PlacedAction } from '../crossing/place';
import { keep } from '../memory';
import type { Quartier } from '../territory';
import { actionsByCode, dueOn, NO_ACTION, type Finding, type GapView } from './gap-context';
import type { EnjeuCroise, GapRule } from './referentiel';

/* The same question asked of every quartier about every expected crossing. */

type Place = Pick<Quartier, 'code' | 'nom'>;

type CellFinding = Pick<Finding, 'reponse' | 'cas' | 'valeurs' | 'preuves'>;

export type Ask = (quartier: Place, croise: EnjeuCroise, carriers: readonly PlacedAction[]) => CellFinding | null;

/**
 * Asks the same question of each quartier and each expected crossing; nothing to ask without quartiers. A crossing whose
 * actions are the same as at the last reading gets the same answers.
 * in     `today`: what the day decides of those actions, when the question reads the day
 */
export function eachCell(
	view: GapView,
	rule: GapRule,
	ask: Ask,
	today?: (carriers: readonly PlacedAction[]) => readonly unknown[]
): Finding[] {
	const index = actionsByCode(view);
	const { quartiers, documents, enjeux, plans, noms, droitCommun, coverage, indicateurs, ecartDefavorable } = view;
	// All that the three questions look at, but the actions and the day.
	const facts = [
		rule,
		quartiers,
		documents,
		enjeux,
		plans,
		noms,
		droitCommun,
		coverage,
		indicateurs,
		ecartDefavorable,
		view.confiance
	];
	const seen = view.memoire ? keep(view.memoire, `vu par ${rule.id}`, facts, () => facts) : facts;
	const answers = enjeux.croises.map((croise) => {
		const carriers = index.get(croise.code) ?? NO_ACTION;
		const askAll = () => quartiers.map((quartier) => inCell(quartier, croise, ask(quartier, croise, carriers)));
		if (!view.memoire) return askAll();
		const name = `${rule.id} ${croise.code}`;
		const due = today ? dueOn(view, rule, croise.code, view.asOf, carriers, today) : NO_ACTION;
		return keep(view.memoire, name, [seen, carriers, ...due], askAll);
	});
	return quartiers.flatMap((_, q) => answers.flatMap((found) => found[q] ?? []));
}

function inCell(quartier: Place, croise: EnjeuCroise, found: CellFinding | null): Finding | null {
	if (!found) return null;
	return {
		...found,
		objet: `${quartier.code}:${croise.code}`,
		quartier: quartier.code,
		enjeu: croise.code,
		valeurs: {
			quartier: quartier.nom,
			dans: inQuartier(quartier.nom),
			enjeu: croise.libelle,
			...found.valeurs
		}
	};
}
