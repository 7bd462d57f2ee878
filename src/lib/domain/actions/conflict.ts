import type { ActionDraft } from '../action';
import type { ActionState, JournalEntry } from '../import/action-journal';
import { same } from '../import/draft-merge';
import { columnReading, columnValue, type EditableColumn, type Labels } from './columns';

/* Two people wrote the same cell: what each wrote, side by side, for the second to settle. */

export interface Conflict {
	readonly action: string;
	readonly titre: string;
	readonly colonne: EditableColumn['cle'];
	/** As typed: what is sent again to keep it. */
	readonly ecrite: string;
	/** As it would be read; '' when it empties the cell. */
	readonly mienne: string;
	/** As it is read; '' when it was emptied. */
	readonly sienne: string;
	/** The basis their amount has and mine does not say: keeping mine loses it. */
	readonly perd: 'HT' | 'TTC' | null;
	/** Both, where the cell holds a list. */
	readonly deux: string | null;
	readonly par: string;
	readonly le: string;
}

type Signed = JournalEntry & { readonly par: string; readonly le: string };

/**
 * The last entry that changed a column since a version was read; null when nobody did.
 * in     `vu`: number of the last entry the person had seen
 */
export function changedSince(entries: readonly Signed[], column: EditableColumn, vu: number): Signed | null {
	const value = (state: ActionState | null): unknown =>
		state && columnValue(state as unknown as ActionDraft, column.cle);
	return (
		entries.findLast(
			(e) => e.id > vu && e.genre !== 'tenue' && !same(value(e.avant) ?? null, value(e.apres) ?? null)
		) ?? null
	);
}

/** What a person typed over what another wrote meanwhile; null when both come to the same. */
export function conflictOf(
	typed: { readonly action: string; readonly column: EditableColumn; readonly texte: string },
	now: ActionDraft,
	wanted: ActionDraft,
	other: Signed,
	labels: Labels = {}
): Conflict | null {
	const { action, column, texte } = typed;
	const [theirs, mine] = [columnValue(now, column.cle), columnValue(wanted, column.cle)];
	if (same(theirs, mine)) return null;
	const both = Array.isArray(theirs) && Array.isArray(mine) ? [...new Set([...theirs, ...mine])] : null;
	return {
		action,
		titre: now.titre,
		colonne: column.cle,
		ecrite: texte.trim(),
		mienne: columnReading(wanted, column.cle, labels),
		sienne: columnReading(now, column.cle, labels),
		perd: lostBasis(now, wanted, column.cle),
		deux: both ? both.join(' ; ') : null,
		par: other.par,
		le: other.le
	};
}

function lostBasis(now: ActionDraft, wanted: ActionDraft, cle: EditableColumn['cle']): Conflict['perd'] {
	if (cle !== 'budget' && cle !== 'fonctionnement') return null;
	const theirs = now[cle]?.base ?? 'inconnu';
	return theirs !== 'inconnu' && wanted[cle]?.base === 'inconnu' ? theirs : null;
}
