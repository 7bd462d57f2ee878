import type { ActionDraft } from '../action';
import { plain } from '../text';
import type { StoredAction } from './import-diff';
import { targetOf, type LineDecisions } from './line-decisions';

/* Which row of a file is which action already there: by what both say word for word, then by what people answered. */

/** A match in which what identifies an action has changed: shown, and a person may refuse it. */
export type MatchDoubt = 'renumerotee' | 'reformulee';

/**
 * From the surest likeness to the weakest: a renumbered action keeps its identity, so does a reworded one.
 * in     `keys` = keys of the rows, for the decisions
 * out    per row, the action it is, or null
 * never  matches two rows with one action
 */
export function matchRows(
	stored: readonly StoredAction[],
	drafts: readonly ActionDraft[],
	keys: readonly string[],
	decisions: LineDecisions
): (StoredAction | null)[] {
	const matched = matchByWords(stored, drafts);
	const free = new Map(stored.map((s) => [s.id, s]));
	for (const action of matched) if (action) free.delete(action.id);
	for (const [i, key] of keys.entries()) {
		const action = matched[i];
		// Both stay alone: the answer of a person must not set other rows moving.
		if (action && targetOf(decisions[key], 'separer') === action.id && doubtOf(action, drafts[i]!)) matched[i] = null;
		const said = targetOf(decisions[key], 'rapprocher');
		const target = said === null ? undefined : free.get(said);
		if (!action && target) {
			matched[i] = target;
			free.delete(target.id);
		}
	}
	return matched;
}

export function doubtOf({ contenu }: StoredAction, draft: ActionDraft): MatchDoubt | null {
	if (plain(contenu.titre) !== plain(draft.titre)) return 'reformulee';
	if (contenu.reference === null || draft.reference === null) return null;
	return plain(contenu.reference) === plain(draft.reference) ? null : 'renumerotee';
}

function matchByWords(stored: readonly StoredAction[], drafts: readonly ActionDraft[]): (StoredAction | null)[] {
	const reference = (d: ActionDraft): string | null => (d.reference === null ? null : plain(d.reference));
	const titled = (d: ActionDraft): string => plain(d.titre);
	const under = (d: ActionDraft): string => `${plain(d.axe ?? '')}|${plain(d.objectif ?? '')}`;
	const keyed = (d: ActionDraft, key: string): string | null =>
		reference(d) === null ? null : `${reference(d)}|${key}`;
	const passes: readonly { key: (d: ActionDraft) => string | null; onlyUnique: boolean }[] = [
		{ key: (d) => `${reference(d) ?? ''}|${titled(d)}|${under(d)}`, onlyUnique: false },
		{ key: (d) => keyed(d, titled(d)), onlyUnique: false },
		{ key: (d) => `${titled(d)}|${under(d)}`, onlyUnique: false },
		{ key: titled, onlyUnique: true },
		{ key: (d) => keyed(d, under(d)), onlyUnique: true },
		{ key: reference, onlyUnique: true }
	];
	const matched: (StoredAction | null)[] = drafts.map(() => null);
	const free = new Set(stored);
	for (const { key, onlyUnique } of passes) {
		if (free.size === 0) break;
		const waiting = new Map<string, StoredAction[]>();
		for (const action of free) push(waiting, key(action.contenu), action);
		const asking = new Map<string, number[]>();
		for (const [i, draft] of drafts.entries()) if (matched[i] === null) push(asking, key(draft), i);
		for (const [value, rows] of asking) {
			const actions = waiting.get(value) ?? [];
			if (onlyUnique && (rows.length > 1 || actions.length > 1)) continue;
			for (const [n, row] of rows.entries()) {
				const action = actions[n];
				if (!action) break;
				matched[row] = action;
				free.delete(action);
			}
		}
	}
	return matched;
}

function push<T>(map: Map<string, T[]>, key: string | null, value: T): void {
	if (key === null) return;
	const list = map.get(key);
	if (list) list.push(value);
	else map.set(key, [value]);
}
