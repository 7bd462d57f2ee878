import type { QuartierSummary } from '$lib/domain/crossing/overview';
import { mapQuartiers } from '$lib/domain/pages/map-model';
import { foreseen, type Foreseen } from '$lib/ui/map-zone';

/* What the small map will bring under it, so that the page keeps its room from the start. */

export interface ForeseenMap {
	/** Beside the list, on a large screen. */
	readonly large: Foreseen;
	readonly telephone: Foreseen;
}

/** The map as an ordinary large screen and an ordinary telephone have it, its border taken off. */
const LARGE = { width: 416, height: 466 };
const TELEPHONE = { width: 356, height: 318 };

/** The map of its own page, on an ordinary large screen. */
const PAGE = { width: 803, height: 640 };

const made = new WeakMap<readonly QuartierSummary[], ForeseenMap>();

/** Worked out once for a reading of the territory: it tries where each name would go. */
export function foreseenMap(quartiers: readonly QuartierSummary[]): ForeseenMap {
	const known = made.get(quartiers);
	if (known) return known;
	const drawn = mapQuartiers(quartiers);
	const map = { large: foreseen(drawn, LARGE), telephone: foreseen(drawn, TELEPHONE) };
	made.set(quartiers, map);
	return map;
}

const insets = new WeakMap<readonly QuartierSummary[], number>();

/** How many insets will stand beside the map of its own page, on a large screen. */
export function foreseenInsets(quartiers: readonly QuartierSummary[]): number {
	const known = insets.get(quartiers) ?? foreseen(mapQuartiers(quartiers), PAGE).encarts.length;
	insets.set(quartiers, known);
	return known;
}
