import { z } from 'zod';

/**
 * How anything says « this cell is wrong »: one problem, one place, one sentence a territory officer can act on.
 * `bloquant` keeps the row out, `a-verifier` lets it in with a question, `info` only tells.
 */
export const Severity = z.enum(['bloquant', 'a-verifier', 'info']);
export type Severity = z.infer<typeof Severity>;

/** Closed list: each code has its test. */
export const IssueCode = z.enum([
	'titre-absent',
	'ligne-vide',
	'ligne-hors-territoire',
	'ligne-filtree',
	'ligne-de-consigne',
	'montant-illisible',
	'montant-intervalle',
	'montant-deduit',
	'date-illisible',
	'date-vague',
	'statut-inconnu',
	'statut-interprete',
	'priorite-interpretee',
	'quartier-inconnu',
	'quartier-ambigu',
	'code-2015',
	'commune-inconnue',
	'doublon',
	'colonne-inconnue',
	'colonne-ambigue',
	'saisie-incomplete',
	'valeur-suspecte',
	'code-inconnu',
	'geometrie-reparee',
	'geometrie-invalide',
	'geometrie-contraire',
	'ligne-ecartee'
]);
export type IssueCode = z.infer<typeof IssueCode>;

export const Issue = z.object({
	code: IssueCode,
	severity: Severity,
	/** Row as the spreadsheet shows it, 1-based; column as the header reads; its index from 0, when the header is not enough. */
	where: z.object({
		sheet: z.string().nullable(),
		row: z.number().int().nullable(),
		column: z.string().nullable(),
		index: z.number().int().nullable().optional()
	}),
	found: z.string().nullable(),
	expected: z.string().nullable(),
	/** One French sentence. */
	message: z.string(),
	/** What to do, in French. */
	hint: z.string().nullable()
});
export type Issue = z.infer<typeof Issue>;

/** An issue with the parts one knows; the reader of rows fills in sheet, row and column. */
export function anomaly(
	code: IssueCode,
	severity: Severity,
	message: string,
	details: {
		where?: Partial<Issue['where']>;
		found?: string | null;
		expected?: string | null;
		hint?: string | null;
	} = {}
): Issue {
	return {
		code,
		severity,
		where: { sheet: null, row: null, column: null, ...details.where },
		found: details.found ?? null,
		expected: details.expected ?? null,
		message,
		hint: details.hint ?? null
	};
}

/** A value that was read, with what should be said about it; `value` is null when nothing could be read. */
export interface Parsed<T> {
	readonly value: T | null;
	readonly issues: readonly Issue[];
}

/** A file or a request that cannot be used at all: the reason in one French sentence, never a stack. */
export interface Refusal {
	readonly refus: string;
	readonly conseil: string | null;
	/** Name of the field it is about, where there is one: one is led back to it. */
	readonly champ?: string;
}

export const isRefusal = (x: unknown): x is Refusal => typeof x === 'object' && x !== null && 'refus' in x;
