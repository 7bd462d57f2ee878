export interface LabelBox {
	readonly id: string;
	/** Centre of the label, in pixels. */
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/**
 * Which labels can be written without covering one another: the first of the list are served first.
 * in     boxes in order of importance
 * out    ids of the labels to show
 */
export function placeLabels(boxes: readonly LabelBox[], margin = 4): Set<string> {
	const placed: LabelBox[] = [];
	for (const box of boxes) if (!placed.some((other) => overlap(box, other, margin))) placed.push(box);
	return new Set(placed.map((box) => box.id));
}

const overlap = (a: LabelBox, b: LabelBox, margin: number): boolean =>
	Math.abs(a.x - b.x) < (a.width + b.width) / 2 + margin && Math.abs(a.y - b.y) < (a.height + b.height) / 2 + margin;
