import type { PlanKind } from '../action';
import { list } from '../french';

/* What a person picks or reads as « a plan »: a kind of plan, or the lists of grants that were imported under one. */

/** Key of the lists of grants, told apart from the contract they were imported as. */
export const LISTS = 'subventions';
export type PlanEntry = PlanKind | typeof LISTS;

/** Name of an entry; codes are those of addresses and of the plan axis. */
export interface NamedEntry {
	readonly code: PlanEntry;
	readonly libelle: string;
}

export interface Filed {
	readonly plan: PlanKind;
	/** What its document is, when that is no plan. */
	readonly liste?: string;
}

export const entryOf = ({ plan, liste }: Filed): PlanEntry => (liste === undefined ? plan : LISTS);

/** The same of an action, which knows the list it stands in. */
export const entryOfAction = ({
	action,
	liste
}: {
	readonly action: Pick<Filed, 'plan'>;
	readonly liste?: string;
}): PlanEntry => (liste === undefined ? action.plan : LISTS);

/**
 * The entries some documents make, each once, under the names people know.
 * out    « PCAET », « Contrat de ville » for the contract itself, « Subventions DPV » for lists; kinds first, as they come
 */
export function planEntries(
	documents: readonly Filed[],
	types: readonly { readonly code: PlanKind; readonly court: string }[]
): NamedEntry[] {
	const kinds = [...new Set(documents.filter((d) => d.liste === undefined).map((d) => d.plan))];
	const lists = [...new Set(documents.flatMap((d) => d.liste ?? []))];
	return [
		...kinds.map((code) => ({ code, libelle: types.find((t) => t.code === code)?.court ?? code })),
		...(lists.length ? [{ code: LISTS, libelle: list(lists) } as const] : [])
	];
}

/** One name for each kind of plan, for what takes a whole kind: « Contrat de ville et Subventions DPV » when it holds both. */
export const kindNames = (
	documents: readonly Filed[],
	types: Parameters<typeof planEntries>[1]
): { readonly code: PlanKind; readonly libelle: string }[] =>
	[...new Set(documents.map((d) => d.plan))].map((code) => ({
		code,
		libelle: list(
			planEntries(
				documents.filter((d) => d.plan === code),
				types
			).map((e) => e.libelle)
		)
	}));
