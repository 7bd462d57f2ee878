import type { ActionDraft } from '../action';
import { plain } from '../text';
import { stems } from '../stem';

/* Rows and actions that look alike without saying the same: proposed to a person, never applied. */

export interface NearMatch {
	readonly row: number;
	readonly action: number;
	/** From 0 to 1. */
	readonly score: number;
	readonly raisons: readonly NearReason[];
}

export type NearReason = 'titre' | 'reference' | 'axe' | 'porteur' | 'budget';

const WEIGHTS: Readonly<Record<Exclude<NearReason, 'reference'>, number>> = {
	titre: 0.7,
	axe: 0.1,
	porteur: 0.1,
	budget: 0.1
};
const ENOUGH = 0.5;
const ENOUGH_TITLE = 0.35;
/** A word that more actions than that share brings no candidate: the work stays in proportion to the rows. */
const COMMON = 150;

/**
 * Best pairs of new rows and actions left alone.
 * out    each row and each action at most once, the most alike first
 * never  compares every row with every action
 */
export function proposeNear(rows: readonly ActionDraft[], actions: readonly ActionDraft[]): readonly NearMatch[] {
	if (rows.length === 0 || actions.length === 0) return [];
	const words = (d: ActionDraft): string[] => {
		const all = [...new Set(stems(d.titre))];
		// « le », « des », « aux » say nothing of an action, however few titles have them.
		const telling = all.filter((word) => word.length > 3);
		return telling.length > 0 ? telling : all;
	};
	const [rowWords, actionWords] = [rows.map(words), actions.map(words)];
	const index = new Map<string, number[]>();
	for (const [at, list] of actionWords.entries())
		for (const word of list) {
			const found = index.get(word);
			if (found) found.push(at);
			else index.set(word, [at]);
		}
	const frequency = new Map<string, number>();
	for (const word of [...rowWords, ...actionWords].flat()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
	const all = rows.length + actions.length;
	const rarity = (word: string): number => Math.log(1 + all / (frequency.get(word) ?? 1));
	const lengthOf = (list: readonly string[]): number => Math.sqrt(list.reduce((sum, w) => sum + rarity(w) ** 2, 0));
	const lengths = actionWords.map(lengthOf);

	const pairs = rows.flatMap((draft, row): NearMatch[] => {
		const own = rowWords[row]!;
		const length = lengthOf(own);
		const candidates = new Set(own.flatMap((w) => ((index.get(w)?.length ?? 0) <= COMMON ? (index.get(w) ?? []) : [])));
		return [...candidates].flatMap((action): NearMatch[] => {
			const theirs = new Set(actionWords[action]);
			const shared = own.reduce((sum, w) => sum + (theirs.has(w) ? rarity(w) ** 2 : 0), 0);
			const titre = shared / (length * lengths[action]!);
			const pair = titre >= ENOUGH_TITLE ? weigh(draft, actions[action]!, titre) : null;
			return pair && pair.score >= ENOUGH ? [{ row, action, ...pair }] : [];
		});
	});
	return oneToOne(pairs);
}

/** A hint that one of the two does not give drops out, and the others count for more. */
function weigh(row: ActionDraft, action: ActionDraft, titre: number): Pick<NearMatch, 'score' | 'raisons'> {
	const alike = (a: string | null, b: string | null): boolean | null =>
		a === null || b === null ? null : plain(a) === plain(b);
	const hints: Readonly<Record<Exclude<NearReason, 'reference' | 'titre'>, boolean | null>> = {
		axe: alike(row.axe, action.axe),
		porteur: alike(row.porteur, action.porteur),
		budget: row.budget && action.budget ? row.budget.euros === action.budget.euros : null
	};
	let [sum, weight] = [titre * WEIGHTS.titre, WEIGHTS.titre];
	const raisons: NearReason[] = ['titre'];
	for (const hint of ['axe', 'porteur', 'budget'] as const) {
		if (hints[hint] === null) continue;
		weight += WEIGHTS[hint];
		if (!hints[hint]) continue;
		sum += WEIGHTS[hint];
		raisons.push(hint);
	}
	if (alike(row.reference, action.reference)) raisons.push('reference');
	return { score: sum / weight, raisons };
}

function oneToOne(pairs: readonly NearMatch[]): readonly NearMatch[] {
	const [rows, actions] = [new Set<number>(), new Set<number>()];
	return [...pairs]
		.sort((a, b) => b.score - a.score || a.row - b.row || a.action - b.action)
		.filter(({ row, action }) => {
			if (rows.has(row) || actions.has(action)) return false;
			rows.add(row);
			actions.add(action);
			return true;
		});
}
