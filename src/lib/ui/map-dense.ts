import { area, within, type Rect } from './map-outline';

/** What is drawn, and whether its name found room beside it. */
export interface Drawn {
	readonly id: string;
	readonly shape: Rect;
	readonly crowded: boolean;
}

export interface Zone {
	/** What the inset shows, in pixels of the main drawing; of the proportions asked. */
	readonly box: Rect;
	/** Those it shows whole: it carries their names. */
	readonly ids: readonly string[];
}
interface Frame {
	readonly width: number;
	readonly height: number;
}

interface Beside {
	readonly taken?: readonly Rect[];
	readonly view?: Rect | null;
	readonly corner?: (box: Rect) => Rect;
}

/** Pixels kept around the outlines of a zone. */
const MARGIN = 10;
/** Pixels between two outlines under which they press each other. */
const NEAR = 40;

/** What each quartier that is cut takes from a frame, in neighbours. */
const CUT = 2;

/**
 * The part of a drawing where names press most. Of the frames that hold whole quartiers left without a name, widened to those
 * they would cut, the one where these have the most neighbours close by, then the smallest.
 * in     what is drawn; the largest frame, in pixels of the drawing; frames taken already, the drawing it stays within, and what
 *        stands at the corner of a frame: a quartier under it is cut too
 * out    null when fewer than two names lack room among neighbours: elsewhere a number is enough
 */
export function denseZone(
	drawn: readonly Drawn[],
	frame: Frame,
	{ taken = [], view = null, corner }: Beside = {}
): Zone | null {
	const isCut = ({ shape }: Drawn, box: Rect): boolean =>
		(area(shape, box) > 0 || (corner !== undefined && area(shape, corner(box)) > 0)) && !within(shape, box);
	const press = new Map(
		drawn.map((d) => [d.id, d.crowded ? drawn.filter((other) => other !== d && near(d.shape, other.shape)).length : 0])
	);
	const pressed = drawn.filter(({ id }) => press.get(id)! > 0);
	let best: { readonly box: Rect; readonly score: number } | null = null;
	for (const { shape: west } of pressed)
		for (const { shape: north } of pressed) {
			const [left, top] = [west.left, north.top];
			const window = { left, top, right: left + frame.width - 2 * MARGIN, bottom: top + frame.height - 2 * MARGIN };
			const held = pressed.filter(({ shape }) => within(shape, window));
			if (held.length < 2) continue;
			const box = moved(around(uncut(held, drawn, frame, isCut), frame), view);
			if (taken.some((other) => area(other, box) > 0)) continue;
			const whole = drawn.filter(({ shape }) => within(shape, box));
			const score =
				whole.reduce((sum, { id }) => sum + press.get(id)!, 0) - CUT * drawn.filter((d) => isCut(d, box)).length;
			if (!best || score > best.score || (score === best.score && wide(box) < wide(best.box))) best = { box, score };
		}
	if (!best) return null;
	const { box } = best;
	return { box, ids: drawn.filter(({ shape }) => within(shape, box)).map(({ id }) => id) };
}

/** Back into the drawing, its letter with it, when it went past an edge: what it holds is in the drawing already. */
function moved(box: Rect, view: Rect | null): Rect {
	if (!view) return box;
	const into = (low: number, high: number, from: number, to: number) =>
		high - low > to - from ? 0 : Math.max(from - low, Math.min(0, to - high));
	const x = into(box.left, box.right, view.left, view.right);
	const y = into(box.top, box.bottom, view.top, view.bottom);
	return { left: box.left + x, top: box.top + y, right: box.right + x, bottom: box.bottom + y };
}

const wide = ({ left, right }: Rect): number => right - left;

/** With those the frame would cut, the closest first, as long as it has room for them. */
function uncut(
	held: readonly Drawn[],
	drawn: readonly Drawn[],
	frame: Frame,
	isCut: (one: Drawn, box: Rect) => boolean
): readonly Drawn[] {
	const box = around(held, frame);
	const [closest] = drawn
		.filter((d) => isCut(d, box))
		.map((cut) => ({ cut, width: wide(around([...held, cut], frame)) }))
		.sort((a, b) => a.width - b.width);
	return closest && closest.width <= frame.width + 1e-6 ? uncut([...held, closest.cut], drawn, frame, isCut) : held;
}

/** The smallest frame of these proportions around them. */
function around(held: readonly Drawn[], { width: across, height: down }: Frame): Rect {
	const left = Math.min(...held.map(({ shape }) => shape.left)) - MARGIN;
	const right = Math.max(...held.map(({ shape }) => shape.right)) + MARGIN;
	const top = Math.min(...held.map(({ shape }) => shape.top)) - MARGIN;
	const bottom = Math.max(...held.map(({ shape }) => shape.bottom)) + MARGIN;
	const width = Math.max(right - left, ((bottom - top) * across) / down);
	const height = (width * down) / across;
	const [x, y] = [(left + right) / 2, (top + bottom) / 2];
	return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function near(a: Rect, b: Rect): boolean {
	const across = Math.max(0, a.left - b.right, b.left - a.right);
	const along = Math.max(0, a.top - b.bottom, b.top - a.bottom);
	return Math.hypot(across, along) < NEAR;
}
