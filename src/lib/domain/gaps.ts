import type { SeverityLevel } from './referentiel';

export interface GapEvidence {
	readonly actions: readonly string[];
	/** Fields that were looked at: « budget », « pilote »… */
	readonly champs: readonly string[];
	/** Facts in French, each with its value and place: « Contrat de ville 2.1 (ligne 14) : nature N3 ». */
	readonly faits: readonly string[];
}

/** A finding, its place, its rule, its evidence. `donnee-manquante` asks for data; it is never an alert. */
export interface Gap {
	/** Stable: rule, place and object; the same gap keeps its id from one day to the next. */
	readonly id: string;
	readonly regle: string;
	readonly gravite: SeverityLevel;
	readonly reponse: 'alerte' | 'donnee-manquante' | 'opportunite';
	readonly quartier: string | null;
	/** T, P or X code, or null when the rule is about an action or a plan. */
	readonly enjeu: string | null;
	readonly message: string;
	readonly aFaire: string;
	readonly preuves: GapEvidence;
	/** Set aside by a person, with the reason; still readable. */
	readonly ecartee: { readonly par: string; readonly le: string; readonly motif: string | null } | null;
}
