import { z } from 'zod';
import { ActionDraft } from '../action';
import { plain } from '../text';
import type { DraftField } from './draft-merge';

/* What people decide of each line of a comparison, before it is saved. A line they say nothing of follows the default. */

const FIELDS = Object.keys(ActionDraft.shape) as [DraftField, ...DraftField[]];

export const LineDecision = z.object({
	/**
	 * `prendre` (default) or `laisser` a row of the file; `garder` (default) or `retirer` an action gone from it;
	 * `rapprocher:ID` = this row is that action, `separer:ID` = it is not.
	 */
	geste: z.union([
		z.enum(['prendre', 'laisser', 'garder', 'retirer']),
		z.templateLiteral(['rapprocher:', z.string()]),
		z.templateLiteral(['separer:', z.string()])
	]),
	/** Changed fields that are taken; all of them when null. */
	champs: z.array(z.enum(FIELDS)).nullable().default(null),
	/** Emptied cells that empty the field as well. */
	effacer: z.array(z.enum(FIELDS)).default([])
});
export type LineDecision = z.infer<typeof LineDecision>;

/** By key of line: see `rowKeys` and `goneKey`. */
export type LineDecisions = Readonly<Record<string, LineDecision>>;

/** Key of an action in its document: its reference, else its title under its axis and objective. */
export const keyOf = (draft: ActionDraft): string =>
	draft.reference === null
		? `t:${plain(draft.titre)}|${plain(draft.axe ?? '')}|${plain(draft.objectif ?? '')}`
		: `r:${plain(draft.reference)}`;

/** Names of the rows of a file that stay the same when it is read again: key, and rank among equals. */
export function rowKeys(drafts: readonly ActionDraft[]): string[] {
	const seen = new Map<string, number>();
	return drafts.map((draft) => {
		const key = keyOf(draft);
		const rank = (seen.get(key) ?? 0) + 1;
		seen.set(key, rank);
		return rank === 1 ? key : `${key}#${rank}`;
	});
}

export const goneKey = (id: string): string => `a:${id}`;

/** Id of the action a row is said to be, or not to be. */
export const targetOf = (decision: LineDecision | undefined, word: 'rapprocher' | 'separer'): string | null =>
	decision?.geste.startsWith(`${word}:`) ? decision.geste.slice(word.length + 1) : null;
