import type { ActionDraft, Champ } from '../action';
import { plain } from '../text';
import { mergeDraft } from './draft-merge';
import type { StoredAction } from './import-diff';
import type { ImportReport } from './import-report';
import { rowKeys } from './line-decisions';
import { matchRows } from './row-match';

/* Rows of a file we wrote ourselves that belong to another document of the same kind of plan: an export holds them all. */

export interface OtherDocument {
	readonly titre: string;
	readonly actions: readonly StoredAction[];
}

export interface HeldElsewhere {
	readonly kept: readonly ActionDraft[];
	readonly aside: readonly { readonly draft: ActionDraft; readonly document: string }[];
}

/**
 * Splits the rows of our own model between the document they go to and the others that hold them already.
 * in     `stored` = actions of the document; `champs` = fields the file has columns for
 * never  sets aside a row that the document itself holds, nor takes next year's action for this year's
 */
export function heldElsewhere(
	stored: readonly StoredAction[],
	drafts: readonly ActionDraft[],
	others: readonly OtherDocument[],
	champs: readonly Champ[]
): HeldElsewhere {
	const matches = matchRows(stored, drafts, rowKeys(drafts), {});
	const free = new Map<string, { action: StoredAction; document: string }[]>();
	for (const { titre, actions } of others)
		for (const action of actions) {
			if (action.disparue || action.ecartee) continue;
			const named = nameOf(action.contenu);
			free.set(named, [...(free.get(named) ?? []), { action, document: titre }]);
		}
	const kept: ActionDraft[] = [];
	const aside: { draft: ActionDraft; document: string }[] = [];
	for (const [i, draft] of drafts.entries()) {
		const twins = matches[i] ? [] : (free.get(nameOf(draft)) ?? []);
		const at = twins.findIndex(({ action }) => isSame(action.contenu, draft, champs));
		if (at < 0) kept.push(draft);
		else aside.push({ draft, document: twins.splice(at, 1)[0]!.document });
	}
	return { kept, aside };
}

const nameOf = (d: ActionDraft): string => `${plain(d.reference ?? '')}|${plain(d.titre)}`;

/** The same years, or, when neither says any, the same words everywhere. */
function isSame(before: ActionDraft, after: ActionDraft, champs: readonly Champ[]): boolean {
	const years = (d: ActionDraft): string => `${d.dates?.debut ?? d.dates?.exercice ?? ''}|${d.dates?.fin ?? ''}`;
	if (years(before) !== years(after)) return false;
	return years(after) !== '|' || mergeDraft(before, after, champs).changed.length === 0;
}

/** The report without the rows set aside: they were read, and are ignored for a reason that names their document. */
export function withoutHeld(report: ImportReport, aside: HeldElsewhere['aside']): ImportReport {
	if (aside.length === 0) return report;
	const lines = new Map<string, number[]>();
	for (const { draft, document } of aside) {
		const { ligne } = draft.origine;
		lines.set(document, [...(lines.get(document) ?? []), ...(ligne === null ? [] : [ligne])]);
	}
	const reasons = [...lines].map(([document, lignes]) => ({
		code: 'ligne-filtree' as const,
		raison: `déjà dans un autre document («\u00a0${document}\u00a0»), où elle se corrige`,
		nombre: aside.filter((a) => a.document === document).length,
		lignes
	}));
	return {
		...report,
		acceptees: report.acceptees - aside.length,
		ignorees: report.ignorees + aside.length,
		ignoreesParRaison: [...report.ignoreesParRaison, ...reasons]
	};
}
