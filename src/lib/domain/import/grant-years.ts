import { isGrantList } from '../crossing/grant-list';
import type { ActionDates, ActionDraft, Champ, PlanKind } from '../action';
import type { Table } from './sheet';

/* The year of a grant is when its money was granted, never when the works begin or end. */

/** « subvention 2024 »: no day is known, the year of the money is. */
export const grantYear = (exercice: number): ActionDates => ({
	debut: null,
	fin: null,
	texte: `subvention ${exercice}`,
	exercice
});

/** The same as we write it in a table, read back; null for any other words. */
export const grantYearIn = (text: string | null): ActionDates | null => {
	const year = /^subvention ((?:19|20)\d{2})$/.exec(text?.trim() ?? '')?.[1];
	return year === undefined ? null : grantYear(Number(year));
};

/** Columns that do date the works. */
const DATED: readonly Champ[] = ['date_debut', 'date_fin', 'etapes'];
const WHOLE_YEAR = /^((?:19|20)\d{2})-01-01\|\1-12-31$/;

interface Part<O> {
	readonly table: Table;
	readonly outcomes: readonly O[];
}

/**
 * in     rows as read, sheet by sheet
 * out    the same; of a list of grants without any column that dates works, a whole year is the one of the money
 */
export function withGrantYears<O extends { readonly draft: ActionDraft | null }>(
	plan: PlanKind,
	parts: readonly Part<O>[]
): O[] {
	const drafts = parts.flatMap(({ outcomes }) => outcomes.flatMap((o) => o.draft ?? []));
	const granted = isGrantList(plan, drafts);
	return parts.flatMap(({ table, outcomes }) => {
		const dates = table.colonnes.some(
			(c) => c.champ !== null && (DATED.includes(c.champ) || (c.champ === 'annee' && c.marque !== undefined))
		);
		if (!granted || dates) return [...outcomes];
		return outcomes.map((o) => (o.draft === null ? o : { ...o, draft: ofGrant(o.draft) }));
	});
}

function ofGrant(draft: ActionDraft): ActionDraft {
	const year = WHOLE_YEAR.exec(`${draft.dates?.debut}|${draft.dates?.fin}`)?.[1];
	return year === undefined ? draft : { ...draft, dates: grantYear(Number(year)) };
}
