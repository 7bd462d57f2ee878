import type { ColumnGenre, EditableColumn } from '$lib/domain/actions/columns';

/* What a page is given to type one cell. */

export interface FieldForm {
	readonly libelle: string;
	readonly genre: ColumnGenre;
	readonly options: readonly string[];
	/** Nothing but an option is understood. */
	readonly fermee: boolean;
}

export interface CellForm extends FieldForm {
	readonly action: string;
	readonly titre: string;
	readonly colonne: EditableColumn['cle'];
	readonly mots: string;
}

/** What to write, where it is not plain. */
export const HINT: Readonly<Partial<Record<ColumnGenre, string>>> = {
	liste: 'Séparez par un point-virgule.',
	montant: 'Par exemple 60 000 € HT, ou 1,2 M€ TTC.',
	date: 'JJ/MM/AAAA, un mois ou une année.',
	nombre: 'Un nombre, par exemple 0,5.'
};
