/* Which answers would settle the most verdicts, worked out from what each verdict still lacks. */

/** What one verdict lacks: keys of its blocking criteria that nobody can answer yet. */
export type Lacking = ReadonlySet<string>;

export interface FactOrder {
	/** Keys, the most settling first. */
	readonly cles: readonly string[];
	/** How many verdicts the first n answers would settle, for n = 1, 2… */
	readonly decidees: readonly number[];
}

/**
 * Orders facts so that each next answer, added to those before it, settles the most verdicts.
 * in     what each undecided verdict lacks; the keys a person can answer here
 * out    a verdict is settled once all it lacks is answered, whatever the answers; ties go to the fact asked by more of
 *        the verdicts nearest to being settled, then to the order given
 * never  counts a verdict that also lacks what cannot be answered here
 */
export function orderFacts(lacking: readonly Lacking[], answerable: readonly string[]): FactOrder {
	const here = new Set(answerable);
	const open = lacking.filter((set) => set.size > 0 && [...set].every((key) => here.has(key)));
	const chosen = new Set<string>();
	const left = new Set(answerable.filter((key) => lacking.some((set) => set.has(key))));
	const decidees: number[] = [];
	const settled = (with_: string): number =>
		open.filter((set) => [...set].every((key) => key === with_ || chosen.has(key))).length;
	const nearness = (key: string): number =>
		open.reduce((sum, set) => sum + (set.has(key) ? 1 / [...set].filter((k) => !chosen.has(k)).length : 0), 0);
	while (left.size > 0) {
		let best: { key: string; settles: number; near: number } | null = null;
		for (const key of left) {
			const candidate = { key, settles: settled(key), near: nearness(key) };
			if (
				!best ||
				candidate.settles > best.settles ||
				(candidate.settles === best.settles && candidate.near > best.near)
			)
				best = candidate;
		}
		left.delete(best!.key);
		chosen.add(best!.key);
		decidees.push(best!.settles);
	}
	return { cles: [...chosen], decidees };
}

/** The shortest run of answers worth announcing: three, or as many as it takes to settle one verdict. Null when none would. */
export function announced({ decidees }: FactOrder): { readonly reponses: number; readonly mesures: number } | null {
	const least = Math.min(3, decidees.length);
	const at = decidees.findIndex((n, i) => i >= least - 1 && n > 0);
	if (at < 0) return null;
	// Fewer answers for as many verdicts say it better.
	const first = decidees.findIndex((n) => n === decidees[at]);
	return { reponses: first + 1, mesures: decidees[at]! };
}
