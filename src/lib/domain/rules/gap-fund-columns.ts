import type { PlacedAction } from '../crossing/place';
import { once } from '../memory';
import type { Verdict } from './eligibility';
import type { GapView } from './gap-context';

/* A document that writes one fund for most of its actions has a column for it: a blank there says nothing of the request. */

/** Fewer actions than that do not make a column. */
const FEWEST = 3;

/** Funds that most actions of a document write, among those that write any, by document. */
export const fundColumns = once((view: GapView): ReadonlyMap<number, ReadonlySet<string>> => {
	const told = new Map<number, { readonly counts: Map<string, number>; actions: number }>();
	for (const { action } of view.actions) {
		if (action.financements.length === 0) continue;
		const own = told.get(action.document) ?? { counts: new Map<string, number>(), actions: 0 };
		own.actions += 1;
		for (const fund of new Set(action.financements.flatMap((l) => l.dispositif ?? [])))
			own.counts.set(fund, (own.counts.get(fund) ?? 0) + 1);
		told.set(action.document, own);
	}
	return new Map(
		[...told].flatMap(([document, { counts, actions }]) => {
			const most = [...counts].filter(([, n]) => n >= FEWEST && n * 2 > actions).map(([fund]) => fund);
			return most.length > 0 ? [[document, new Set(most)] as const] : [];
		})
	);
});

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
	const funds = action.financements.length === 0 ? fundColumns(view).get(action.document) : undefined;
	return funds !== undefined && (funds.has(mesure) || funds.has(dispositif));
};
