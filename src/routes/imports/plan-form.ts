/** What a reading is asked for, besides its file. */
export interface Demande {
	readonly territoire: string;
	readonly plan: string;
	readonly periode: string;
}

/** What the server refused, with what was typed. */
export interface Retour {
	readonly saisie: Demande & { readonly par: string; readonly champ: string; readonly valeur: string };
	readonly phrase: string;
	readonly conseil: string | null;
	readonly demarches:
		readonly { readonly id: string; readonly actions: number; readonly premierTitre: string | null }[] | null;
	/** Name of a file the browser has let go of: the page was loaded anew. */
	readonly perdu: string;
}
