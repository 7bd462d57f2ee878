import type { MapQuartier } from '../domain/pages/map-model';
import { nameLines } from '../domain/pages/name-lines';
import { denseZone } from './map-dense';
import { extent } from './map-drawing';
import { leadersOf, placeLabels, surfaceOf, type LabelWish } from './map-labels';
import { boxOf, edgesOf, fitted, rectOf, ringsOf, type Bounds, type Projection, type Rect } from './map-outline';

/* Which parts of the map are drawn again, larger, beside it. */

interface Size {
	readonly width: number;
	readonly height: number;
}

/** What an inset shows, and its size on the screen. */
export interface MapZone {
	/** Written on the inset, and on its frame. */
	readonly lettre: string;
	readonly bounds: Bounds;
	/** Codes of the quartiers it shows whole: it carries their names. */
	readonly codes: readonly string[];
	readonly width: number;
	readonly height: number;
}

export const LETTERS: readonly string[] = ['A', 'B', 'C'];

/** Kept empty around the quartiers, in pixels: less where the drawing is small. */
export const paddingOf = (width: number): number => (width < 600 ? 26 : 56);

/** More of it at the bottom, where a small drawing has its scale. */
export const lowOf = (width: number): number => (width < 600 ? 20 : 0);

/** Letters a line of a name may have, two fifths of the drawing: a longer name takes two. */
export const lettersOf = (width: number): number =>
	width ? Math.max(16, Math.min(34, Math.round((width * 0.4) / 7.2))) : 34;

/** How much larger an inset is at least: below the first, it adds nothing. */
const LARGER = [1.8, 2.6, 3.6];
/** Side of a letter. */
const LETTER = 22;

/**
 * in     quartiers in order of importance; size of the map. Sizes of names are estimated: nothing has to be drawn before
 * out    as many insets as give at least two names their room, three at most; the one that gives most is the first
 */
export function mapZones(quartiers: readonly MapQuartier[], view: Size): MapZone[] {
	const { width, height } = view;
	const bounds = extent(quartiers);
	if (!bounds || width < 200 || height < 200) return [];
	const { project, unproject } = fitted(bounds, view, paddingOf(width), lowOf(width));
	const sizeOf = guessed(width);
	const wishes = wishesOf(quartiers, project, sizeOf);
	const edges = { left: 0, top: 0, right: width, bottom: height };
	const placed = placeLabels(wishes, edges, { busy: controlsOf(view) });
	const crowded = new Set(wishes.flatMap(({ id }) => (placed.get(id)?.named ? [] : id)));
	const inset = insetSize(width);
	const inner = { left: 1, top: LETTER + 1, right: width - 1, bottom: height - 1 };
	const taken: Rect[] = [];
	/** Names that find room in an inset of this part, of those that lack it. */
	const given = (box: Rect, ids: readonly string[]): readonly string[] => {
		const own = quartiers.filter((q) => ids.includes(q.code));
		const larger = fitted(degrees(box, unproject), inset);
		const inside = placeLabels(wishesOf(own, larger.project, sizeOf), {
			left: 0,
			top: 0,
			right: inset.width,
			bottom: inset.height
		});
		return ids.filter((id) => crowded.has(id) && inside.get(id)?.named);
	};
	const zones: MapZone[] = [];
	for (const lettre of LETTERS) {
		const drawn = wishes.map(({ id, shape }) => ({ id, shape, crowded: crowded.has(id) }));
		const [best] = LARGER.flatMap((least) => {
			const frame = { width: inset.width / least, height: inset.height / least };
			const zone = denseZone(drawn, frame, { taken, view: inner, corner: letterOf });
			return zone ? { ...zone, gained: given(zone.box, zone.ids) } : [];
			// Names given, less those that stay numbers: several small insets read better than one as crowded as the map.
		}).sort((a, b) => 2 * b.gained.length - b.ids.length - (2 * a.gained.length - a.ids.length));
		if (!best || best.gained.length < 2) break;
		taken.push(best.box);
		for (const id of best.ids) crowded.delete(id);
		zones.push({ lettre, bounds: degrees(best.box, unproject), codes: best.ids, ...inset });
	}
	return zones;
}

