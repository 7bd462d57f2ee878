/**
 * The name of the column one points at, or is in with the keyboard, is told apart in the header: among fifteen leaning names the eye loses its own.
 * in     the root of a grid, and what an event came from
 * out    `vise` on that header alone; on none outside the columns
 */
export function guideColumn(root: HTMLElement, target: EventTarget | null): void {
	const cell = target instanceof Element ? target.closest<HTMLTableCellElement>('td.q, th.q') : null;
	const header = cell && root.querySelector(`thead > tr:first-child > :nth-child(${cell.cellIndex + 1})`);
	for (const one of root.querySelectorAll('thead th.vise')) if (one !== header) one.classList.remove('vise');
	header?.classList.add('vise');
}
