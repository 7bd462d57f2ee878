import { aimPlace } from './aim-place';
import { droitCommunToAim, worthAiming, type Aim } from './aims';
import type { Crossed } from './territory-view';

/* The one order in which actions to aim at a quartier are told: its requests, « Et si » and its own page. */

export interface AimsHere {
	/** Droit commun that does not name the quartier: what its pages propose first. */
	readonly proposees: readonly Aim[];
	/** The others that would close a gap: they name the quartier, or are its contract's. */
	readonly autres: readonly Aim[];
}

/** Every action that would close a gap of the quartier, each tried; see `worthAiming`. */
export function aimsInOrder(crossed: Crossed, quartier: string): AimsHere {
	const place = aimPlace(crossed, quartier);
	const proposees = droitCommunToAim(crossed.placed, place, crossed.ref);
	const told = new Set(proposees.map((aim) => aim.action));
	return { proposees, autres: worthAiming(crossed.placed, place, crossed.ref).filter((aim) => !told.has(aim.action)) };
}

/** The same, in words. */
export const AIM_ORDER =
	'La meilleure action de chaque lacune d’abord, puis la seconde\u00a0: la plus grave lacune fermée, rien d’ouvert en retour, le croisement le moins répondu, un indicateur du quartier parmi les plus défavorables, l’investissement avant le reste. En dernier, ce qui se passe ailleurs, peut nuire, ouvrirait une lacune aussi grave ou reste à confirmer. Après le droit commun, ce qui nomme déjà le quartier.';
