import type { Basis } from './money';
import type { Coverage } from './coverage';
import type { PlacedAction } from './place';

export const DIMENSIONS = ['transition', 'ville', 'croises', 'quartier', 'plan', 'dispositif', 'nature'] as const;
export type DimensionId = (typeof DIMENSIONS)[number];

export interface DimensionKey {
	readonly code: string;
	readonly libelle: string;
}

/** One way to sort actions; an action may fall under several keys, or none. */
export interface Dimension {
	readonly id: DimensionId;
	readonly keys: readonly DimensionKey[];
	readonly keysOf: (action: PlacedAction) => readonly string[];
}

/** Money of a set of distinct actions. Blank amounts are counted in `sansMontant`, never taken as 0. Euros, by basis. */
export interface Budget {
	/** Sum of the stated amounts, or null when no action of the set states one. */
	readonly montant: number | null;
	/** The one basis of all stated amounts, `inconnu` when they mix. */
	readonly base: Basis;
	readonly parBase: Readonly<Record<Basis, number>>;
	readonly avecMontant: number;
	readonly sansMontant: number;
}

export interface Cell {
	/** Ids of distinct actions, in document order. */
	readonly actions: readonly string[];
	readonly coverage: Coverage;
	readonly budget: Budget;
}

/** `actions` counts distinct actions: less than the sum of the cells when an action falls in several. */
export interface Total {
	readonly code: string;
	readonly actions: readonly string[];
	readonly budget: Budget;
}

/** Never sparse: one cell per row key × column key, in référentiel order. */
export interface Matrix {
	readonly rows: { readonly id: DimensionId; readonly keys: readonly DimensionKey[] };
	readonly columns: { readonly id: DimensionId; readonly keys: readonly DimensionKey[] };
	readonly cells: readonly (readonly Cell[])[];
	readonly totals: { readonly rows: readonly Total[]; readonly columns: readonly Total[]; readonly all: Total };
}
