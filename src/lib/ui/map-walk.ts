import { mercator } from '../domain/pages/map-sketch';
import type { MapQuartier } from '../domain/pages/map-model';
import { nextTowards, type Place, type Way } from './map-neighbour';

/* The map under the keyboard: one stop for all its quartiers, wherever they are drawn. Fetched with their names. */

/** What the map people move does when asked; null before it is there. */
export interface Moved {
	/** Brings a quartier into sight, close enough for its mark to have room. */
	readonly see: (code: string) => void;
	readonly zoom: (steps: 1 | -1) => void;
	/** By a part of what is in sight. */
	readonly slide: (across: number, down: number) => void;
}
export interface Walk {
	/** The only mark that Tab reaches follows what is shown. */
	readonly settle: () => void;
	readonly leave: () => void;
}

const WAYS: Readonly<Record<string, Way>> = {
	ArrowUp: [0, -1],
	ArrowDown: [0, 1],
	ArrowLeft: [-1, 0],
	ArrowRight: [1, 0]
};
const SIDES: Readonly<Record<string, string>> = {
	ArrowUp: 'au nord',
	ArrowDown: 'au sud',
	ArrowLeft: 'à l’ouest',
	ArrowRight: 'à l’est'
};
const ZOOMS: Readonly<Record<string, 1 | -1>> = { '+': 1, '=': 1, '-': -1 };
/** Part of the view that Shift and an arrow slide over. */
const SLIDE = 0.25;

/**
 * Arrows go to the next quartier that way, Home and End to the first and the last of the list, Page keys along it, so that all
 * of them are reached; Enter follows the link of the mark; Escape leaves. + and − zoom, Shift and an arrow slide.
 * in     what holds every drawing; quartiers in the order of the list; where one stands, said; what takes the focus after it
 */
export function walkMap(
	root: HTMLElement,
	{
		quartiers,
		chosen,
		moved,
		say,
		out
	}: {
		readonly quartiers: () => readonly MapQuartier[];
		readonly chosen: () => string | null;
		readonly moved: () => Moved | undefined;
		readonly say: (words: string) => void;
		readonly out: () => void;
	}
): Walk {
	let current: string | null = null;
	const marks = () => [...root.querySelectorAll<HTMLElement>('.repere[data-code]')];
	const shown = (mark: HTMLElement): boolean => mark.checkVisibility({ visibilityProperty: true });
	const places = (): Place[] =>
		quartiers().flatMap(({ code, centre }) => (centre ? [{ code, at: mercator(centre) }] : []));

	function settle(): void {
		const all = marks();
		const seen = all.filter(shown);
		const find = (code: string | null) => seen.find((mark) => mark.dataset.code === code);
		const first = quartiers()
			.map(({ code }) => find(code))
			.find(Boolean);
		const stop = find(current) ?? find(chosen()) ?? first;
		for (const mark of all) mark.tabIndex = mark === stop ? 0 : -1;
	}

	/** False when its mark cannot be shown. */
	function go(code: string): boolean {
		const mark = () => marks().find((one) => one.dataset.code === code && shown(one));
		if (!mark()) moved()?.see(code);
		const found = mark();
		if (!found) return false;
		current = code;
		settle();
		found.focus({ preventScroll: true });
		found.scrollIntoView({ block: 'nearest', inline: 'nearest' });
		return true;
	}

	function arrow(from: string, key: string): void {
		const all = places();
		const tried = new Set<string>();
		for (;;) {
			const next = nextTowards(all, from, WAYS[key]!, tried);
			if (next === null) return say(`Aucun autre quartier ${SIDES[key]}.`);
			if (go(next)) return;
			tried.add(next);
		}
	}

	function along(from: string, key: string): void {
		const codes = places().map(({ code }) => code);
		const at = codes.indexOf(from);
		const to = key === 'Home' ? 0 : key === 'End' ? codes.length - 1 : at + (key === 'PageDown' ? 1 : -1);
		const next = codes[to];
		if (next && next !== from) go(next);
	}

	function pressed(event: KeyboardEvent): void {
		const mark = (event.target as Element).closest<HTMLElement>('.repere[data-code]');
		const { key } = event;
		if (!mark || event.ctrlKey || event.altKey || event.metaKey) return;
		const way = WAYS[key];
		if (event.shiftKey && way) moved()?.slide(SLIDE * way[0], SLIDE * way[1]);
		else if (way) arrow(mark.dataset.code!, key);
		else if (['Home', 'End', 'PageUp', 'PageDown'].includes(key)) along(mark.dataset.code!, key);
		else if (ZOOMS[key]) moved()?.zoom(ZOOMS[key]);
		else if (key === 'Escape') out();
		else return;
		event.preventDefault();
		event.stopPropagation();
		// What the view has moved away keeps the focus where one stands.
		if (event.shiftKey || ZOOMS[key]) go(mark.dataset.code!);
	}

	function entered(event: FocusEvent): void {
		const mark = (event.target as Element).closest<HTMLElement>('.repere[data-code]');
		if (!mark) return;
		current = mark.dataset.code!;
		root.toggleAttribute('data-clavier', mark.matches(':focus-visible'));
		settle();
		const all = places();
		const rank = all.findIndex(({ code }) => code === current) + 1;
		const name = quartiers().find(({ code }) => code === current)?.nom ?? '';
		say(`${name}, ${rank} sur ${all.length}`);
	}

	const left = () => root.removeAttribute('data-clavier');
	root.addEventListener('focusout', left);
	root.addEventListener('keydown', pressed);
	root.addEventListener('focusin', entered);
	// Marks are shown, hidden and taken out by whatever draws them.
	const watch = new MutationObserver(settle);
	watch.observe(root, { subtree: true, childList: true, attributeFilter: ['class'] });
	settle();
	return {
		settle,
		leave() {
			watch.disconnect();
			root.removeEventListener('focusout', left);
			root.removeEventListener('keydown', pressed);
			root.removeEventListener('focusin', entered);
		}
	};
}
