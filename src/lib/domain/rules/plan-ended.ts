import type { Action } from '../action';
import { endOf } from './deadlines';
import type { GapDocument } from './gap-context';

/* An action of a plan whose period is past, when nothing says that it goes on: nobody asks for money for it first. */

/** As much of a document as tells when it ends. */
export type Dated = Partial<Pick<GapDocument, 'id' | 'periode' | 'echeances'>> & {
	readonly liste?: string | undefined;
};

/**
 * Reads documents once, then says of each action whether its plan is over.
 * out    « son plan est achevé (2020) »; null while it runs, or when the state of the action is written
 */
export function endedPlans(documents: readonly Dated[], asOf: string): (action: Action) => string | null {
	const over = new Map(
		documents.flatMap((d) => {
			const end = d.liste
				? null
				: endOf({ periode: d.periode ?? null, ...(d.echeances && { echeances: d.echeances }) });
			return end !== null && end < asOf ? [[d.id, end.slice(0, 4)] as const] : [];
		})
	);
	return ({ statut, document }) => {
		const year = statut === null ? over.get(document) : undefined;
		return year === undefined ? null : `son plan est achevé (${year})`;
	};
}
