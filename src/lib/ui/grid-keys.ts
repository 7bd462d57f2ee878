/**
 * Keyboard of the grids of a page (WAI-ARIA pattern): one tab stop, arrows, Home and End, with Ctrl to the corners, Page by
 * group, Escape out of the open card. A grid carries `data-grille`; its stops, `data-cell` and `data-col`; rows are `tr`,
 * groups are `tbody`. Without JavaScript all stay reachable.
 * A cell crosses two headers that carry `data-nom`: whoever comes to it hears both before its figure. One without a label of
 * its own says what the grid says of an empty cell, the value of `data-grille`.
 * It is written whole into the page (`hooks.server.ts`): keys answer as soon as a grid is seen, long before the rest of the
 * scripts. So it stands alone, and names nothing from outside.
 */
export function gridKeys(page: Document): void {
	const GRID = '[data-grille]';
	const STOP = '[data-cell]';
	const OPEN = 'a[data-cell][aria-expanded="true"]';

	const all = (place: ParentNode, what: string) => [...place.querySelectorAll<HTMLElement>(what)];
	const seen = (e: HTMLElement) => e.offsetParent !== null;
	const stopsOf = (place: ParentNode) => all(place, STOP).filter(seen);
	const groupOf = (row: readonly HTMLElement[]) => row[0]!.closest('tbody, thead, tfoot');

	function choose(grid: Element, next: HTMLElement): void {
		for (const e of all(grid, `${STOP}:not([tabindex="-1"])`)) if (e !== next) e.tabIndex = -1;
		next.tabIndex = 0;
	}

	/** One tab stop, whatever came into the grid since. Headers are stops too, but nobody comes for them first. */
	function settle(grid: Element): void {
		const now = all(grid, `${STOP}[tabindex="0"]`).find(seen);
		const next = now ?? grid.querySelector<HTMLElement>(OPEN) ?? all(grid, `a${STOP}`).find(seen) ?? stopsOf(grid)[0];
		if (next) choose(grid, next);
	}

	function near(row: readonly HTMLElement[] | undefined, col: number): HTMLElement | undefined {
		const far = (e: HTMLElement) => Math.abs(Number(e.dataset.col) - col);
		return row?.reduce((best, e) => (far(e) < far(best) ? e : best));
	}

	function moveFrom(here: HTMLElement, grid: Element, key: string, ctrl: boolean): HTMLElement | undefined {
		const rows = all(grid, 'tr')
			.map(stopsOf)
			.filter((row) => row.length > 0);
		const r = rows.findIndex((row) => row.includes(here));
		const row = rows[r] ?? [here];
		const c = row.indexOf(here);
		const col = Number(here.dataset.col);
		const elsewhere = (other: readonly HTMLElement[]) => groupOf(other) !== groupOf(row);
		switch (key) {
			case 'ArrowRight':
				return row[c + 1];
			case 'ArrowLeft':
				return row[c - 1];
			case 'ArrowDown':
				return near(rows[r + 1], col);
			case 'ArrowUp':
				return near(rows[r - 1], col);
			case 'Home':
				return ctrl ? rows[0]?.[0] : row[0];
			case 'End':
				return ctrl ? rows.at(-1)?.at(-1) : row.at(-1);
			case 'PageDown':
				return near(rows.slice(r + 1).find(elsewhere) ?? rows.at(-1), col);
			default:
				return near(rows.slice(0, Math.max(r, 0)).findLast(elsewhere) ?? rows[0], col);
		}
	}

	function name(cell: HTMLElement, grid: HTMLElement): void {
		const row = cell.closest('tr')?.querySelector<HTMLElement>('[data-nom]')?.dataset.nom;
		const column = grid.querySelector<HTMLElement>(`thead [data-nom][data-col="${cell.dataset.col}"]`)?.dataset.nom;
		const said = cell.getAttribute('aria-label') ?? grid.dataset.grille!;
		if (!row || !column || said.startsWith(row)) return;
		cell.setAttribute('aria-label', `${row}, ${column}\u00a0: ${said}`);
	}

	const MOVES = ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp'];

	page.addEventListener('keydown', (event) => {
		if (event.key === 'Tab') return all(page, GRID).forEach(settle);
		const here = event.target instanceof Element ? event.target : null;
		const grid = here?.closest(GRID);
		if (!here || !grid) return;
		const open = event.key === 'Escape' && grid.querySelector<HTMLElement>(OPEN);
		if (open) {
			event.preventDefault();
			choose(grid, open);
			open.focus();
			grid.querySelector<HTMLElement>('.fermeture a.fermer')?.click();
			return;
		}
		const stop = here.closest<HTMLElement>(STOP);
		if (!stop || !MOVES.includes(event.key) || event.altKey || event.metaKey) return;
		event.preventDefault();
		const next = moveFrom(stop, grid, event.key, event.ctrlKey);
		if (!next) return;
		choose(grid, next);
		next.focus();
	});

	page.addEventListener('focusin', (event) => {
		const here = event.target instanceof Element ? event.target.closest<HTMLElement>(STOP) : null;
		const grid = here?.closest<HTMLElement>(GRID);
		if (!here || !grid) return;
		choose(grid, here);
		if (here.matches('a.case')) name(here, grid);
	});

	page.addEventListener('DOMContentLoaded', () => all(page, GRID).forEach(settle));
}
