/**
 * « / » puts the hand in the search, from anywhere but a field, unless keys of one sign were switched off (`single-keys.ts`). The
 * field that answers carries `aria-keyshortcuts="/"`.
 * It is written whole into the page (`hooks.server.ts`), as the keys of the grids are: so it stands alone, and names nothing from
 * outside. What is typed before the page is alive is given back to it (`typed-early.ts`).
 */
export function searchKey(page: Document): void {
	const FIELDS = 'input:not([type=checkbox], [type=radio]), textarea, select';

	function isOff(): boolean {
		try {
			return localStorage.getItem('touches') === 'non';
		} catch {
			return false;
		}
	}

	page.addEventListener('keydown', (event) => {
		if (event.key !== '/' || event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.defaultPrevented)
			return;
		const here = event.target;
		if (here instanceof HTMLElement && (here.isContentEditable || here.matches(FIELDS))) return;
		const fields = [...page.querySelectorAll<HTMLInputElement>('input[type=search][aria-keyshortcuts="/"]')];
		const field = fields.find((one) => one.checkVisibility());
		if (!field || isOff()) return;
		event.preventDefault();
		field.focus();
		field.select();
	});
}
