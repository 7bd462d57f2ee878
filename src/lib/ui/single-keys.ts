/* Keys of one sign: never while somebody types, never with another key held, and not at all when switched off. */

const KEPT = 'touches';

export function areKeysOn(): boolean {
	try {
		return localStorage.getItem(KEPT) !== 'non';
	} catch {
		return true;
	}
}

export function keepKeys(on: boolean): void {
	try {
		localStorage.setItem(KEPT, on ? 'oui' : 'non');
	} catch {
		// Storage refused: the choice holds for this page.
	}
}

export const isTyping = (target: EventTarget | null): boolean =>
	target instanceof HTMLElement &&
	(target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'));

/** What was pressed alone, outside of any field; null for anything else. */
export function singleKey(event: KeyboardEvent): string | null {
	if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isTyping(event.target)) return null;
	return event.key;
}
