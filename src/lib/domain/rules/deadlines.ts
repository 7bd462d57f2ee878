import { date } from '../french';
import { once } from '../memory';
import { monthsLater, type GapDocument } from './gap-context';

/* Deadlines of a document: those of its type, counted from its adoption, and the dates a person gave. */

export interface Deadline {
	/** A day, or the last of the year when only the year is known. */
	readonly le: string;
	readonly ecrit: string;
	readonly objet: string;
	readonly fait: string;
}

/** in     `adoption`: null when nobody gave it; `calendar`: deadlines of its type (data/plans.yaml) */
export function deadlines(
	document: GapDocument,
	adoption: string | null,
	calendar: readonly { readonly a_ans: number | null; readonly annee: number | null; readonly objet: string }[]
): Deadline[] {
	const given = document.echeances;
	const end = endOf(document);
	const typed = calendar.flatMap(({ a_ans, annee, objet }): Deadline[] => {
		if (annee !== null) return [dateOf(`${annee}-12-31`, objet)];
		return adoption !== null && a_ans !== null ? [dateOf(monthsLater(adoption, a_ans * 12), objet, adoption)] : [];
	});
	return [
		...typed,
		...(given?.bilan ? [dateOf(given.bilan, 'bilan à mi-parcours')] : []),
		...(end && !typed.some((d) => d.le.slice(0, 4) === end.slice(0, 4)) ? [dateOf(end, 'fin de la période')] : [])
	];
}

export function dateOf(le: string, objet: string, adoption?: string): Deadline {
	const ecrit = le.endsWith('-12-31') ? `fin ${le.slice(0, 4)}` : `le ${date(le)}`;
	return { le, ecrit, objet, fait: `${objet}\u00a0: ${ecrit}${adoption ? `, adopté le ${date(adoption)}` : ''}` };
}

/** Last day of a document: given, or the end of its period. */
export const endOf = (document: Ending): string | null => endsOf(document).fin;

type Ending = Pick<GapDocument, 'periode' | 'echeances'>;

const endsOf = once(({ periode, echeances }: Ending) => {
	const year = periode?.match(/\b20\d{2}\b/g)?.at(-1);
	return { fin: echeances?.fin ?? (year ? `${year}-12-31` : null) };
});
