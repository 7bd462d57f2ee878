import type { CaseSelection } from '../domain/pages/case-selection';

/** Where the figures of a grid, and the card one of them opens, lead. */
export interface GridLinks {
	readonly caseHref: (id: string | null) => string;
	readonly quartierHref: (code: string) => string;
	readonly regleHref: (regle: string) => string;
	/** Where the référent of a plan is written. */
	readonly nommerHref: (plan: string) => string;
	readonly actionsHref: (selection: CaseSelection) => string | null;
}

/**
 * The card a grid opens under a row. It is drawn once the answer has come, whenever that is: whoever opened it from the
 * keyboard is taken into it then, and whoever closes it goes back to the cell it came from.
 */
export function gridCard(root: () => HTMLElement) {
	let keyed = false;
	let last: string | null | undefined;
	return {
		/** A click made with a key has no detail. */
		onclick(event: MouseEvent) {
			if ((event.target as HTMLElement).closest('[data-cell]')) keyed = event.detail === 0;
		},
		back: (id: string) =>
			root()
				.querySelector<HTMLElement>(`[data-cell="${CSS.escape(id)}"]`)
				?.focus(),
		/** Told of the card in sight each time it changes; what the page opens with is left where the address puts it. */
		shown(id: string | null) {
			const opened = last !== undefined && id !== null && id !== last;
			last = id;
			if (!opened) return;
			const card = root().querySelector<HTMLElement>('#preuves');
			card?.scrollIntoView({ block: 'nearest' });
			if (keyed) card?.focus({ preventScroll: true });
			keyed = false;
		}
	};
}
