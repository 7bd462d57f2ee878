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

/**
 * Where labels are written: beside what they name, covering as little of the others as can be, never one another. The first
 * of the list are served first; a name that finds no room leaves its sign, a sign that finds none waits for a closer view.
 * in     wishes in order of importance; the part of the drawing in sight
 * out    labels to show, by id
 */
export function placeLabels(wishes: readonly LabelWish[], view: Rect): Map<string, PlacedLabel> {
	const taken: Rect[] = [];
	const placed = new Map<string, PlacedLabel>();
	const put = (wish: LabelWish, width: number, named: boolean): void => {
		let best: { spot: readonly [number, number]; rect: Rect; cost: number } | null = null;
		for (const [rank, spot] of spots(wish, width).entries()) {
			const rect = around(spot, width, wish.height);
			if (!within(rect, view) || taken.some((other) => area(grown(rect), other) > 0)) continue;
			const cost = rank + wishes.reduce((sum, { shape }) => sum + area(rect, shape), 0);
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
