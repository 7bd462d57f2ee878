import type { PlacedAction } from '../crossing/place';
import { groupedBy, once, type Memory } from '../memory';
import type { Verdict } from './eligibility';
import type { GapView } from './gap-context';

/* A document that writes one fund for most of its actions has a column for it: a blank there says nothing of the request. */

/** Fewer actions than that do not make a column. */
const FEWEST = 3;

/** Funds that most actions of a document write, among those that write any, by document. */
export const fundColumns = once((view: GapView): ReadonlyMap<string, ReadonlySet<string>> => {
	const memory: Memory = view.memoire ?? new Map();
	const byDocument = groupedBy(memory, 'financées par document', [], view.actions, documentIfFunded);
	const told = new Map<string, ReadonlySet<string>>();
	for (const [document, own] of byDocument) {
		const columns = columnsOf(own);
		if (columns.size > 0) told.set(document, columns);
	}
	return told;
});

const documentIfFunded = ({ action }: PlacedAction): readonly string[] =>
	action.financements.length === 0 ? [] : [`${action.document}`];

/** Of the actions of one document that write any fund. */
const columnsOf = once((actions: readonly PlacedAction[]): ReadonlySet<string> => {
	const counts = new Map<string, number>();
	for (const one of actions) for (const fund of fundsOf(one)) counts.set(fund, (counts.get(fund) ?? 0) + 1);
	return new Set([...counts].filter(([, n]) => n >= FEWEST && n * 2 > actions.length).map(([fund]) => fund));
});

/** Each once. */
const fundsOf = once(
	({ action }: PlacedAction): ReadonlySet<string> => new Set(action.financements.flatMap((l) => l.dispositif ?? []))
);

/** The same in one line, to tell whether anything changed. */
export const columnsRead = once((view: GapView): string =>
	[...fundColumns(view)].map(([document, funds]) => `${document}:${[...funds].sort().join(',')}`).join(' ')
);

/** Is the very cell of that fund blank for this action, which has no other line? */
export const isBlankFor = (
	view: GapView,
	{ action }: PlacedAction,
	{ mesure, dispositif }: Pick<Verdict, 'mesure' | 'dispositif'>
): boolean => {
	const funds = action.financements.length === 0 ? fundColumns(view).get(`${action.document}`) : undefined;
	return funds !== undefined && (funds.has(mesure) || funds.has(dispositif));
};
