import type { OverlapPair } from './overlap-page';

/* The answer before any card: a line for each pair of two plans, under the names of both, an action that comes again said once. */

export interface OverlapLine {
	readonly id: string;
	/** Is its card on the page? */
	readonly montree: boolean;
	/** In the order of the plans. */
	readonly titres: readonly [string, string];
	/** The first is that of the line before. */
	readonly repris: boolean;
	/** Both are one title. */
	readonly memes: boolean;
}

export interface OverlapGroup {
	readonly plans: readonly [string, string];
	readonly lignes: readonly OverlapLine[];
}

export interface OverlapLines {
	/** Read at once: all when it is short, else what names one same place first. */
	readonly dabord: readonly OverlapGroup[];
	/** Folded. */
	readonly ensuite: readonly OverlapGroup[];
	readonly plies: number;
}

/** Words of titles read at once, half a minute; beyond, what names one same place comes first and the rest is folded. */
const WORDS = 115;

const titleOf = (side: OverlapPair['cotes'][number]): string => side.titre.join('');
const isPlaced = ({ lieu }: OverlapPair): boolean => lieu === 'quartier' || lieu === 'etablissement';

/** in     pairs of two plans that are alike and still open, best first; those whose card is on the page */
export function overlapLines(pairs: readonly OverlapPair[], shown: readonly OverlapPair[]): OverlapLines {
	const whole = wordsOf(pairs) <= WORDS;
	const order = whole ? pairs : [...pairs.filter(isPlaced), ...pairs.filter((p) => !isPlaced(p))];
	const over = whole ? -1 : order.findIndex((_, at) => wordsOf(order.slice(0, at + 1)) > WORDS);
	// One is always read.
	const [first, rest] = over < 0 ? [order, []] : [order.slice(0, over || 1), order.slice(over || 1)];
	return { dabord: groups(first, shown), ensuite: groups(rest, shown), plies: rest.length };
}

/** A title that comes again is mostly read once. */
const wordsOf = (pairs: readonly OverlapPair[]): number =>
	[...new Set(pairs.flatMap(({ cotes }) => cotes.map(titleOf)))].reduce(
		(sum, title) => sum + title.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length,
		0
	);

function groups(pairs: readonly OverlapPair[], shown: readonly OverlapPair[]): OverlapGroup[] {
	const found: { plans: readonly [string, string]; pairs: { pair: OverlapPair; titres: [string, string] }[] }[] = [];
	for (const pair of pairs) {
		const [a, b] = pair.cotes;
		const own = found.find(({ plans }) => plans.includes(a.plan) && plans.includes(b.plan) && a.plan !== b.plan);
		const turned = own ? own.plans[0] === b.plan : a.liste && !b.liste;
		const [one, other] = turned ? [b, a] : [a, b];
		const group = own ?? { plans: [one.plan, other.plan] as const, pairs: [] };
		if (!own) found.push(group);
		group.pairs.push({ pair, titres: [titleOf(one), titleOf(other)] });
	}
	return found.map(({ plans, pairs: own }) => ({ plans, lignes: lines(own, shown) }));
}

/** Lines of one action together, where the first of them stood. */
function lines(
	own: readonly { readonly pair: OverlapPair; readonly titres: [string, string] }[],
	shown: readonly OverlapPair[]
): OverlapLine[] {
	const firsts = [...new Set(own.map(({ titres: [one] }) => one))];
	return firsts.flatMap((first) =>
		own
			.filter(({ titres }) => titres[0] === first)
			.map(({ pair, titres }, at) => ({
				...{ id: pair.id, montree: shown.includes(pair), titres },
				...{ repris: at > 0, memes: titres[0] === titres[1] }
			}))
	);
}
