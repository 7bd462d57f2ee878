import { isTyping } from './single-keys';

const OPEN = 'a[aria-expanded="true"]';

/**
 * Escape out of the card that a figure opened: it closes, and one is back on the figure, as in a matrix.
 * in     `opener`: what opened the card when no figure of the table did
 */
export function leaveCard(event: KeyboardEvent, table: HTMLElement | undefined, opener: string): void {
	const card = document.getElementById('preuves');
	const from = event.target as Element | null;
	if (event.key !== 'Escape' || event.defaultPrevented || !table || !card || isTyping(event.target)) return;
	// Elsewhere, Escape closes something else: the menu, a field, a dialog.
	if (from !== document.body && !table.contains(from) && !card.contains(from)) return;
	const figure = table.querySelector<HTMLElement>(OPEN);
	const close = figure ?? card.querySelector<HTMLElement>('[data-fermer]');
	if (!close) return;
	event.preventDefault();
	(figure ?? document.querySelector<HTMLElement>(opener) ?? close).focus();
	close.click();
}
