import type { Coverage } from './coverage';

/** A cell of the roadmap: figures stay figures so that a spreadsheet can add them up; null is « non renseigné ». */
export type RoadmapCell = string | number | null;

export interface RoadmapTable {
	readonly colonnes: readonly { readonly titre: string; readonly genre: 'texte' | 'euros' | 'nombre' }[];
	readonly lignes: readonly (readonly RoadmapCell[])[];
}

export interface RoadmapSection {
	readonly id: string;
	readonly titre: string;
	readonly paragraphes: readonly string[];
	readonly tableau: RoadmapTable | null;
	/** What only people can write; an honest blank rather than an invented sentence. */
	readonly aCompleter: readonly string[];
}

export interface FeuilleDeRoute {
	readonly titre: string;
	readonly sousTitre: string;
	readonly fictif: boolean;
	readonly quartier: { readonly code: string; readonly nom: string };
	readonly territoire: { readonly code: string; readonly nom: string };
	readonly asOf: string;
	readonly referentiel: { readonly version: string; readonly hash: string };
	readonly sections: readonly RoadmapSection[];
}

export const COVERAGE_WORDS: Record<Coverage, string> = {
	structurante: 'réponse structurante',
	'de-service': 'réponse de service',
	'sensibilisation-seule': 'sensibilisation ou étude seule',
	diffuse: 'diffuse (échelle de l’EPCI)',
	aucune: 'aucune réponse',
	'saisie-incomplete': 'non évalué'
};

export const REACH_WORDS: Record<string, string> = {
	cible: 'cible le quartier',
	explicite: 'cite le quartier',
	probable: 'couvre la commune',
	diffuse: 'échelle de l’EPCI',
	inconnu: 'lieu non renseigné',
	aucune: 'ailleurs'
};

/** Column headings of plain text. */
export const text = (...titres: string[]) => titres.map((titre) => ({ titre, genre: 'texte' as const }));
