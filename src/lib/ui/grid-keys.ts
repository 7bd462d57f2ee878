/**
 * Keyboard of the grids of a page (WAI-ARIA pattern): one tab stop, arrows, Home and End, with Ctrl to the corners, Page by
 * group, Escape out of the open card and back to its cell. A grid carries `data-grille`; its stops, `data-cell` and `data-col`; rows are `tr`,
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
	// Asks for no layout: a key pressed while the page still comes would pay for it each time.
	const seen = (e: HTMLElement) => e.checkVisibility();
	const stopsOf = (place: ParentNode) => all(place, STOP).filter(seen);

	/** The tab stop of each grid: a key moves it, and looks at no other cell. */
	const chosen = new WeakMap<Element, HTMLElement>();

	function choose(grid: Element, next: HTMLElement): void {
		const before = chosen.get(grid);
		if (before && before !== next) before.tabIndex = -1;
		next.tabIndex = 0;
		chosen.set(grid, next);
	}

	/** One tab stop, whatever came into the grid since. Headers are stops too, but nobody comes for them first. */
	function settle(grid: Element): void {
		const held = chosen.get(grid);
		const now = held?.isConnected && seen(held) ? held : null;
		const next = now ?? grid.querySelector<HTMLElement>(OPEN) ?? all(grid, `a${STOP}`).find(seen) ?? stopsOf(grid)[0];
		if (!next) return;
		choose(grid, next);
		for (const e of all(grid, `${STOP}:not([tabindex="-1"])`)) if (e !== next) e.tabIndex = -1;
	}

	function near(row: readonly HTMLElement[] | undefined, col: number): HTMLElement | undefined {
		const far = (e: HTMLElement) => Math.abs(Number(e.dataset.col) - col);
		return row?.reduce((best, e) => (far(e) < far(best) ? e : best));
	}

	/** Stops of the first of these rows that has any: the others are not even looked at. */
	function lineIn(rows: readonly HTMLElement[]): readonly HTMLElement[] | undefined {
		for (const row of rows) {
			const stops = stopsOf(row);
			if (stops.length > 0) return stops;
		}
		return undefined;
	}

	/** The next stop of a column: one goes over a row that has a single stop elsewhere, the title of a group. */
	function along(rows: readonly HTMLElement[], col: number): HTMLElement | undefined {
		const crosses = (row: HTMLElement) => {
			const stops = stopsOf(row);
			return stops.length > 1 || (stops.length === 1 && Number(stops[0]!.dataset.col) === col);
		};
		return near(lineIn(rows.slice(Math.max(0, rows.findIndex(crosses)))), col);
	}

	/** The next stop of the same row, on one side: the cells beyond it are not looked at. */
	function beside(here: HTMLElement, after: boolean): HTMLElement | undefined {
		const of = (cell: Element) => (cell.matches(STOP) ? [cell as HTMLElement] : all(cell, STOP)).filter(seen);
		let cell: Element | null = here.closest('th, td');
		const mine = cell ? of(cell) : [];
		let next = mine[mine.indexOf(here) + (after ? 1 : -1)];
		while (cell && !next) {
			cell = after ? cell.nextElementSibling : cell.previousElementSibling;
			next = cell ? of(cell).at(after ? 0 : -1) : undefined;
		}
		return next;
	}

	function moveFrom(here: HTMLElement, grid: Element, key: string, ctrl: boolean): HTMLElement | undefined {
		if (key === 'ArrowRight' || key === 'ArrowLeft') return beside(here, key === 'ArrowRight');
		const mine = here.closest('tr');
		const rows = all(grid, 'tr');
		const at = rows.findIndex((row) => row === mine);
		const [before, after] = [rows.slice(0, at).reverse(), rows.slice(at + 1)];
		const back = [...rows].reverse();
		const row = mine ? stopsOf(mine) : [here];
		const col = Number(here.dataset.col);
		const elsewhere = (other: HTMLElement) => other.parentElement !== mine?.parentElement;
		switch (key) {
			case 'ArrowDown':
				return along(after, col);
			case 'ArrowUp':
				return along(before, col);
			case 'Home':
				return (ctrl ? lineIn(rows) : row)?.[0];
			case 'End':
				return (ctrl ? lineIn(back) : row)?.at(-1);
			case 'PageDown':
				return along(after.filter(elsewhere), col) ?? near(lineIn(back), col);
			default:
				return along(before.filter(elsewhere), col) ?? near(lineIn(rows), col);
		}
	}

	function name(cell: HTMLElement, grid: HTMLElement): void {
		const row = cell.closest('tr')?.querySelector<HTMLElement>('[data-nom]')?.dataset.nom;
		const column = grid.querySelector<HTMLElement>(`thead [data-nom][data-col="${cell.dataset.col}"]`)?.dataset.nom;
		const said = cell.getAttribute('aria-label') ?? grid.dataset.grille!;
		if (!row || !column || said.startsWith(row)) return;
		cell.setAttribute('aria-label', `${row}, ${column}\u00a0: ${said}`);
	}

	/** The page that comes alive, or a decision, writes the label of a cell again: whoever stands on it keeps both headers. */
	const kept = new MutationObserver(([change]) => {
		const cell = change?.target as HTMLElement | undefined;
		const grid = cell?.closest<HTMLElement>(GRID);
		if (cell && grid) name(cell, grid);
	});

	const LEFT = 'case-quittee';

	/** Closes a card. Before the page is alive its link loads another one, which is told what cell to come back to. */
	function leave(cell: HTMLElement, close: HTMLAnchorElement | null): void {
		if (!close?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))) return;
		try {
			sessionStorage.setItem(LEFT, cell.dataset.cell!);
			// A fragment would take the focus away from the cell.
			location.assign(close.href.replace(/#.*/, ''));
		} catch {
			/* no storage: one lands above the grid */
		}
	}

	function comeBack(): void {
		try {
			const id = sessionStorage.getItem(LEFT);
			sessionStorage.removeItem(LEFT);
			if (id) page.querySelector<HTMLElement>(`[data-cell="${CSS.escape(id)}"]`)?.focus();
		} catch {
			/* no storage: nothing was kept */
		}
	}

	const MOVES = ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp'];

	page.addEventListener('keydown', (event) => {
		if (event.key === 'Tab') return all(page, GRID).forEach(settle);
		const here = event.target instanceof Element ? event.target : null;
		// A page that has just come with its card open gives it the focus a little later than one sees it.
		const nowhere = event.key === 'Escape' && here === page.body;
		const grid = nowhere ? page.querySelector(OPEN)?.closest(GRID) : here?.closest(GRID);
		if (!here || !grid) return;
		const open = event.key === 'Escape' && grid.querySelector<HTMLElement>(OPEN);
		if (open) {
			event.preventDefault();
			choose(grid, open);
			open.focus();
			leave(open, grid.querySelector<HTMLAnchorElement>('.fermeture a.fermer'));
			return;
		}
		const stop = here.closest<HTMLElement>(STOP);
		if (!stop || !MOVES.includes(event.key) || event.altKey || event.metaKey) return;
		event.preventDefault();
		const next = moveFrom(stop, grid, event.key, event.ctrlKey);
		next?.focus();
	});

	page.addEventListener('focusin', (event) => {
		const here = event.target instanceof Element ? event.target.closest<HTMLElement>(STOP) : null;
		const grid = here?.closest<HTMLElement>(GRID);
		if (!here || !grid) return;
		choose(grid, here);
		kept.disconnect();
		if (!here.matches('a.case')) return;
		name(here, grid);
		kept.observe(here, { attributeFilter: ['aria-label'] });
	});

	// Hundreds of cells to write on: once the page rests. Whoever comes before is settled by the key itself.
	const resting = window.requestIdleCallback ?? setTimeout;
	page.addEventListener('DOMContentLoaded', () => {
		comeBack();
		resting(() => all(page, GRID).forEach(settle));
	});
}
