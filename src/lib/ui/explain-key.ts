import { areKeysOn, singleKey } from './single-keys';

/* « i » on a figure opens its explanation; « Échap » closes it and gives the figure back. */

let asked: HTMLElement | null = null;

/** The explanation of a figure: the one it names, else that of the list it opens, else the next in the nearest part of the page that has one. */
export function explanationOf(figure: HTMLElement): HTMLDetailsElement | null {
	const named = figure.closest<HTMLElement>('[data-pourquoi]')?.dataset.pourquoi;
	if (named) return document.querySelector<HTMLDetailsElement>(`details.why#${CSS.escape(named)}`);
	const list = figure instanceof HTMLAnchorElement && listOf(figure);
	const own = list && !list.contains(figure) ? list.querySelector<HTMLDetailsElement>('details.why') : null;
	if (own) return own;
	for (let place = figure.parentElement; place && place !== document.body; place = place.parentElement) {
		const notes = [...place.querySelectorAll<HTMLDetailsElement>('details.why')];
		const after = notes.find((n) => figure.compareDocumentPosition(n) & Node.DOCUMENT_POSITION_FOLLOWING);
		if (after ?? notes[0]) return after ?? notes[0] ?? null;
	}
	return null;
}

/** The part of this very page that a link leads to. */
function listOf({ pathname, hash }: HTMLAnchorElement): HTMLElement | null {
	return hash.length > 1 && pathname === location.pathname ? document.getElementById(hash.slice(1)) : null;
}

export function onExplainKey(event: KeyboardEvent): void {
	const here = document.activeElement;
	if (!(here instanceof HTMLElement) || here === document.body) return;
	const open = here.closest<HTMLDetailsElement>('details.why[open]');
	if (event.key === 'Escape' && open) {
		open.open = false;
		(asked?.isConnected ? asked : open.querySelector('summary'))?.focus();
		asked = null;
		return;
	}
	if (singleKey(event) !== 'i' || !areKeysOn()) return;
	const note = explanationOf(here);
	if (!note) return;
	event.preventDefault();
	asked = here;
	note.open = true;
	const summary = note.querySelector('summary');
	summary?.focus();
	summary?.scrollIntoView({ block: 'nearest' });
}
