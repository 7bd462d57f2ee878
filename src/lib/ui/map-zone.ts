import type { MapQuartier } from '../domain/pages/map-model';
import { denseZone } from './map-dense';
import { extent } from './map-drawing';
import { placeLabels, shortNames, type LabelWish } from './map-labels';
import { fitted, rectOf, ringsOf, type Bounds, type Projection, type Rect } from './map-outline';

/* Which part of the map is drawn again, larger, beside it. */

interface Size {
	readonly width: number;
	readonly height: number;
}

/** What the inset shows, and its size on the screen. */
export interface MapZone {
	readonly bounds: Bounds;
	/** Codes of the quartiers it shows whole: it carries their names. */
	readonly codes: readonly string[];
	readonly width: number;
	readonly height: number;
}

/** Kept empty around the quartiers, in pixels: less where the drawing is small. */
export const paddingOf = (width: number): number => (width < 600 ? 26 : 56);

/** Letters a name may have: two fifths of the drawing. */
export const lettersOf = (width: number): number =>
	width ? Math.max(16, Math.min(34, Math.round((width * 0.4) / 7.2))) : 34;

/** Below it, an inset adds nothing. */
const LEAST = 1.8;

/**
 * in     quartiers in order of importance; size of the map. Sizes of names are estimated: nothing has to be drawn before
 * out    null when every name finds room on the map, or lacks it alone
 */
export function mapZone(quartiers: readonly MapQuartier[], view: Size): MapZone | null {
	const { width, height } = view;
	const bounds = extent(quartiers);
	if (!bounds || width < 200 || height < 200) return null;
	const { project, unproject } = fitted(bounds, view, paddingOf(width));
	const short = shortNames(quartiers, lettersOf(width));
	const wishes = wishesOf(quartiers, project, (q) => ({
		width: short.get(q.code)!.length * 5.8 + 44,
		height: 26
	}));
	const edges = { left: 0, top: 0, right: width, bottom: height };
	const placed = placeLabels(wishes, edges, { busy: [{ left: width - 44, top: 0, right: width, bottom: 80 }] });
	const inset = insetSize(width);
	const zone = denseZone(
		wishes.map(({ id, shape }) => ({ id, shape, crowded: !placed.get(id)?.named })),
		{ width: inset.width / LEAST, height: inset.height / LEAST }
	);
	if (!zone) return null;
	const { left, top, right, bottom } = zone.box;
	const [west, north] = unproject([left, top]);
	const [east, south] = unproject([right, bottom]);
	return { bounds: [west, south, east, north], codes: zone.ids, ...inset };
}

/** Where the letter of a frame stands: over its first corner. */
export const letterOf = ({ left, top }: Rect): Rect => ({ left, top: top - 22, right: left + 22, bottom: top });

/** On a telephone, the width of the map; else what stands beside it. */
function insetSize(width: number): Size {
	const large = width < 600 ? width : Math.min(520, Math.round(width * 0.62));
	return { width: large, height: Math.round(large * 0.76) };
}

/** What each quartier asks of the drawing it is in. */
export function wishesOf(
	quartiers: readonly MapQuartier[],
	project: Projection['project'],
	sizeOf: (q: MapQuartier) => Size
): LabelWish[] {
	return quartiers.map((q) => {
		const outline = ringsOf(q.geometrie!, project);
		const at = project(q.centre!);
		return { id: q.code, at, outline, shape: rectOf([...outline.flat(), at])!, ...sizeOf(q) };
	});
}
