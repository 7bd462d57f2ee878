import { count, FINE, list } from '../french';
import { LISTS, type NamedEntry } from './plan-entries';

/* Which lists of grants were read, and for which years: what money is known from, and where it stops being known. */

interface Listed {
	/** What the document is, when that is no plan: « Subventions DPV ». */
	readonly liste?: string;
	/** « 2024 », « 2019-2021 », or nothing said. */
	readonly periode?: string | null;
}

/**
 * The lists among some documents, under one name each with its years.
 * out    « Subventions DPV 2019, 2023 et 2024 »; a list whose year is not said keeps its bare name; null without any list
 */
export function listsRead(documents: readonly Listed[]): string | null {
	const read = listNames(documents);
	return read.length ? list(read) : null;
}

/** Each with its years. */
const listNames = (documents: readonly Listed[]): string[] =>
	[...new Set(documents.flatMap((d) => d.liste ?? []))].map((name) =>
		[name, list(yearsOf(documents.filter((d) => d.liste === name)))].filter(Boolean).join(' ')
	);

/** Last year the lists tell of; null without any list, or when none says its year. */
export function lastListYear(documents: readonly Listed[]): number | null {
	const years = yearsOf(documents.filter((d) => d.liste !== undefined)).map((y) => Number(y.slice(-4)));
	return years.filter(Number.isFinite).reduce<number | null>((last, y) => Math.max(last ?? y, y), null);
}

/** « D’après Subventions DPV 2019, 2023 et 2024 ; une aide accordée après 2024 n’y est pas. »; null without any list. */
export function listsWords(documents: readonly Listed[]): string | null {
	const read = listsRead(documents);
	if (read === null) return null;
	const last = lastListYear(documents);
	return `D’après ${read}${last === null ? '' : `${FINE}; une aide accordée après ${last} n’y est pas`}.`;
}

/** « 5 documents lus : PCAET, Contrat de ville (2) et Subventions DPV 2019, 2023 et 2024. »; '' when none holds an action. */
export function readWords(
	documents: readonly (Listed & { readonly actions: number; readonly plan: string })[],
	entries: readonly NamedEntry[]
): string {
	const own = documents.filter((d) => d.actions > 0);
	if (own.length === 0) return '';
	const plans = entries
		.filter((e) => e.code !== LISTS)
		.map((e) => {
			const many = own.filter((d) => d.plan === e.code && d.liste === undefined).length;
			return many > 1 ? `${e.libelle} (${many})` : e.libelle;
		});
	return `${count(own.length, 'document lu', 'documents lus')}\u00a0: ${list([...plans, ...listNames(own)])}.`;
}

const yearsOf = (documents: readonly Listed[]): string[] =>
	[...new Set(documents.flatMap((d) => d.periode ?? []))].sort();
