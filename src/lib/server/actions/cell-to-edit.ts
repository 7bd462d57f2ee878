import { columnWords, editable, EDITABLE_COLUMNS, type EditableColumn } from '../../domain/actions/columns';
import type { Choices } from '../../domain/gabarits/choices';
import type { Action } from '../../domain/action';
import type { TableNames } from '../../domain/actions/action-table';

/* What a person needs to type one cell: its words as they stand, and what may be proposed. */

export interface CellForm extends Pick<EditableColumn, 'libelle' | 'genre'> {
	readonly action: string;
	readonly titre: string;
	readonly colonne: EditableColumn['cle'];
	readonly mots: string;
	readonly options: readonly string[];
	/** Nothing but an option is understood. */
	readonly fermee: boolean;
}

/** null when the address names no such cell. */
export function cellToEdit(
	asked: string | null,
	actions: readonly Action[],
	choices: Choices,
	valeurs: TableNames['valeurs']
): CellForm | null {
	const [id = '', cle = ''] = (asked ?? '').split('~');
	const column = editable(cle);
	const action = actions.find((a) => a.id === id);
	if (!column || !action) return null;
	return {
		action: id,
		titre: action.titre,
		colonne: column.cle,
		mots: columnWords(action, column.cle, valeurs[column.cle]),
		...formOf(column, choices)
	};
}

const formOf = ({ libelle, genre, liste, fermee }: EditableColumn, choices: Choices) => ({
	libelle,
	genre,
	options: liste ? choices[liste].map((c) => c.texte) : [],
	fermee: fermee ?? false
});

/** Every column one may type, with what is proposed in each. */
export const columnForms = (choices: Choices) =>
	EDITABLE_COLUMNS.map((column) => ({ colonne: column.cle, ...formOf(column, choices) }));
