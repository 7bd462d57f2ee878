import { NIVEAUX, type Niveau } from '../crossing/place';
import type { ActionBrief } from './page-model';

/* How near actions come to a quartier, as a page reads it. Pages load this alone, without what builds them. */

/** The strongest reach first, then by plan and reference; without a quartier, the strongest reach anywhere. */
export function nearestFirst(actions: readonly ActionBrief[], quartier: string | null): ActionBrief[] {
	const rank = (a: ActionBrief) => NIVEAUX.indexOf(reachOn(a, quartier));
	const name = (a: ActionBrief) => `${a.plan} ${a.reference ?? ''} ${a.titre}`;
	return [...actions].sort((a, b) => rank(a) - rank(b) || name(a).localeCompare(name(b), 'fr', { numeric: true }));
}

export function reachOn(action: ActionBrief, quartier: string | null): Niveau {
	if (quartier !== null) return action.atteintes[quartier] ?? 'aucune';
	const reached = Object.values(action.atteintes);
	return NIVEAUX.find((n) => reached.includes(n)) ?? 'aucune';
}
