import { z } from 'zod';
import type { IsoDate } from '../source';

/* Money really granted, one line of a published list: what the list says, and nothing worked out. */

export const GrantColumn = z.enum([
	'dossier',
	'annee',
	'dispositif',
	'mesure',
	'intitule',
	'beneficiaire',
	'siren',
	'commune',
	'commune_nom',
	'departement',
	'montant',
	'cout',
	'etat'
]);
export type GrantColumn = z.infer<typeof GrantColumn>;

/** Schema of data/attributions.yaml. */
export const GrantsFile = z.strictObject({
	version: z.string(),
	/** Words of a title that say a project of an intercommunality is for all of it. */
	tout_le_territoire: z.array(z.string().min(1)),
	colonnes: z.array(
		z.strictObject({ colonne: GrantColumn, libelle: z.string().min(1), entetes: z.array(z.string()).min(1) })
	)
});
export type GrantsFile = z.infer<typeof GrantsFile>;

export interface Grant {
	/** Same key in another version of the list: the same grant. */
	readonly cle: string;
	readonly dossier: string | null;
	/** Family of `data/financements/`. */
	readonly dispositif: string;
	/** Measure of that family, when the list names one that is known. */
	readonly mesure: string | null;
	/** Measure in the words of the list. */
	readonly mesureTexte: string | null;
	readonly annee: number | null;
	readonly date: IsoDate | null;
	readonly intitule: string;
	readonly beneficiaire: string | null;
	/** Nine digits. */
	readonly siren: string | null;
	/** INSEE code, leading zero restored, when it is a known code. */
	readonly commune: string | null;
	readonly communeNom: string | null;
	/** The code as written, when it is that of no commune: what it meant is not known. */
	readonly codeInconnu?: string;
	/** « 02 », « 59 », « 2A », « 974 ». */
	readonly departement: string | null;
	/** Euro cents. */
	readonly montant: number;
	/** Euro cents; null when the list does not say. */
	readonly cout: number | null;
	readonly ligne: number;
}
