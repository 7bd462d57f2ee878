import type { Source } from './source';

/** Never « éligible »: nothing fails → `a-instruire`; something surely fails → `ecarte`; something unknown → `indetermine`. */
export type VerdictKind = 'a-instruire' | 'ecarte' | 'indetermine';

/** One criterion looked at for one action: what the rule expects, what was found, in French. */
export interface Reason {
	readonly critere: string;
	readonly attendu: string;
	/** null when the file does not say. */
	readonly trouve: string | null;
	/** False when failing it only weakens the case. */
	readonly bloquant: boolean;
	readonly source: Source | null;
}

/** All reasons, not the first. */
export interface Verdict {
	readonly action: string;
	readonly quartier: string | null;
	readonly mesure: string;
	readonly dispositif: string;
	readonly verdict: VerdictKind;
	readonly remplis: readonly Reason[];
	readonly echecs: readonly Reason[];
	readonly manquants: readonly Reason[];
	readonly sources: readonly Source[];
}
