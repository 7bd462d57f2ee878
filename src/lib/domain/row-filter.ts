import { plain } from './text';

/** Rows of a file to keep: a column, and what its cell must say. */
export interface RowFilter {
	/** Header of the column, or field of ours it feeds. */
	readonly champ: string;
	/** Several, between « | »: one of them is enough. */
	readonly valeur: string;
	/** True: the cell holds a word that begins so, among others. Else it says just that. */
	readonly contient?: boolean;
}

/** « dispositif = DPV », « objet ~ chaleur|biomasse » */
export const filterWords = ({ champ, valeur, contient }: RowFilter): string =>
	`${champ} ${contient ? '~' : '='} ${valeur}`;

/** Whether a cell answers; accents, capitals and punctuation aside. « chauff » is in « Chaufferie bois », not in « réchauffement ». */
export function meets({ valeur, contient }: RowFilter, text: string): boolean {
	if (!contient) return plain(text) === plain(valeur);
	const said = ` ${plain(text)}`;
	return valeur.split('|').some((word) => plain(word) !== '' && said.includes(` ${plain(word)}`));
}
