import type { MapQuartier } from '../domain/pages/map-model';
import type { Leader } from './map-labels';
import { marksIn, measured, showMarks } from './map-marks';
import { fitted, type Bounds } from './map-outline';
import { arrangeMap, lowOf, paddingOf, type MapZone } from './map-zone';

/**
 * Writes the names and the letters of insets on the fixed drawing, where the map will have them.
 * in     what holds the marks and the letters; quartiers in order of importance; insets; extent and size of the drawing
 * out    lines to draw, and codes of the quartiers that only have their number
 */
export function nameSketch(
	reserve: HTMLElement,
	quartiers: readonly MapQuartier[],
	zones: readonly MapZone[],
	bounds: Bounds,
	size: { readonly width: number; readonly height: number }
): { readonly lines: readonly Leader[]; readonly numbered: readonly string[] } {
	const { project } = fitted(bounds, size, paddingOf(size.width), lowOf(size.width));
	const marks = marksIn(reserve);
	const view = { left: 0, top: 0, right: size.width, bottom: size.height };
	const { placed, lines, numbered, frames } = arrangeMap(quartiers, zones, project, view, measured(marks));
	const put = (element: HTMLElement, x: number, y: number) => {
		element.style.left = `${x}px`;
		element.style.top = `${y}px`;
	};
	showMarks(marks, placed, (_, element, { x, y }) => put(element, x, y));
	reserve.querySelectorAll<HTMLElement>('.lettre').forEach((element, i) => {
		const frame = frames[i];
		element.hidden = !frame;
		if (frame) put(element, frame.left, frame.top);
	});
	return { lines, numbered };
}