/** Size of a name, before anything is drawn. */
const guessed =
	(width: number) =>
	({ nom }: MapQuartier): Size => {
		const lines = nameLines(nom, lettersOf(width)).split('\n');
		return { width: Math.max(...lines.map((line) => line.length)) * 5.8 + 44, height: 10 + 16 * lines.length };
	};

function degrees({ left, top, right, bottom }: Rect, unproject: Projection['unproject']): Bounds {
	const [west, north] = unproject([left, top]);
	const [east, south] = unproject([right, bottom]);
	return [west, south, east, north] as Bounds;
}

/** What the buttons of the map take of it, and its scale. */
const controlsOf = ({ width, height }: Size): Rect[] => [
	{ left: width - 44, top: 0, right: width, bottom: 80 },
	{ left: 0, top: height - 34, right: 108, bottom: height }
];

/** Where the letter of a frame stands: over its first corner. */
export const letterOf = ({ left, top }: Rect): Rect => ({
	left,
	top: top - LETTER,
	right: left + LETTER,
	bottom: top
});

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

/**
 * What is written on a map that stands so, and what is left to its insets.
 * in     quartiers in order of importance; insets; how the map is drawn, and what of it is in sight
 * out    labels by quartier; what stands there, where names of less weight are not written
 */
export function arrangeMap(
	quartiers: readonly MapQuartier[],
	zones: readonly MapZone[],
	project: Projection['project'],
	view: Rect,
	sizes: ReadonlyMap<string, Size>
) {
	const all = wishesOf(quartiers, project, (q) => sizes.get(q.code)!);
	const frames = zones.map(({ bounds }) => boxOf(bounds, project));
	const busy = [...controlsOf({ width: view.right, height: view.bottom }), ...frames.map(letterOf)];
	// As long as an inset shows them larger, their names are there.
	const larger = zones.filter(({ width }, i) => frames[i]!.right - frames[i]!.left < 0.9 * width);
	const elsewhere = new Set(larger.flatMap(({ codes }) => codes));
	const wishes = all.filter(({ id }) => !elsewhere.has(id));
	const placed = placeLabels(wishes, view, {
		busy,
		frames: frames.filter((_, i) => larger.includes(zones[i]!)),
		besides: all.filter(({ id }) => elsewhere.has(id))
	});
	const names = wishes.flatMap((wish) => (placed.has(wish.id) ? surfaceOf(wish, placed.get(wish.id)!) : []));
	return {
		placed,
		frames,
		points: new Map(all.map(({ id, at }) => [id, at])),
		lines: leadersOf(wishes, placed),
		numbered: wishes.flatMap(({ id }) => (placed.get(id)?.named === false ? id : [])),
		standing: [...busy, ...frames.flatMap(edgesOf), ...names, ...all.map((wish) => wish.shape)]
	};
}

/** What a map of this size will bring: room is kept for it before it is drawn. */
export interface Foreseen {
	/** Names listed under the map, where they only have their number on it. */
	readonly numeros: number;
	/** As many under each inset. */
	readonly encarts: readonly number[];
}

export function foreseen(quartiers: readonly MapQuartier[], view: Size): Foreseen {
	const { width, height } = view;
	const drawn = quartiers.filter((q) => q.geometrie && q.centre);
	const bounds = extent(drawn);
	if (!bounds) return { numeros: 0, encarts: [] };
	const zones = mapZones(drawn, view);
	const { project } = fitted(bounds, view, paddingOf(width), lowOf(width));
	const sizeOf = guessed(width);
	const sizes = new Map(drawn.map((q) => [q.code, sizeOf(q)]));
	const whole = { left: 0, top: 0, right: width, bottom: height };
	const under = (zone: MapZone): number => {
		const all = wishesOf(drawn, fitted(zone.bounds, zone).project, sizeOf);
		const own = all.filter(({ id }) => zone.codes.includes(id));
		const edges = { left: 0, top: 0, right: zone.width, bottom: zone.height };
		const placed = placeLabels(own, edges, { besides: all.filter((wish) => !own.includes(wish)) });
		return own.filter(({ id }) => placed.get(id)?.named === false).length;
	};
	return { numeros: arrangeMap(drawn, zones, project, whole, sizes).numbered.length, encarts: zones.map(under) };
}
