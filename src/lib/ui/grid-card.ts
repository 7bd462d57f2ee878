import type { CaseSelection } from '../domain/pages/case-selection';

/** Where the figures of a grid, and the card one of them opens, lead. */
export interface GridLinks {
	readonly caseHref: (id: string | null) => string;
	readonly quartierHref: (code: string) => string;
	readonly regleHref: (regle: string) => string;
	/** Where the référent of a plan is written. */
	readonly nommerHref: (plan: string) => string;
	readonly actionsHref: (selection: CaseSelection) => string | null;
	/** Where the gaps of the territory are read: what narrows them, then the place on that page. */
	readonly lacunesHref: (more: string, anchor: string) => string;
}

/**
 * The card a grid opens under a row. It is drawn once the answer has come, whenever that is: whoever opened it from the
 * keyboard is taken into it then, and whoever closes it goes back to the cell it came from.
 */
export function gridCard(root: () => HTMLElement) {
	let keyed = false;
	let last: string | null | undefined;
	/** The reading without a card is the page one comes back to: only the first card adds one. */
	let added = false;
	let closing = false;
	return {
		onclick(event: MouseEvent) {
			const target = event.target as HTMLElement;
			closing = target.closest('.fermer, [aria-expanded="true"]') !== null;
			if (!target.closest('[data-cell]')) return;
			// A click made with a key has no detail.
			keyed = event.detail === 0;
			root().dataset['sveltekitReplacestate'] = added ? '' : 'off';
			added = true;
		},
		back: (id: string) =>
			root()
				.querySelector<HTMLElement>(`[data-cell="${CSS.escape(id)}"]`)
				?.focus(),
		/** Told of the card in sight each time it changes; what the page opens with is left where the address puts it. */
		shown(id: string | null) {
			const opened = last !== undefined && id !== null && id !== last;
			last = id;
			// Gone without being closed: one went back, to where a card adds a page again.
			if (id === null && !closing) added = false;
			closing = false;
			if (!opened) return;
			const card = root().querySelector<HTMLElement>('#preuves');
			card?.scrollIntoView({ block: 'nearest' });
			if (keyed) card?.focus({ preventScroll: true });
			keyed = false;
		}
	};
}
