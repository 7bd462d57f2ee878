import type { MapPlace } from '../domain/pages/map-page';
import type { PlacedLabel } from './map-labels';
import { pathOf, type Point, type Projection } from './map-outline';

/* Marks of quartiers, by code, in whichever drawing they are. */

type Marks = ReadonlyMap<string, HTMLElement>;
type Size = { readonly width: number; readonly height: number };

export const marksIn = (box: Element): Marks =>
	new Map([...box.querySelectorAll<HTMLElement>('.repere')].map((element) => [element.dataset.code!, element]));

/** What each mark takes with its name, all of them measured before any is given a place. */
export function measured(marks: Marks): ReadonlyMap<string, Size> {
	for (const { classList } of marks.values()) classList.remove('sans-nom');
	return new Map(
		[...marks].map(([code, { offsetWidth, offsetHeight }]) => [code, { width: offsetWidth, height: offsetHeight }])
	);
}

/** Shows marks where their label has a place, as their number where only that has room; hides the others. */
export function showMarks(
	marks: Marks,
	placed: ReadonlyMap<string, PlacedLabel>,
	move: (code: string, element: HTMLElement, label: PlacedLabel) => void
): void {
	for (const [code, element] of marks) {
		const label = placed.get(code);
		element.classList.toggle('sans-nom', label?.named === false);
		element.classList.toggle('cache', !label);
		if (label) move(code, element, label);
	}
}

/**
 * Numbers of those whose name found no room on a drawing, by code.
 * in     codes in the order of the list; those numbered; the letter of an inset, '' on the map itself
 * out    from 1 on, whatever their rank: « 1, 2, 3 », « A1, A2 » in an inset, so that no number is read twice
 */
export function numberMarks(
	codes: readonly string[],
	numbered: readonly string[],
	letter = ''
): ReadonlyMap<string, string> {
	const kept = new Set(numbered);
	return new Map(codes.filter((code) => kept.has(code)).map((code, i) => [code, `${letter}${i + 1}`]));
}

/** Where an action stands, as a drawing takes it: lines, or points. */
export function placeOf(
	{ type, coordinates }: MapPlace['geometrie'],
	project: Projection['project']
): { readonly d: string; readonly points: readonly Point[] } {
	const parts: Point[][] = [];
	// Lists of lists end in positions: the last but one level is a line.
	const walk = (part: unknown): void => {
		if (!Array.isArray(part)) return;
		if (typeof part[0] === 'number') parts.push([project(part as unknown as Point)]);
		else if (Array.isArray(part[0]) && typeof part[0][0] === 'number') parts.push((part as Point[]).map(project));
		else part.forEach(walk);
	};
	walk(coordinates);
	if (type === 'Point' || type === 'MultiPoint') return { d: '', points: parts.flat() };
	const closed = type === 'Polygon' || type === 'MultiPolygon';
	return { d: closed ? pathOf(parts) : pathOf(parts).replaceAll('Z', ''), points: [] };
}
