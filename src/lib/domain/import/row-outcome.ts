import type { ActionDraft } from '../action';
import type { Issue } from '../issue';

/** What became of one row. */
export interface RowOutcome {
	readonly ligne: number;
	readonly etat: 'acceptee' | 'rejetee' | 'ignoree';
	readonly draft: ActionDraft | null;
	readonly issues: readonly Issue[];
	/** Why it was set aside or refused, in French; null when accepted. */
	readonly raison: string | null;
}
