import { area, covers, crosses, cuts, within, type Point, type Rect, type Ring } from './map-outline';

export interface LabelWish {
	readonly id: string;
	/** A point inside what it names. */
	readonly at: readonly [x: number, y: number];
	/** What it names, as large as it is drawn. */
	readonly shape: Rect;
	/** Its lines; without them, its rectangle. */
	readonly outline?: readonly Ring[];
	/** Size with the name; without it, a square of one of its lines. */
	readonly width: number;
	readonly height: number;
}
/** Side of a number. */
const NUMBER = 26;
const squareOf = ({ height }: Pick<LabelWish, 'height'>): number => Math.min(height, NUMBER);

export interface PlacedLabel {
	/** Centre of the label. */
	readonly x: number;
	readonly y: number;
	/** False: only its number has room. */
	readonly named: boolean;
}

const GAP = 6;
const MARGIN = 3;
/** Further from what they name, a line leads to it. */
const STEPS = [0, 22, 48, 80];
/** The longest of these lines, as a part of the drawing: on a telephone, a number reads better than a name far away. */
const FURTHEST = 0.1;
/** Part of what it names that a name may hide. */
const MOST_HIDDEN = 0.5;
/** What it costs a number to lie over another outline, or its line to go over one, in pixels of distance. */
const OVER = 60;

/** What already stands in a drawing. */
export interface Standing {
	/** Nothing is written over it. */
	readonly busy?: readonly Rect[];
	/** Frames of what is drawn again elsewhere: nothing is written across their lines, and no name of the outside within. */
	readonly frames?: readonly Rect[];
	/** Outlines that are named elsewhere. */
	readonly besides?: readonly Outlined[];
}
type Outlined = Pick<LabelWish, 'id' | 'shape' | 'outline'>;

/**
 * Where labels are written: beside what they name, never over another outline nor one another. The first of the list are
 * served first; a name that finds no room leaves its number, a number that finds none waits for a closer view.
 * in     wishes in order of importance; the part of the drawing in sight; what stands there already
 * out    labels to show, by id
 */
export function placeLabels(
	wishes: readonly LabelWish[],
	view: Rect,
	{ busy = [], frames = [], besides = [] }: Standing = {}
): Map<string, PlacedLabel> {
	const taken: Rect[] = [...busy];
	const lines: Leader[] = [];
	const placed = new Map<string, PlacedLabel>();
	const drawn: Outlined[] = [...wishes, ...besides];
	const most = FURTHEST * (view.right - view.left);
	const put = (wish: LabelWish, named: boolean, rule: 'strict' | 'souple' | 'ouvert'): void => {
		const [width, height] = named ? [wish.width, wish.height] : [squareOf(wish), squareOf(wish)];
		const others = drawn.filter(({ id }) => id !== wish.id);
		// What the point itself stands over is crossed whatever the place.
		const [x, y] = wish.at;
		const apart = others.filter((other) => !hides({ left: x, right: x, top: y, bottom: y }, other));
		let best: { spot: Point; rect: Rect; cost: number; line: Leader | null } | null = null;
		for (const { spot, far, step } of spots({ ...wish, width, height })) {
			const rect = around(spot, width, height);
			if (step > most || !within(rect, view)) continue;
			if (rule !== 'ouvert' && frames.some((f) => area(rect, f) > 0 && !(holds(f, wish.at) && within(rect, f))))
				continue;
			if (taken.some((other) => area(grown(rect), other) > 0)) continue;
			if (lines.some(({ from, to }) => crosses(from, to, rect))) continue;
			const line = leaderOf(wish, rect);
			if (line && taken.some((other) => crosses(line.from, line.to, other))) continue;
			const hidden = others.filter((other) => hides(rect, other)).length;
			const crossed = line ? apart.filter((other) => goesOver(line, other)).length : 0;
			// A name that hides its neighbours tells less than they do; a number is small.
			if (rule === 'strict' && hidden + crossed > 0) continue;
			if (named && area(rect, wish.shape) > MOST_HIDDEN * area(wish.shape, wish.shape)) continue;
			const own = hides(rect, wish) ? OVER + area(rect, wish.shape) : 0;
			const cost = far + own + OVER * crossed + 20 * OVER * hidden;
			if (!best || cost < best.cost) best = { spot, rect, cost, line };
		}
		if (!best) return;
		taken.push(best.rect);
		if (best.line) lines.push(best.line);
		placed.set(wish.id, { x: best.spot[0], y: best.spot[1], named });
	};
	for (const wish of wishes) put(wish, true, 'strict');
	for (const rule of ['strict', 'souple', 'ouvert'] as const)
		for (const wish of wishes) if (!placed.has(wish.id)) put(wish, false, rule);
	return placed;
}

const hides = (rect: Rect, { shape, outline }: Outlined): boolean =>
	meets(rect, shape) && (!outline || covers(rect, outline));
const goesOver = ({ from, to }: Leader, { shape, outline }: Outlined): boolean =>
	crosses(from, to, shape) && (!outline || cuts(from, to, outline));
const meets = (a: Rect, b: Rect): boolean =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const holds = ({ left, top, right, bottom }: Rect, [x, y]: Point): boolean =>
	x >= left && x <= right && y >= top && y <= bottom;

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
	return wishes.flatMap((wish) => {
		const label = placed.get(wish.id);
		return (label && leaderOf(wish, surfaceOf(wish, label))) ?? [];
	});
}
function leaderOf({ at }: LabelWish, { left, top, right, bottom }: Rect): Leader | null {
	const [x, y] = at;
	const from: Point = [Math.min(Math.max(x, left), right), Math.min(Math.max(y, top), bottom)];
	return Math.hypot(from[0] - x, from[1] - y) > CLOSE ? { from, to: at } : null;
}
export interface Leader {
	readonly from: Point;
	readonly to: Point;
}
/** Pixels between a label and the point it names, under which no line is needed. */
const CLOSE = 12;

/** Surface a label takes. */
export const surfaceOf = (wish: LabelWish, { x, y, named }: PlacedLabel): Rect =>
	named ? around([x, y], wish.width, wish.height) : around([x, y], squareOf(wish), squareOf(wish));

/** Centres tried, and how far from the best liked: beside the shape, beside its point, further and further, then over it. */
function spots({
	at,
	shape,
	width,
	height
}: LabelWish): { readonly spot: Point; readonly far: number; readonly step: number }[] {
	const [x, y] = at;
	const point: Rect = { left: x - 8, right: x + 8, top: y - 8, bottom: y + 8 };
	const beside = (box: Rect, step: number): Point[] => {
		const right = box.right + GAP + step + width / 2;
		const left = box.left - GAP - step - width / 2;
		const above = box.top - GAP - step - height / 2;
		const below = box.bottom + GAP + step + height / 2;
		const middle = (box.top + box.bottom) / 2;
		const [up, down] = [box.top - step / 2, box.bottom + step / 2];
		return [
			...([
				[right, middle],
				[left, middle],
				[x, above],
				[x, below]
			] as const),
			...([
				[right, up],
				[right, down],
				[left, up],
				[left, down]
			] as const)
		];
	};
	const tried = [shape, point].flatMap((box, wider) =>
		STEPS.flatMap((step) => beside(box, step).map((spot, rank) => ({ spot, step, far: rank + step + 4 * wider })))
	);
	return [...tried, { spot: at, step: 0, far: 0 }];
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
