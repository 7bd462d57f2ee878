/* Which quartier stands next to another, as an arrow key means it. */

export interface Place {
	readonly code: string;
	/** Eastward and southward, on any scale. */
	readonly at: readonly [x: number, y: number];
}
/** One step eastward, southward, or back. */
export type Way = readonly [east: -1 | 0 | 1, south: -1 | 0 | 1];

/** What lies aside counts more than what lies ahead. */
const ASIDE = 2;

/**
 * The quartier an arrow leads to: of those in the quarter of the horizon it points at, the closest to its line; of those only
 * further that way than aside none being left, the same among the half.
 * out    null when nothing lies that way
 */
export function nextTowards(
	places: readonly Place[],
	from: string,
	[east, south]: Way,
	without: ReadonlySet<string> = new Set()
): string | null {
	const here = places.find(({ code }) => code === from);
	if (!here) return null;
	const ahead = places
		.filter(({ code }) => code !== from && !without.has(code))
		.map(({ code, at }) => {
			const [dx, dy] = [at[0] - here.at[0], at[1] - here.at[1]];
			const along = dx * east + dy * south;
			const aside = Math.abs(dx * south) + Math.abs(dy * east);
			return { code, along, aside, cost: along + ASIDE * aside };
		})
		.filter(({ along }) => along > 0);
	const straight = ahead.filter(({ along, aside }) => aside <= along);
	const [first] = (straight.length ? straight : ahead).sort((a, b) => a.cost - b.cost);
	return first?.code ?? null;
}
