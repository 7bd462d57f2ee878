const OPEN = 'a[data-cell][aria-expanded="true"]';

/**
 * Keyboard of a grid (WAI-ARIA pattern): one tab stop, arrows, Home and End, with Ctrl to the corners, Page by group.
 * Every stop carries `data-cell` and `data-col`; rows are `tr`, groups are `tbody`. Without JavaScript all stay reachable.
 * in     `of`: what the grid shows; a change of it brings new stops
 */
export function gridKeys(grid: HTMLElement, options: { close: () => void; of?: unknown }) {
	const stops = () => [...grid.querySelectorAll<HTMLElement>('[data-cell]')].filter((e) => e.offsetParent !== null);
	// Headers are stops too, but nobody comes for them first.
	const firstCell = () => grid.querySelector<HTMLElement>('a[data-cell]') ?? stops()[0];
	let current: HTMLElement | null = null;
	let close = options.close;

	function choose(next: HTMLElement | undefined, focus: boolean) {
		if (!next) return;
		for (const e of grid.querySelectorAll<HTMLElement>('[data-cell]')) e.tabIndex = -1;
		next.tabIndex = 0;
		current = next;
		if (focus) next.focus();
	}

	function rowsOf(list: readonly HTMLElement[]): HTMLElement[][] {
		const rows = new Map<Element | null, HTMLElement[]>();
		for (const e of list) rows.set(e.closest('tr'), [...(rows.get(e.closest('tr')) ?? []), e]);
		return [...rows.values()];
	}

	function near(row: readonly HTMLElement[] | undefined, col: number): HTMLElement | undefined {
		return [...(row ?? [])].sort(
			(a, b) => Math.abs(Number(a.dataset.col) - col) - Math.abs(Number(b.dataset.col) - col)
		)[0];
	}

	function onKey(event: KeyboardEvent) {
		const here = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]');
		if (event.key === 'Escape') {
			const open = grid.querySelector<HTMLElement>(OPEN);
			if (!open) return;
			event.preventDefault();
			choose(open, true);
			close();
			return;
		}
		if (!here) return;
		const rows = rowsOf(stops());
		const r = rows.findIndex((row) => row.includes(here));
		const row = rows[r] ?? [];
		const c = row.indexOf(here);
		const col = Number(here.dataset.col);
		const groupOf = (list: readonly HTMLElement[] | undefined) => list?.[0]?.closest('tbody, thead, tfoot');
		const moves: Record<string, () => HTMLElement | undefined> = {
			ArrowRight: () => row[c + 1],
			ArrowLeft: () => row[c - 1],
			ArrowDown: () => near(rows[r + 1], col),
			ArrowUp: () => near(rows[r - 1], col),
			Home: () => (event.ctrlKey ? rows[0]?.[0] : row[0]),
			End: () => (event.ctrlKey ? rows.at(-1)?.at(-1) : row.at(-1)),
			PageDown: () => near(rows.slice(r + 1).find((x) => groupOf(x) !== groupOf(row)) ?? rows.at(-1), col),
			PageUp: () => near(rows.slice(0, Math.max(r, 0)).findLast((x) => groupOf(x) !== groupOf(row)) ?? rows[0], col)
		};
		const move = moves[event.key];
		if (!move || event.altKey || event.metaKey) return;
		event.preventDefault();
		choose(move(), true);
	}

	function onFocus(event: FocusEvent) {
		const here = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]');
		if (here && here !== current) choose(here, false);
	}

	choose(grid.querySelector<HTMLElement>(OPEN) ?? firstCell(), false);
	grid.addEventListener('keydown', onKey);
	grid.addEventListener('focusin', onFocus);

	return {
		update(next: { close: () => void; of?: unknown }) {
			close = next.close;
			// Rows that came or changed with the data must not add tab stops.
			if (!current?.isConnected) current = null;
			choose(current ?? firstCell(), false);
		},
		destroy() {
			grid.removeEventListener('keydown', onKey);
			grid.removeEventListener('focusin', onFocus);
		}
	};
}
