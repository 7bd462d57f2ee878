import type { ActionDraft, FinancingLine } from '../action';
import { isBlank, same } from './draft-merge';
import { inWords, list } from '../french';
import type { RowOutcome } from './row-outcome';
import { rowIssue } from './row-values';
import { plain } from '../text';

/* One action over several rows, a row per financeur: read as two actions, its cost would count twice. */

/**
 * Puts together the rows of one action.
 * in     `again`: a row without title read under the title of the row of rank `above`; null when there is nothing to read again
 * out    as many outcomes; a row put with another is set aside, and its line is in the origin of the action
 * never  puts together rows that contradict each other, or that name the same financeur
 */
export function joinFunders(
	outcomes: readonly RowOutcome[],
	again: (rank: number, above: number) => RowOutcome | null
): readonly RowOutcome[] {
	const heads = new Map<number, ActionDraft>();
	const followers = new Map<number, { readonly head: number; readonly issues: RowOutcome['issues'] }>();
	const numbered = new Map<string, number>();
	/** The action the row just above belongs to. */
	let open: number | null = null;
	for (const [i, outcome] of outcomes.entries()) {
		const above: number | null = open;
		open = null;
		if (outcome.etat === 'ignoree') continue;
		const read: RowOutcome | null = outcome.draft || above === null ? outcome : again(i, above);
		const draft: ActionDraft | null | undefined = read?.draft;
		if (!read || !draft) continue;
		const key: string | null = draft.reference === null ? null : `${plain(draft.reference)}|${plain(draft.titre)}`;
		const known: number | undefined = key === null ? undefined : numbered.get(key);
		const join = (head: number | null | undefined): { readonly head: number; readonly joined: ActionDraft } | null => {
			const before = head == null ? undefined : heads.get(head);
			const joined = before ? joinedDraft(before, draft, head === above) : null;
			return joined && { head: head!, joined };
		};
		const found: ReturnType<typeof join> = join(above) ?? join(known);
		if (found) {
			heads.set(found.head, found.joined);
			followers.set(i, { head: found.head, issues: read.issues });
			open = found.head;
		} else if (outcome.draft) {
			heads.set(i, draft);
			if (key !== null && known === undefined) numbered.set(key, i);
			open = i;
		}
	}
	if (followers.size === 0) return outcomes;
	return outcomes.map((outcome, i) => {
		const follower = followers.get(i);
		if (!follower) return heads.has(i) ? { ...outcome, draft: heads.get(i)! } : outcome;
		const issue = joinedIssue(heads.get(follower.head)!, outcome.ligne);
		const { ligne } = outcome;
		return { ligne, etat: 'ignoree', draft: null, issues: [issue, ...follower.issues], raison: FOLLOWS };
	});
}

const FOLLOWS = 'suite d’une action, un autre financeur';

/** Both rows as one action; null when they are two, or when nobody could say. */
function joinedDraft(head: ActionDraft, next: ActionDraft, adjoins: boolean): ActionDraft | null {
	if (plain(head.titre) !== plain(next.titre)) return null;
	const numbered = head.reference !== null && next.reference !== null;
	if (!numbered && !adjoins) return null;
	const lines = otherLines(head.financements, next.financements);
	if (lines === null) return null;
	const joined: Record<string, unknown> = { ...head };
	for (const field of Object.keys(head) as (keyof ActionDraft)[]) {
		if (field === 'origine' || field === 'financements' || field === 'titre' || isBlank(next[field])) continue;
		if (isBlank(head[field])) joined[field] = next[field];
		else if (field === 'notes') joined[field] = [...new Set([head.notes, next.notes])].join('\n');
		else if (!same(head[field], next[field])) return null;
	}
	const rows = [...(head.origine.autresLignes ?? []), ...(next.origine.ligne === null ? [] : [next.origine.ligne])];
	joined.financements = [...head.financements, ...lines];
	joined.origine = { ...head.origine, autresLignes: rows };
	return joined as ActionDraft;
}

/** Lines of the next row under other names; null when it has none, or gives another figure under the same name. */
function otherLines(
	before: readonly FinancingLine[],
	after: readonly FinancingLine[]
): readonly FinancingLine[] | null {
	const names = new Map(before.map((line) => [plain(line.libelle), line]));
	const others = after.filter((line) => !names.has(plain(line.libelle)));
	const told = after.every((line) => others.includes(line) || same(names.get(plain(line.libelle)), line));
	return before.length > 0 && others.length > 0 && told ? others : null;
}

function joinedIssue({ origine, financements, budget }: ActionDraft, ligne: number): RowOutcome['issues'][number] {
	const rows = [origine.ligne, ...(origine.autresLignes ?? [])].map(String);
	const once = budget === null ? '' : '\u202f; son coût est compté une fois';
	return rowIssue(
		'doublon',
		'info',
		{ feuille: origine.feuille, ligne },
		`Lignes ${list(rows)}\u00a0: une même action, ${inWords(financements.length)} financeurs${once}.`,
		{
			hint: 'Rien à faire si c’est bien une seule action\u202f; sinon, donnez à chaque ligne sa référence ou son titre.'
		}
	);
}
