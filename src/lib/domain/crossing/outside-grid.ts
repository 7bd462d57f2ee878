import { count, INSECABLE, list, number, plural } from '../french';
import type { DimensionId } from './matrix';

/* Actions that stand in no case of a grid, because they do not say what its axes ask. */

export interface OutsideGrid {
	/** Ids, in document order. */
	readonly actions: readonly string[];
	/** Of how many actions the grid could hold. */
	readonly sur: number;
	/** Dropped ones, which no grid counts: they explain why there are fewer than the territory has. */
	readonly abandonnees: number;
	/** What they do not say, most frequent first: « de nature inconnue ». */
	readonly raisons: readonly { readonly dit: string; readonly actions: readonly string[] }[];
}

/** What an action lacks that falls under no key of an axis. */
const LACKS: Readonly<Record<DimensionId, string>> = {
	transition: 'sans enjeu de transition',
	ville: 'sans enjeu de politique de la ville',
	croises: 'sur aucun croisement attendu',
	quartier: 'sans quartier connu',
	plan: 'd’un plan qui n’est pas montré',
	dispositif: 'sans dispositif de financement reconnu',
	nature: 'de nature inconnue'
};

/** in     for each action of the grid, the axes where no key holds it, in document order; how many more are dropped */
export function outsideOf(
	all: readonly { readonly id: string; readonly manque: readonly DimensionId[] }[],
	abandonnees: number
): OutsideGrid {
	const out = all.filter(({ manque }) => manque.length > 0);
	const byReason = new Map<string, string[]>();
	for (const { id, manque } of out) {
		const dit = list([...new Set(manque)].map((axis) => LACKS[axis]));
		byReason.set(dit, [...(byReason.get(dit) ?? []), id]);
	}
	const raisons = [...byReason].map(([dit, actions]) => ({ dit, actions }));
	return {
		actions: out.map(({ id }) => id),
		sur: all.length,
		abandonnees,
		raisons: raisons.sort((a, b) => b.actions.length - a.actions.length)
	};
}

/** « 142 actions sur 143 (hors 2 abandonnées) sont hors de cette grille : 141 de nature inconnue et 1 sans enjeu de transition. »; null when all are in it */
export function outsideWords({ actions, sur, abandonnees, raisons }: OutsideGrid): string | null {
	if (actions.length === 0) return null;
	const [only] = raisons;
	const why = raisons.length === 1 ? only!.dit : list(raisons.map((r) => `${number(r.actions.length, 0)} ${r.dit}`));
	const dropped = abandonnees ? ` (hors ${count(abandonnees, 'abandonnée')})` : '';
	return `${count(actions.length, 'action')} sur ${number(sur, 0)}${dropped} ${plural(actions.length, 'est', 'sont')} hors de cette grille${INSECABLE}: ${why}.`;
}
