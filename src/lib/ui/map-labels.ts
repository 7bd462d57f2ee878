/** A rectangle on the screen, in pixels. */
export interface Rect {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

export interface LabelWish {
	readonly id: string;
	/** A point inside what it names. */
	readonly at: readonly [x: number, y: number];
	/** What it names, as large as it is drawn. */
	readonly shape: Rect;
	/** Size with the name; without it, a square of its height. */
	readonly width: number;
	readonly height: number;
}

export interface PlacedLabel {
	/** Centre of the label. */
	readonly x: number;
	readonly y: number;
	/** False: only the sign has room. */
	readonly named: boolean;
}

const GAP = 6;
const MARGIN = 3;
/** Part of a name that may lie over what is drawn. */
const MOST_HIDDEN = 0.4;

/**
 * Where labels are written: beside what they name, covering as little of the others as can be, never one another. The first
 * of the list are served first; a name that finds no room leaves its sign, a sign that finds none waits for a closer view.
 * in     wishes in order of importance; the part of the drawing in sight; what stands there already
 * out    labels to show, by id
 */
export function placeLabels(
	wishes: readonly LabelWish[],
	view: Rect,
	busy: readonly Rect[] = []
): Map<string, PlacedLabel> {
	const taken: Rect[] = [...busy];
	const placed = new Map<string, PlacedLabel>();
	const put = (wish: LabelWish, width: number, named: boolean): void => {
		let best: { spot: readonly [number, number]; rect: Rect; cost: number } | null = null;
		for (const [rank, spot] of spots(wish, width).entries()) {
			const rect = around(spot, width, wish.height);
			if (!within(rect, view) || taken.some((other) => area(grown(rect), other) > 0)) continue;
			const covered = wishes.reduce((sum, { shape }) => sum + area(rect, shape), 0);
			// A name that hides its neighbours tells less than they do.
			if (named && covered > MOST_HIDDEN * width * wish.height) continue;
			const cost = rank + covered;
			if (!best || cost < best.cost) best = { spot, rect, cost };
		}
		if (!best) return;
		taken.push(best.rect);
		placed.set(wish.id, { x: best.spot[0], y: best.spot[1], named });
	};
	for (const wish of wishes) put(wish, wish.width, true);
	for (const wish of wishes) if (!placed.has(wish.id)) put(wish, wish.height, false);
	return placed;
}

/**
 * Where names of less weight are written: on their point, else close to it, never over what already stands; or nowhere.
 * in     names in order of importance; what they may not cover; the part of the drawing in sight
 * out    centres of the names that found room, by id
 */
export function placeAmong(
	names: readonly Omit<LabelWish, 'shape'>[],
	obstacles: readonly Rect[],
	view: Rect
): Map<string, readonly [x: number, y: number]> {
	const taken = [...obstacles];
	const placed = new Map<string, readonly [number, number]>();
	for (const { id, at, width, height } of names) {
		const free = steps(at, width, height).find((spot) => {
			const rect = around(spot, width, height);
			return within(rect, view) && !taken.some((other) => area(grown(rect), other) > 0);
		});
		if (!free) continue;
		taken.push(around(free, width, height));
		placed.set(id, free);
	}
	return placed;
}

/** The point, then one and two lines above and below it, then half a name aside. */
function steps([x, y]: readonly [number, number], width: number, height: number): (readonly [number, number])[] {
	const lines = [0, -1, 1, -2, 2].map((n) => y + n * (height + MARGIN));
	return [0, 1, -1].flatMap((aside) => lines.map((line) => [x + (aside * width) / 2, line] as const));
}

/** A line from each label that stands apart from what it names: those beside it show by themselves which is which. */
export function leadersOf(wishes: readonly LabelWish[], placed: ReadonlyMap<string, PlacedLabel>): Leader[] {
	return wishes.flatMap((wish): Leader[] => {
		const label = placed.get(wish.id);
		if (!label) return [];
		const { left, top, right, bottom } = surfaceOf(wish, label);
		const [x, y] = wish.at;
		const from: Point = [Math.min(Math.max(x, left), right), Math.min(Math.max(y, top), bottom)];
		return Math.hypot(from[0] - x, from[1] - y) > CLOSE ? [{ from, to: wish.at }] : [];
	});
}
export interface Leader {
	readonly from: Point;
	readonly to: Point;
}
type Point = readonly [x: number, y: number];
/** Pixels between a label and the point it names, under which no line is needed. */
const CLOSE = 12;

/** A name no longer than `most` letters, cut after a whole word where one ends late enough. */
export function shortName(nom: string, most: number): string {
	if (nom.length <= most) return nom;
	const cut = nom.slice(0, most - 1);
	const space = cut.lastIndexOf(' ');
	return `${(space > most * 0.6 ? cut.slice(0, space) : cut).replace(/[\s,-]+$/, '')}…`;
}

/** Surface a label takes. */
export const surfaceOf = (wish: LabelWish, { x, y, named }: PlacedLabel): Rect =>
	around([x, y], named ? wish.width : wish.height, wish.height);

/** Centres tried, the best liked first: right, left, above, below, the corners, then over the shape itself. */
function spots({ at, shape, height }: LabelWish, width: number): (readonly [number, number])[] {
	const right = shape.right + GAP + width / 2;
	const left = shape.left - GAP - width / 2;
	const above = shape.top - GAP - height / 2;
	const below = shape.bottom + GAP + height / 2;
	const middle = (shape.top + shape.bottom) / 2;
	return [
		[right, middle],
		[left, middle],
		[at[0], above],
		[at[0], below],
		[right, shape.top],
		[right, shape.bottom],
		[left, shape.top],
		[left, shape.bottom],
		at
	];
}

const around = ([x, y]: readonly [number, number], width: number, height: number): Rect => ({
	left: x - width / 2,
	top: y - height / 2,
	right: x + width / 2,
	bottom: y + height / 2
});

const grown = (r: Rect): Rect => ({
	left: r.left - MARGIN,
	top: r.top - MARGIN,
	right: r.right + MARGIN,
	bottom: r.bottom + MARGIN
});

const within = (inner: Rect, outer: Rect): boolean =>
	inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;

/** Surface two rectangles share. */
const area = (a: Rect, b: Rect): number =>
	Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
	Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
